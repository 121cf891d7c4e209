import type { ApprovalStep, EscalationLevel, FormStep, Quorum } from '../definition/definition.ts';
import { aDefinition, end, outcome, task } from '../testing/samples.data.ts';
import { validateDefinition } from './validate.ts';

const due = [{ due: { amount: 2, unit: 'business-days' as const } }];
const facts = [
  { name: 'owner', type: { kind: 'person' as const }, source: 'subject' as const },
  { name: 'tier', type: { kind: 'text' as const }, source: 'subject' as const },
  { name: 'score', type: { kind: 'number' as const }, source: 'subject' as const },
];
const decision: ApprovalStep = {
  ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Decide', role: 'client.approver' },
  ...{ question: 'Go?', separation: [], shows: [], due },
  outcomes: [
    outcome('yes', 'approve', 'end'),
    outcome('no', 'reject', 'end'),
    outcome('stop', 'stop', 'end', { when: { fact: 'tier', is: 'equal', value: 'high' } }),
  ],
};
const quorum: Quorum = { seats: [{ role: 'client.approver', count: 3 }], needs: 2 };

function problemsOf(step: ApprovalStep | FormStep): readonly string[] {
  const definition = aDefinition(step.id, [step, end('end')], facts);
  return validateDefinition(definition).map(({ code, place }) => `${code} ${place}`);
}
const work = (change: Partial<FormStep & { type: 'task' }>) =>
  problemsOf(task('do', 'end', change) as FormStep);

describe('people at a decision', () => {
  it.each<[string, Partial<ApprovalStep>, readonly string[]]>([
    ['a quorum', { quorum }, []],
    ['all of it', { quorum: { ...quorum, needs: 'all', veto: ['client.approver'] } }, []],
    ['a role by expression', { roleFrom: { cel: 'tier' } }, []],
    ['giving on', { delegable: 'nobody' }, []],
    ['a policy', { assign: 'round-robin' }, []],
    ['no seats', { quorum: { seats: [], needs: 'any' } }, ['bad-quorum steps.decide.quorum']],
    [
      'an empty seat',
      { quorum: { ...quorum, needs: 'all', seats: [{ role: 'client.approver', count: 0 }] } },
      ['bad-quorum steps.decide.quorum.seats.0'],
    ],
    [
      'half a person',
      { quorum: { ...quorum, seats: [{ role: 'client.approver', count: 2.5 }] } },
      ['bad-quorum steps.decide.quorum.seats.0'],
    ],
    [
      'too many in a seat',
      { quorum: { ...quorum, seats: [{ role: 'client.approver', count: 101 }] } },
      ['bad-quorum steps.decide.quorum.seats.0'],
    ],
    [
      'no role',
      { quorum: { ...quorum, seats: [{ role: 'Everybody', count: 2 }] } },
      ['bad-name steps.decide.quorum.seats.0'],
    ],
    [
      'more needed than seats',
      { quorum: { ...quorum, needs: 4 } },
      ['bad-quorum steps.decide.quorum.needs'],
    ],
    ['none needed', { quorum: { ...quorum, needs: 0 } }, ['bad-quorum steps.decide.quorum.needs']],
    [
      'a veto without a seat',
      { quorum: { ...quorum, veto: ['client.legal'] } },
      ['bad-quorum steps.decide.quorum.veto'],
    ],
    [
      'an expression beside a quorum',
      { quorum, roleFrom: { cel: 'tier' } },
      ['bad-quorum steps.decide.roleFrom'],
    ],
    [
      'an expression that gives no text',
      { roleFrom: { cel: 'score + 1' } },
      ['expression steps.decide.roleFrom'],
    ],
    [
      'an expression over an unknown fact',
      { roleFrom: { cel: 'nobody' } },
      ['undeclared-fact steps.decide.roleFrom'],
    ],
    ['giving on to anybody', { delegable: 'anyone' }, ['bad-quorum steps.decide.delegable']],
  ])('with %s', (_, change, expected) => {
    expect(problemsOf({ ...decision, ...change })).toEqual(expected);
  });
});

describe('an escalation chain', () => {
  const remind: EscalationLevel = { at: 50, action: 'remind' };
  const settle = (key: string): EscalationLevel => ({ at: 200, action: 'settle', outcome: key });
  const at = (level: number) => `bad-escalation steps.decide.escalation.${level}`;

  it.each<[string, readonly EscalationLevel[], readonly string[]]>([
    [
      'of every kind of level',
      [
        remind,
        { at: 100, action: 'tell', role: 'client.aims_manager' },
        { at: 120, action: 'reassign', role: 'client.top_management' },
        { at: 150, action: 'reassign', assignee: 'owner' },
        settle('no'),
      ],
      [],
    ],
    ['that approves', [settle('yes')], [at(0)]],
    ['with an outcome that may not be offered', [settle('stop')], [at(0)]],
    ['with an outcome that there is not', [settle('maybe')], [at(0)]],
    ['that goes on after it has settled', [settle('no'), { ...remind, at: 300 }], [at(0)]],
    ['out of order', [{ ...remind, at: 100 }, remind], [at(1)]],
    ['at once', [{ ...remind, at: 0 }], [at(0)]],
    ['never', [{ ...remind, at: 1001 }], [at(0)]],
    ['no number', [{ ...remind, at: Number.NaN }], [at(0)]],
    ['to nobody', [{ at: 100, action: 'reassign' }], [at(0)]],
    [
      'to a fact that holds no person',
      [{ at: 100, action: 'reassign', assignee: 'tier' }],
      ['bad-type steps.decide.escalation.0'],
    ],
    [
      'to no role',
      [{ at: 100, action: 'tell', role: 'The boss' }],
      ['bad-name steps.decide.escalation.0'],
    ],
  ])('%s', (_, escalation, expected) => {
    expect(problemsOf({ ...decision, escalation })).toEqual(expected);
  });

  it('needs a deadline', () => {
    const problems = work({ escalation: [remind] });
    expect(problems).toEqual(['bad-escalation steps.do.escalation']);
  });

  it('does not settle work', () => {
    const problems = work({ due, escalation: [settle('no')] });
    expect(problems).toEqual(['bad-escalation steps.do.escalation.0']);
  });

  it('has an end', () => {
    const escalation = Array.from({ length: 21 }, () => remind);
    expect(work({ due, escalation })).toEqual(['bad-escalation steps.do.escalation']);
  });
});
