import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { migrate, type Migration, type MigrationRequest } from './migrate.ts';
import { move } from '../moves/move.ts';
import { replay } from '../run/replay.ts';
import type { RunEvent, RunState } from '../run/run.ts';
import { simulationOf } from '../trials/simulate.ts';
import { Driven } from '../testing/driven.ts';
import { goOn, simulatedFrom } from '../testing/go-on.ts';
import { language } from '../testing/language.data.ts';
import {
  aDefinition,
  approval,
  end,
  outcome,
  parallel,
  person,
  surroundings,
  system,
  task,
} from '../testing/samples.data.ts';

const ana = person('ana', 'client.staff');
const ben = person('ben', 'client.risk_owner', 'client.approver');
const cleo = person('cleo', 'client.approver');
const known = { trained: true, owner: 'ana', orgSize: 'small', residualLevel: 'low' };
const later = '2026-11-25T10:00:00.000Z';
const around = surroundings({ now: later, facts: known });

function request(change: Partial<MigrationRequest> = {}): MigrationRequest {
  return { from: 'sha-1', to: 'sha-2', reason: 'A better version.', by: ben, ...change };
}

/** The definition with the change made to the step of this id. */
function withStep(
  source: WorkflowDefinition,
  id: string,
  change: (step: Step) => object,
): WorkflowDefinition {
  return {
    ...source,
    steps: source.steps.map((step) =>
      step.id === id ? Object.assign({}, step, change(step)) : step,
    ),
  };
}

const without = (source: WorkflowDefinition, id: string): WorkflowDefinition => ({
  ...source,
  steps: source.steps.filter((step) => step.id !== id),
});

function migrated(run: Driven, after: WorkflowDefinition, change: Partial<MigrationRequest> = {}) {
  const versions = { before: run.definition, after };
  const result = migrate(versions, run.state, request(change), around);
  if (result.refused) throw new Error(result.message);
  expect(replay([...run.events, ...result.events])).toEqual(result.state);
  return result;
}

function refusal(run: Driven, after: WorkflowDefinition, change: Partial<MigrationRequest> = {}) {
  const versions = { before: run.definition, after };
  const result = migrate(versions, run.state, request(change), around);
  if (!result.refused) throw new Error('The run was migrated.');
  return result;
}

const typesOf = ({ events }: Migration) => events.map(({ type }) => type);
const atReview = () =>
  new Driven(approval, { facts: known }).submit('describe#1', ana, { name: 'Helper', score: 7 });
const atDecision = () => atReview().submit('review#1', ben);
const inBranches = () => new Driven(parallel).submit('prepare#1', ana);

/** The states that a plain run passes, each with the events until then. */
function statesOf(
  definition: WorkflowDefinition,
): readonly (readonly [RunState, readonly RunEvent[]])[] {
  const moments = goOn(simulationOf(definition, { around: { facts: known } }));
  return moments.flatMap(({ runs: [run] }) =>
    run?.state.status === 'running' ? [[run.state, run.events] as const] : [],
  );
}

describe('the same version', () => {
  it.each([
    ['approval', approval],
    ['parallel', parallel],
    ['language', language],
  ])('changes nothing in a run, wherever it is (%s)', (_, definition) => {
    const copy = structuredClone(definition);
    for (const [state, events] of statesOf(definition)) {
      const result = migrate({ before: definition, after: copy }, state, request(), around);
      if (result.refused) throw new Error(result.message);
      expect(typesOf(result)).toEqual(['run-migrated']);
      expect(result.state).toEqual({ ...state, seq: state.seq + 1 });
      expect(result.changed).toEqual([]);
      expect(replay([...events, ...result.events])).toEqual(result.state);
    }
  });
});

/** Everything due otherwise, one more step before every ending, one more question’s worth of words. */
function renewed(definition: WorkflowDefinition): WorkflowDefinition {
  const isEnd = (to: string) =>
    definition.steps.some(({ id, type }) => id === to && type === 'end');
  const before = (to: string) => (isEnd(to) ? `before-${to}` : to);
  const steps = definition.steps.map((step): Step => {
    const next =
      'next' in step ? { next: step.next.map((way) => ({ ...way, to: before(way.to) })) } : {};
    const due = 'role' in step ? { due: [{ due: { amount: 7, unit: 'calendar-days' } }] } : {};
    const outcomes =
      step.type === 'approval'
        ? { outcomes: step.outcomes.map((one) => ({ ...one, to: before(one.to) })) }
        : {};
    return Object.assign({}, step, next, due, outcomes, { description: 'New words.' }) as Step;
  });
  const more = definition.steps
    .filter(({ type }) => type === 'end')
    .map(({ id }) => task(`before-${id}`, id));
  return { ...definition, steps: [...steps, ...more] };
}

describe('a compatible version', () => {
  it.each([
    ['approval', approval],
    ['parallel', parallel],
    ['language', language],
  ])('is gone on with to an ending from wherever the run is (%s)', (_, definition) => {
    const after = renewed(definition);
    for (const [state, events] of statesOf(definition)) {
      const result = migrate({ before: definition, after }, state, request(), around);
      if (result.refused) throw new Error(result.message);
      expect(replay([...events, ...result.events])).toEqual(result.state);
      const last = goOn(simulatedFrom(after, result.state, around)).at(-1);
      expect(last?.runs[0]?.state.status).toBe('ended');
    }
  });
});

describe('a run that stays at its step', () => {
  it('keeps holder and votes, and follows new deadlines from when it was opened', () => {
    const two = withStep(approval, 'decide', () => ({
      quorum: { seats: [{ role: 'client.approver', count: 3 }], needs: 'all' },
      approvers: undefined,
    }));
    const run = new Driven(two, { facts: known })
      .submit('describe#1', ana, { name: 'Helper', score: 7 })
      .submit('review#1', ben)
      .decide('decide#1', cleo, 'approve')
      .do({ type: 'claim', task: 'decide#1', by: ben });
    const after = withStep(two, 'decide', () => ({
      due: [{ due: { amount: 1, unit: 'calendar-days' } }],
      quorum: { seats: [{ role: 'client.approver', count: 2 }], needs: 'all' },
    }));
    const result = migrated(run, after);
    expect(result.state.tasks).toMatchObject([
      {
        ...{ key: 'decide#1', assignee: 'ben', needed: 2, dueAt: later, clock: 'calendar' },
        votes: [{ personId: 'cleo', outcome: 'approve' }],
      },
    ]);
    expect(result.changed).toEqual([
      '“Go live” has another deadline.',
      '“Go live” is decided by other people.',
    ]);
  });

  it('is for the new role, and free to claim when that is another', () => {
    const run = atReview().do({ type: 'claim', task: 'review#1', by: ben });
    const after = withStep(approval, 'review', () => ({ role: 'client.staff' }));
    expect(migrated(run, after).state.tasks).toMatchObject([
      { key: 'review#1', role: 'client.staff', assignee: null },
    ]);
  });

  it('loses its deadline with the version that has none', () => {
    const run = atDecision();
    const after = withStep(approval, 'decide', () => ({ due: undefined }));
    expect(migrated(run, after).state.tasks[0]?.dueAt).toBeNull();
  });

  it('arms its escalation and boundaries as the new version says', () => {
    const due = [{ due: { amount: 10, unit: 'calendar-days' } }];
    const escalating = withStep(approval, 'review', () => ({
      ...{ due, escalation: [{ at: 50, action: 'remind' }] },
      boundaries: [
        {
          ...{ id: 'late', label: 'Late', interrupts: true, to: 'rejected' },
          after: { amount: 20, unit: 'calendar-days' },
        },
        { ...{ id: 'off', label: 'Off', interrupts: true, to: 'rejected' }, signal: 'off' },
      ],
    }));
    const run = new Driven(escalating, { facts: known }).submit('describe#1', ana, {
      ...{ name: 'Helper', score: 7 },
    });
    const after = withStep(escalating, 'review', () => ({
      escalation: [
        { at: 50, action: 'remind' },
        { at: 100, action: 'remind' },
      ],
      boundaries: [
        {
          ...{ id: 'late', label: 'Late', interrupts: true, to: 'rejected' },
          after: { amount: 5, unit: 'calendar-days' },
        },
      ],
    }));
    const result = migrated(run, after);
    expect(result.state.awaiting).toEqual([]);
    const timers = result.state.timers.map(({ key, dueAt }) => [key, dueAt]);
    expect(timers.sort()).toEqual([
      ['review#1!late', '2026-11-29T10:00:00.000Z'],
      ['review#1^1', '2026-11-29T10:00:00.000Z'],
      ['review#1^2', '2026-12-04T10:00:00.000Z'],
    ]);
  });

  it.each([
    [1, '2026-11-26T10:00:00.000Z'],
    [2, '2026-11-27T10:00:00.000Z'],
    [10, '2026-12-05T10:00:00.000Z'],
  ])('waits as long as the new version says, never longer for less (%d)', (amount, dueAt) => {
    const after = withStep(parallel, 'wait', () => ({ wait: { amount, unit: 'calendar-days' } }));
    expect(migrated(inBranches(), after).state.timers).toMatchObject([{ key: 'wait#1', dueAt }]);
  });

  it('begins anew when the step is of another kind, and after votes for a lost outcome', () => {
    const run = atDecision();
    const after = {
      ...approval,
      steps: approval.steps.map((step) =>
        step.id === 'decide' ? task('decide', 'approved') : step,
      ),
    };
    const result = migrated(run, after);
    expect(typesOf(result)).toEqual([
      ...['task-closed', 'step-cancelled', 'run-migrated', 'step-entered', 'task-opened'],
    ]);
    expect(result.state.tasks).toMatchObject([{ key: 'decide#2', role: 'client.staff' }]);
    expect(result.changed).toContain('“Do decide” is begun anew.');
  });
});

describe('a mapping', () => {
  it('moves a run to another step, with what it leaves cancelled', () => {
    const result = migrated(atDecision(), approval, { mapping: { decide: 'review' } });
    expect(result.state.tokens).toEqual([{ step: 'review', visit: 2, scope: [] }]);
    expect(result.changed).toEqual(['From “Go live” to “Review the description”.']);
  });

  it('keeps who did a step that has another id now', () => {
    const after: WorkflowDefinition = {
      ...approval,
      start: 'propose',
      steps: approval.steps.map((step): Step => {
        const renamed = step.id === 'describe' ? { ...step, id: 'propose' } : step;
        const text = JSON.stringify(renamed).replaceAll('"describe"', '"propose"');
        return JSON.parse(text) as Step;
      }),
    };
    const mapping = { describe: 'propose' };
    const result = migrated(atReview(), after, { mapping });
    expect(result.state.performers).toEqual({ propose: ['ana'] });
    expect(result.state.visits).toMatchObject({ propose: 1 });
    const own = {
      type: 'submit',
      task: 'review#1',
      answers: {},
      by: person('ana', 'client.risk_owner'),
    } as const;
    expect(move(after, result.state, own, around)).toMatchObject({ code: 'separation-of-duties' });
  });

  it('out of a block ends the block once, whichever branches are mapped', () => {
    const mapping = { risk: 'done', wait: 'done' };
    const result = migrated(inBranches(), parallel, { mapping });
    expect(result.state).toMatchObject({ status: 'ended', outcome: 'done' });
  });
});

const facts = (...more: WorkflowDefinition['facts']) => ({
  ...approval,
  facts: [...approval.facts, ...more],
});
const asking = (name: string): WorkflowDefinition =>
  withStep(facts({ name, type: { kind: 'number' }, source: 'form' }), 'decide', () => ({
    gate: [{ key: 'g', label: 'G', cure: 'C.', holds: { fact: name, is: 'above', value: 1 } }],
  }));

describe('facts', () => {
  it('that the new version does not have are dropped and named', () => {
    const after = {
      ...approval,
      facts: approval.facts.filter(({ name }) => name !== 'describedBy'),
    };
    const result = migrated(
      atReview(),
      withStep(after, 'describe', () => ({ performer: undefined })),
    );
    expect(result.state.facts).not.toHaveProperty('describedBy');
    expect(result.changed).toEqual(['“describedBy” is dropped.']);
  });

  it('that are missing can be given', () => {
    const result = migrated(atReview(), asking('budget'), { facts: { budget: 3 } });
    expect(result.state.facts).toMatchObject({ budget: 3 });
  });

  it.each<[string, WorkflowDefinition, Partial<MigrationRequest>, string]>([
    [
      'missing',
      asking('budget'),
      {},
      '“budget” is new, “Go live” looks at it, and no step ahead sets it. Give it a value.',
    ],
    [
      'of another kind',
      {
        ...approval,
        facts: approval.facts.map((fact) =>
          fact.name === 'name' ? { ...fact, type: { kind: 'number' } } : fact,
        ),
      },
      {},
      '“name” is of another kind in the new version. Give it a new value.',
    ],
    [
      'not offered any more',
      {
        ...approval,
        facts: approval.facts.map((fact) =>
          fact.name === 'tier'
            ? { ...fact, type: { kind: 'choice', options: ['low', 'high'] } }
            : fact,
        ),
      },
      {},
      '“tier” is “limited”, which is not offered any more.',
    ],
    [
      'unknown',
      approval,
      { facts: { nothing: 1 } },
      '“nothing” cannot be given a value in the new version.',
    ],
    [
      'read from outside',
      approval,
      { facts: { owner: 'eve' } },
      '“owner” cannot be given a value in the new version.',
    ],
  ])('that are %s refuse', (_, after, change, reason) => {
    expect(refusal(atReview(), after, change).reasons).toEqual([{ key: null, step: null, reason }]);
  });
});

describe('a refusal', () => {
  const joined = withStep(
    without(without(without(parallel, 'split'), 'join'), 'risk'),
    'prepare',
    () => ({
      next: [{ to: 'wait' }],
    }),
  );

  it.each<[string, Driven, WorkflowDefinition, Partial<MigrationRequest>, string | null, RegExp]>([
    [
      'a step that is gone',
      atReview(),
      without(approval, 'review'),
      {},
      'review#1',
      /which the new version does not have\. Say to which/,
    ],
    ['no reason', atReview(), approval, { reason: ' ' }, null, /^Say why/],
    [
      'an unknown step',
      atReview(),
      approval,
      { mapping: { review: 'x', y: 'review' } },
      null,
      /no step “x”/,
    ],
    [
      'two steps in one',
      atReview(),
      { ...approval, steps: [...approval.steps, task('new', 'decide')] },
      { mapping: { nothing: 'new' } },
      null,
      /The old version has no step “nothing”/,
    ],
    [
      'a block that is gone',
      inBranches(),
      joined,
      { mapping: { risk: 'wait' } },
      'wait#1',
      /The block “split” is not in the new version/,
    ],
    [
      'a new block around it',
      new Driven(aDefinition('risk', [task('risk', 'done'), end('done')])),
      parallel,
      {},
      'risk#1',
      /other branches in the new version/,
    ],
    [
      'another branch',
      inBranches(),
      parallel,
      { mapping: { wait: 'risk' } },
      'wait#1',
      /a branch that is not open here/,
    ],
  ])('says where and why: %s', (_, ...[run, after, change, key, reason]) => {
    const { reasons, message } = refusal(run, after, change);
    expect(reasons[0]).toMatchObject({ key, reason: expect.stringMatching(reason) });
    expect(message).toContain(reasons[0]?.reason);
  });

  it('comes for a run that is over, whatever is asked', () => {
    const run = atReview().do({ type: 'cancel', reason: 'Over.', by: system });
    expect(refusal(run, approval)).toMatchObject({ code: 'run-not-active' });
  });

  it('comes while work on hold would get another deadline, and for another called workflow', () => {
    const held = atDecision().do({ type: 'hold', task: 'decide#1', reason: 'Waiting.', by: cleo });
    const due = withStep(approval, 'decide', () => ({ due: [] }));
    expect(refusal(held, due).message).toMatch(/on hold/);
    const calling = inBranches()
      .at('2026-11-27T10:00:00.000Z')
      .do({ type: 'fire-timer', timer: 'wait#1', by: system });
    const other = withStep(parallel, 'called', () => ({ calls: 'WF-OTHER' }));
    expect(refusal(calling, other).message).toMatch(/calls another workflow/);
    expect(migrated(calling, other, { mapping: { called: 'called' } }).state.children).toEqual([
      { key: 'called#2', step: 'called', calls: 'WF-OTHER' },
    ]);
  });

  it('comes when something done could not be undone any more', () => {
    const undoing = aDefinition('a', [
      task('a', 'b', { undoneBy: 'un-a' }),
      {
        ...{ type: 'approval', id: 'b', stage: 'main', name: 'B', role: 'client.staff' },
        ...{ question: 'Well?', separation: [], shows: [] },
        outcomes: [outcome('yes', 'approve', 'done'), outcome('no', 'reject', 'back')],
      },
      { type: 'undo', id: 'back', stage: 'main', name: 'Back', next: [{ to: 'done' }] },
      task('un-a', 'back'),
      end('done'),
    ]);
    const run = new Driven(undoing).submit('a#1', ana);
    expect(refusal(run, without(undoing, 'un-a')).message).toMatch(/“Do a” was done, and/);
  });
});
