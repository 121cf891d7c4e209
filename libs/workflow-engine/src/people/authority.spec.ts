import { authorityOf } from './authority.ts';
import { compiledOf } from '../definition/compiled.ts';
import type { ApprovalStep, DecisionTable, FormStep, Quorum } from '../definition/definition.ts';
import { approval, approverTable } from '../testing/samples.data.ts';

const { dictionary, steps } = compiledOf(approval);
const step = steps.get('decide') as ApprovalStep;
const { approvers: _, ...free } = step;
const one = [{ role: 'client.approver', count: 1 }];
const plain = {
  ...{ role: 'client.approver', also: null, needed: 1, blocked: null, seats: one, helpers: [] },
  ...{ ordered: false, blind: false, byTable: false, veto: 'everyone' },
};

describe('the authority to decide, by the table of approvers,', () => {
  const by = (then: DecisionTable['rules'][number]['then']): ApprovalStep => ({
    ...step,
    approvers: { ...approverTable, rules: [{ then }] },
  });
  const byTable = { ...plain, byTable: true };

  it.each([
    ['without a role of its own', { count: 1 }, byTable],
    ['blocked by nothing', { blocked: '' }, byTable],
    ['for reason', { blocked: 'Stop.' }, { ...byTable, blocked: 'Stop.' }],
    ['by no approver at all', { count: 0 }, byTable],
    [
      'by parts of people',
      { count: 1.5 },
      { ...byTable, needed: 2, seats: [{ role: 'client.approver', count: 2 }] },
    ],
    [
      'by one more',
      { also: 'client.legal', count: 2 },
      {
        ...{ ...byTable, also: 'client.legal', needed: 3 },
        seats: [
          { role: 'client.approver', count: 2 },
          { role: 'client.legal', count: 1 },
        ],
      },
    ],
  ])('%s', (_, then, authority) => {
    expect(authorityOf(by(then), dictionary, {})).toEqual(authority);
  });

  it('is nobody’s where no row fits', () => {
    const authority = authorityOf(step, dictionary, { tier: 'prohibited' });
    expect(authority).toMatchObject({ ...plain, blocked: expect.stringContaining('No rule') });
  });

  it('does not change when the matter is escalated', () => {
    const raised = { raisedTo: 'client.board', helpers: ['client.aims_manager'] };
    const authority = authorityOf(by({ count: 2 }), dictionary, {}, raised);
    expect(authority).toMatchObject({ role: 'client.approver', helpers: [], needed: 2 });
  });
});

describe('the authority to decide, by a quorum,', () => {
  const quorum: Quorum = {
    seats: [
      { role: 'client.legal', count: 1 },
      { role: 'client.approver', count: 2 },
    ],
    ...{ needs: 2, veto: ['client.legal'], ordered: true, blind: true },
  };

  it.each([
    ['any', 1],
    ['all', 3],
    [2, 2],
    [9, 3],
    [0, 1],
  ] as const)('of %s', (needs, needed) => {
    const authority = authorityOf({ ...free, quorum: { ...quorum, needs } }, dictionary, {});
    expect(authority).toMatchObject({ needed, veto: ['client.legal'], byTable: false });
    expect(authority).toMatchObject({ ordered: true, blind: true, seats: quorum.seats });
  });

  it('gives way to a row of the table, all of whose seats are needed', () => {
    const authority = authorityOf({ ...step, quorum }, dictionary, { tier: 'high' });
    expect(authority).toMatchObject({
      ...{ seats: [{ role: 'client.approver', count: 2 }], needed: 2, byTable: true },
      ...{ veto: 'everyone', ordered: true, blind: true },
    });
  });

  it('holds where no row fits', () => {
    const authority = authorityOf({ ...step, quorum }, dictionary, { tier: 'prohibited' });
    expect(authority).toMatchObject({ seats: quorum.seats, needed: 2, blocked: null });
  });

  it('keeps its number when the matter goes to another role', () => {
    const raised = { raisedTo: 'client.top_management', helpers: [] };
    expect(authorityOf({ ...free, quorum }, dictionary, {}, raised)).toMatchObject({
      ...{ seats: [{ role: 'client.top_management', count: 3 }], needed: 2 },
    });
  });
});

describe('a role by expression', () => {
  const asked = (cel: string, facts = {}) =>
    authorityOf({ ...free, roleFrom: { cel } }, dictionary, facts).role;
  const byTier = 'tier == "high" ? "client.top_management" : "client.risk_owner"';

  it.each([
    ['is what it gives', byTier, { tier: 'high' }, 'client.top_management'],
    ['is what else it gives', byTier, { tier: 'minimal' }, 'client.risk_owner'],
    ['falls back to the step’s role on an unknown', byTier, {}, 'client.approver'],
    ['falls back on nothing', '""', {}, 'client.approver'],
  ])('%s', (_, cel, facts, role) => {
    expect(asked(cel, facts)).toBe(role);
  });

  it('counts for work too', () => {
    const work = steps.get('describe') as FormStep;
    const by = { ...work, roleFrom: { cel: byTier } };
    expect(authorityOf(by, dictionary, { tier: 'high' })).toMatchObject({
      ...{ role: 'client.top_management', seats: [{ role: 'client.top_management', count: 1 }] },
    });
  });
});
