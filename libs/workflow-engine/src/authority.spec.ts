import { authorityOf, openSeats } from './authority.ts';
import { compiledOf } from './compiled.ts';
import type { ApprovalStep, DecisionTable } from './definition.ts';
import { approval, approverTable } from './testing/samples.data.ts';

const vote = (personId: string, ...roles: string[]) => ({ personId, roles, outcome: 'approve' });
const top = (id: string) => vote(id, 'top');
const approver = (id: string) => vote(id, 'approver');
const both = (id: string) => vote(id, 'top', 'approver');

describe('the seats of a decision', () => {
  it.each([
    ['nobody', [], 3],
    ['one of the first role', [top('a')], 2],
    ['all of the first role', [top('a'), top('b')], 1],
    ['more than all of the first role', [top('a'), top('b'), top('c')], 1],
    ['one of the second role', [approver('a')], 2],
    ['more than one of the second role', [approver('a'), approver('b')], 2],
    ['one of both roles', [both('a')], 2],
    ['both roles filled', [top('a'), top('b'), approver('c')], 0],
    ['people of both roles', [both('a'), both('b'), both('c')], 0],
    ['one of both roles where either is missing', [top('a'), both('b'), both('c')], 0],
    ['somebody of no role', [vote('a', 'staff')], 3],
  ])('left open by %s', (_, votes, open) => {
    expect(openSeats({ role: 'top', also: 'approver', needed: 3 }, votes)).toBe(open);
  });

  it('of one role only', () => {
    expect(openSeats({ role: 'top', also: null, needed: 2 }, [top('a'), both('b')])).toBe(0);
    expect(openSeats({ role: 'top', also: null, needed: 2 }, [top('a'), approver('b')])).toBe(1);
  });
});

describe('the authority to decide', () => {
  const { dictionary, steps } = compiledOf(approval);
  const step = steps.get('decide') as ApprovalStep;
  const by = (then: DecisionTable['rules'][number]['then']): ApprovalStep => ({
    ...step,
    approvers: { ...approverTable, rules: [{ then }] },
  });
  const plain = { role: 'client.approver', also: null, needed: 1, blocked: null };

  it.each([
    ['without a role of its own', { count: 1 }, plain],
    ['blocked by nothing', { blocked: '' }, plain],
    ['for reason', { blocked: 'Stop.' }, { ...plain, blocked: 'Stop.' }],
    ['by no approver at all', { count: 0 }, plain],
    ['by parts of people', { count: 1.5 }, { ...plain, needed: 2 }],
    [
      'by one more',
      { also: 'client.legal', count: 2 },
      { ...plain, also: 'client.legal', needed: 3 },
    ],
  ])('%s', (_, then, authority) => {
    expect(authorityOf(by(then), dictionary, {})).toEqual(authority);
  });
});
