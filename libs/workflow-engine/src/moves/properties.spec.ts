import fc from 'fast-check';
import type { Facts } from '../expressions/condition.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { move } from './move.ts';
import { keyOf } from '../run/keys.ts';
import { replay } from '../run/replay.ts';
import type { Command, Move, RunEvent, RunState, Surroundings } from '../run/run.ts';
import {
  aDefinition,
  approval,
  end,
  outcome,
  parallel,
  surroundings,
  system,
  task,
} from '../testing/samples.data.ts';

/** Two blocks in one another, endings and ways back from everywhere, steps that may be skipped. */
const tangled: WorkflowDefinition = aDefinition(
  'begin',
  [
    task('begin', 'outer'),
    {
      ...{ type: 'parallel', id: 'outer', stage: 'main', name: 'Outer', join: 'outer-join' },
      branches: [
        { id: 'left', start: 'inner' },
        { id: 'right', start: 'maybe' },
        { id: 'third', start: 'third' },
      ],
    },
    {
      ...{ type: 'parallel', id: 'inner', stage: 'main', name: 'Inner', join: 'inner-join' },
      branches: [
        { id: 'one', start: 'one' },
        { id: 'two', start: 'two' },
      ],
    },
    task('one', 'inner-join', { sendBackTo: ['begin'] }),
    {
      ...{ type: 'approval', id: 'two', stage: 'main', name: 'Two', role: 'client.approver' },
      ...{ question: '?', separation: [], shows: [] },
      outcomes: [
        outcome('on', 'approve', 'inner-join'),
        outcome('inner', 'ask-for-changes', 'inner'),
        outcome('outer', 'ask-for-changes', 'outer'),
        outcome('out', 'reject', 'out'),
      ],
    },
    {
      ...{ type: 'join', id: 'inner-join', stage: 'main', name: 'Inner', closes: 'inner' },
      next: [{ to: 'outer-join' }],
    },
    task('maybe', 'wait', { when: { fact: 'more', is: 'equal', value: true } }),
    {
      ...{ type: 'timer', id: 'wait', stage: 'main', name: 'Wait' },
      ...{ wait: { amount: 4, unit: 'business-hours' }, next: [{ to: 'call' }] },
    },
    {
      ...{ type: 'sub-workflow', id: 'call', stage: 'main', name: 'Call', calls: 'WF-OTHER' },
      ...{ input: [], output: [], outcomeFact: 'called', next: [{ to: 'outer-join' }] },
    },
    task('third', 'outer-join', { sendBackTo: ['outer'] }),
    {
      ...{ type: 'join', id: 'outer-join', stage: 'main', name: 'Outer', closes: 'outer' },
      next: [{ to: 'begin', when: { fact: 'again', is: 'equal', value: true } }, { to: 'done' }],
    },
    end('done'),
    end('out'),
  ],
  [
    { name: 'more', type: { kind: 'boolean' }, source: 'subject' },
    { name: 'again', type: { kind: 'boolean' }, source: 'subject' },
    { name: 'called', type: { kind: 'text' }, source: 'run' },
  ],
);

const roles = ['client.staff', 'client.risk_owner', 'client.approver', 'client.top_management'];
const people = ['ana', 'ben', 'cleo', 'dan'];

/** Numbers that choose one command among those that a state suggests, sensible and not. */
const choice = fc.record({
  kind: fc.nat(19),
  which: fc.nat(5),
  who: fc.nat(people.length - 1),
  held: fc.oneof(
    { weight: 3, arbitrary: fc.constant(roles) },
    { weight: 1, arbitrary: fc.subarray(roles) },
  ),
  insists: fc.boolean(),
  adviser: fc.boolean(),
  score: fc.constantFrom(0, 3, 7, 20),
  hours: fc.nat(100),
  facts: fc.record({
    owner: fc.constantFrom(null, ...people),
    residualLevel: fc.constantFrom(null, 'low', 'high', 'critical'),
    trained: fc.constantFrom(null, true, false),
    more: fc.constantFrom(null, true, false),
    again: fc.boolean(),
  }),
});
type Choice = typeof choice extends fc.Arbitrary<infer Chosen> ? Chosen : never;

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % Math.max(1, items.length)];
}

function commandOf(definition: WorkflowDefinition, state: RunState, chosen: Choice): Command {
  const { which, score, held } = chosen;
  const open = at(state.tasks, which);
  const by: Command['by'] = {
    kind: 'person',
    // Mostly whoever has the task acts, so that runs come far.
    personId: (chosen.insists ? null : open?.assignee) ?? people[chosen.who]!,
    roles: held,
    adviser: chosen.adviser && which === 0,
  };
  const name = open?.key ?? 'none#1';
  const step = definition.steps.find(({ id }) => id === open?.step);
  switch (chosen.kind) {
    case 0:
      return { type: 'claim', task: name, by };
    case 1:
      return { type: 'release', task: name, by };
    case 2:
      return { type: 'assign', task: name, assignee: at([...people, null], which) ?? null, by };
    case 3:
    case 8: {
      const to = at(definition.steps, score)?.id ?? 'none';
      const target = step && 'sendBackTo' in step ? (step.sendBackTo?.[0] ?? to) : to;
      return { type: 'send-back', task: name, to: target, reason: 'No.', by };
    }
    case 4:
    case 9:
    case 10:
      return { type: 'fire-timer', timer: at(state.timers, which)?.key ?? 'none#1', by: system };
    case 5:
    case 11: {
      const child = at(state.children, which)?.key ?? 'none#1';
      return { type: 'end-child', child, outcome: 'done', facts: { class: 'x' }, by: system };
    }
    case 6:
      if (score === 0 && which === 0) return { type: 'cancel', reason: 'Enough.', by };
      return { type: 'start', runId: 'again', facts: {}, by };
    default: {
      if (step?.type === 'approval') {
        const picked = at(step.outcomes, which);
        const conditional = picked?.effect === 'approve-with-conditions';
        const conditions = conditional ? [{ text: 'x', owner: 'ana', due: '2027-01-31' }] : [];
        const reason = chosen.kind === 7 ? '' : 'Because.';
        return { type: 'decide', task: name, outcome: picked?.key ?? '', reason, conditions, by };
      }
      const answers: Facts = step?.id === 'describe' ? { name: 'Helper', score } : {};
      return { type: 'submit', task: name, answers, by };
    }
  }
}

/** Freezes everything inside, so that a change in place throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

function accepted(result: ReturnType<typeof move>): Move {
  if (result.refused) throw new Error(result.message);
  return result;
}

const begin = (definition: WorkflowDefinition, around: Surroundings): Move =>
  accepted(move(definition, null, { type: 'start', runId: 'r', facts: {}, by: system }, around));

function around(chosen: Choice, sofar: number): Surroundings {
  const now = new Date(Date.parse('2026-11-24T10:00:00Z') + sofar * 3_600_000).toISOString();
  return frozen(surroundings({ now, facts: chosen.facts }));
}

/** What must hold in every state. */
function checkInvariants(definition: WorkflowDefinition, state: RunState): void {
  const tokens = state.tokens.map(keyOf);
  expect(new Set(tokens).size).toBe(tokens.length);
  const waiting = [...state.tasks, ...state.timers, ...state.children].map(({ key }) => key);
  expect(new Set(waiting).size).toBe(waiting.length);
  // Every token waits for something, or at a join for the other branches.
  const joins = new Set(definition.steps.filter(({ type }) => type === 'join').map(({ id }) => id));
  const expected = state.tokens.filter(({ step }) => !joins.has(step)).map(keyOf);
  expect([...waiting].sort()).toEqual([...expected].sort());
  if (state.status === 'running') expect(state.tokens.length).toBeGreaterThan(0);
  else expect(tokens).toEqual([]);
  for (const { votes } of state.tasks) {
    expect(new Set(votes.map(({ personId }) => personId)).size).toBe(votes.length);
  }
}

function checkHistory(events: readonly RunEvent[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const opened = events.filter(({ type }) => type === 'task-opened');
  const closed = events.filter((event) => event.type === 'task-closed').map(({ key }) => key);
  expect(new Set(closed).size).toBe(closed.length);
  expect(closed.length).toBeLessThanOrEqual(opened.length);
  for (const event of events) {
    if (event.type !== 'decision-recorded' || event.by.kind !== 'person') continue;
    expect(event.by.adviser).toBe(false);
    expect(event.step === 'decide' ? event.by.personId : '').not.toBe(ownerAt.get(event));
  }
}

/** The owner in the surroundings of each decision. */
const ownerAt = new WeakMap<RunEvent, unknown>();

describe.each([
  ['approval', approval],
  ['parallel', parallel],
  ['tangled', tangled],
])('random commands on %s', (_, source) => {
  const definition = frozen(structuredClone(source));

  it('keep state equal to the replay of events, dense and unmutated', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 40 }), (choices) => {
        const first = begin(definition, around(choices[0]!, 0));
        let state = frozen(first.state);
        const events = [...first.events];
        let hours = 0;
        for (const chosen of choices) {
          hours += chosen.hours;
          const command = frozen(commandOf(definition, state, chosen));
          const surroundingsNow = around(chosen, hours);
          const result = move(definition, state, command, surroundingsNow);
          expect(move(definition, state, command, surroundingsNow)).toEqual(result);
          if (result.refused) {
            expect(result.message).toMatch(/\.$/);
            continue;
          }
          state = frozen(result.state);
          for (const event of result.events) ownerAt.set(event, chosen.facts.owner);
          events.push(...result.events);
          checkInvariants(definition, state);
          for (const event of result.events) {
            expect([event.by, event.at]).toEqual([command.by, surroundingsNow.now]);
          }
        }
        expect(replay(events)).toEqual(state);
        expect(replay(JSON.parse(JSON.stringify(events)) as RunEvent[])).toEqual(
          JSON.parse(JSON.stringify(state)),
        );
        checkHistory(events);
      }),
      { numRuns: 150 },
    );
  });

  it('let exactly one of two racing moves win', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 2, maxLength: 25 }), (choices) => {
        const first = begin(definition, around(choices[0]!, 0));
        let state = first.state;
        const events = [...first.events];
        for (let index = 0; index + 1 < choices.length; index += 1) {
          const [left, right] = [choices[index]!, choices[index + 1]!].map((chosen) =>
            move(definition, state, commandOf(definition, state, chosen), around(chosen, 2000)),
          );
          if (!left || left.refused || left.events.length === 0) continue;
          if (right && !right.refused && right.events.length > 0) {
            // Both want the same numbers: a store that keeps one event per number takes only one.
            expect(right.events[0]?.seq).toBe(left.events[0]?.seq);
            expect(() => replay([...events, ...left.events, ...right.events])).toThrow(RangeError);
          }
          state = left.state;
          events.push(...left.events);
        }
        expect(replay(events)).toEqual(state);
      }),
      { numRuns: 80 },
    );
  });
});

describe('a replay', () => {
  const { events } = begin(approval, surroundings());

  it.each<[string, readonly RunEvent[]]>([
    ['no events', []],
    ['a missing start', events.slice(1)],
    ['a gap', [events[0]!, events[2]!]],
    ['an event twice', [...events, events[2]!]],
  ])('refuses %s', (_, broken) => {
    expect(() => replay(broken)).toThrow(RangeError);
  });
});
