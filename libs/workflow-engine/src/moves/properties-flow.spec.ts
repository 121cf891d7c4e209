import fc from 'fast-check';
import { readyJoin } from './blocks.ts';
import { compiledOf } from '../definition/compiled.ts';
import { followCalendar } from './follow-calendar.ts';
import { Journal } from './journal.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import { move } from './move.ts';
import { isSidePath } from '../definition/places.ts';
import { replay } from '../run/replay.ts';
import { restored } from '../run/restored.ts';
import type { Command, RepairAction, RunEvent, RunState } from '../run/run.ts';
import { person, surroundings, system } from '../testing/samples.data.ts';
import { tangle } from '../testing/tangle.data.ts';
import { validateDefinition } from '../checks/validate.ts';

const ana = person('ana', 'client.staff', 'client.approver');
const steps = tangle.steps.map(({ id }) => id);
const signals = ['go', 'news', 'stop', 'other'];

const choice = fc.record({
  kind: fc.nat(13),
  which: fc.nat(9),
  value: fc.nat(4),
  hours: fc.nat(40),
});
type Choice = typeof choice extends fc.Arbitrary<infer Of> ? Of : never;

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[index % Math.max(items.length, 1)];
}

/** A command that may or may not fit the state. */
function commandOf(state: RunState, { kind, which, value, hours }: Choice): Command {
  const reason = 'Because.';
  const task = at(state.tasks, which);
  const child = at(state.children, which)?.key ?? 'z#1';
  switch (kind) {
    case 0:
    case 1:
      return { type: 'fire-timer', timer: at(state.timers, which)?.key ?? 'y#1', by: system };
    case 2:
    case 3: {
      const signal = at(signals, which) ?? 'go';
      const facts = value === 4 ? { value: 'much' } : { value };
      return { type: 'receive-signal', signal, id: `${hours}`, facts, by: system };
    }
    case 4:
      return value === 0
        ? { type: 'child-cancelled', child, by: system }
        : { type: 'end-child', child, outcome: 'done', facts: {}, by: system };
    case 5:
      if (value === 0 && hours === 0) return { type: 'cancel', reason, by: ana };
      return {
        type: state.suspended ? 'resume' : value > 2 ? 'suspend' : 'resume',
        reason,
        by: ana,
      };
    case 6:
      return { type: 'send-back', task: task?.key ?? 'a#1', to: 'start', reason, by: ana };
    case 7:
      return { type: 'repair', action: repairOf(state, which, value, hours), reason, by: ana };
    default: {
      const step = tangle.steps.find(({ id }) => id === task?.step);
      if (step?.type === 'approval') {
        const outcome = at(step.outcomes, value)?.key ?? '';
        return { type: 'decide', task: task?.key ?? '', outcome, reason, conditions: [], by: ana };
      }
      const people = ['ana', 'ben', 'cleo'].slice(0, value);
      const answers = { ...(value > 0 && { people }), verdict: value === 1 ? 'no' : 'yes' };
      const asked = step?.id === 'start' ? { people } : step?.id === 'ask' ? answers : {};
      const { people: _, ...verdict } = { people: null, ...asked };
      const given = step?.id === 'start' ? asked : verdict;
      return { type: 'submit', task: task?.key ?? 'a#1', answers: given, by: ana };
    }
  }
}

function repairOf(state: RunState, which: number, value: number, hours: number): RepairAction {
  const token = at(state.tokens, which);
  const key = at([...state.tasks, ...state.children, ...state.timers], which)?.key ?? 'a#1';
  const from = token ? keyOf(token) : 'a#1';
  const to = at(steps, hours) ?? 'a';
  if (value === 0) return { kind: 'move', from, to };
  if (value === 1) return { kind: 'retry', key: from };
  if (value === 2) return { kind: 'set-facts', facts: { score: which } };
  return { kind: 'skip', key, ...(value === 4 && { to }) };
}

/** Freezes everything inside, so that a change in place throws. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

function checkInvariants(state: RunState): void {
  const { tokens, tasks, children, timers, awaiting, items } = state;
  const tokenKeys = tokens.map(keyOf);
  expect(new Set(tokenKeys).size).toBe(tokenKeys.length);
  const waits = timers.filter(({ kind }) => kind === 'wait');
  const listens = awaiting.filter(({ key }) => !key.includes('!'));
  const doing = [...tasks, ...children, ...waits, ...listens].map(({ key }) => key);
  expect(new Set(doing).size).toBe(doing.length);
  // Whatever waits belongs to a token, and every token waits: for something, or at a join.
  const all = [...tasks, ...children, ...timers, ...awaiting, ...items];
  for (const { key } of all) expect(tokenKeys).toContain(tokenKeyOf(key));
  const joins = new Set(['j', 'ij', 'aj']);
  const waiting = new Set(doing.map(tokenKeyOf));
  for (const token of tokens) expect(waiting.has(keyOf(token))).toBe(!joins.has(token.step));
  // One thread in each branch, side path and outside; a join passes as soon as it can.
  const places = tokens.map(({ scope }) => scope.join('>'));
  expect(new Set(places).size).toBe(places.length);
  const entries = tokens.flatMap(({ scope }) => scope.filter(isSidePath));
  const paths = entries.map((entry) => entry.replace(/#\d+/, ''));
  expect(new Set(paths).size).toBe(new Set(entries).size);
  const journal = new Journal(compiledOf(tangle), state, surroundings(), system);
  expect(readyJoin(journal)).toBeNull();
  if (state.status === 'running') expect(tokens.length).toBeGreaterThan(0);
  else expect([...tokens, ...all]).toEqual([]);
  const undoable = state.undoable.map(({ key }) => key);
  expect(new Set(undoable).size).toBe(undoable.length);
  for (const group of items) {
    const numbers = group.finished.map(({ n }) => n);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeLessThan(group.items.length);
  }
}

const codes = new Set<string>();
const seen = new Set<string>();

describe('random commands on every construct of the flow at once', () => {
  const definition = frozen(structuredClone(tangle));

  it('are on a definition that may be published', () => {
    const problems = validateDefinition(tangle, []).filter(({ severity }) => severity === 'error');
    expect(problems.filter(({ code }) => code !== 'unknown-workflow')).toEqual([]);
  });

  it('keep the state whole, equal to the replay of its events, and unmutated', () => {
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 60 }), (choices) => {
        let hours = 0;
        const around = () => {
          const now = new Date(Date.parse('2026-11-24T10:00:00Z') + hours * 3_600_000);
          return frozen(surroundings({ now: now.toISOString() }));
        };
        const begin = { type: 'start', runId: 'r', facts: { score: 2 }, by: system } as const;
        let result = move(definition, null, begin, around());
        if (result.refused) throw new Error(result.message);
        let state = frozen(result.state);
        const events: RunEvent[] = [...result.events];
        for (const chosen of choices) {
          hours += chosen.hours;
          const command = frozen(commandOf(state, chosen));
          const before = JSON.stringify(state);
          result = move(definition, state, command, around());
          expect(move(definition, state, command, around())).toEqual(result);
          expect(JSON.stringify(state)).toBe(before);
          if (result.refused) {
            codes.add(result.code);
            continue;
          }
          state = frozen(result.state);
          events.push(...result.events);
          for (const { type } of result.events) seen.add(type);
          checkInvariants(state);
        }
        expect(replay(JSON.parse(JSON.stringify(events)) as RunEvent[])).toEqual(state);
        expect(restored(JSON.parse(JSON.stringify(state)) as RunState)).toEqual(state);
        // By the calendar that it always had, no deadline of a run moves.
        expect(followCalendar(definition, state, events, around())).toMatchObject({
          ...{ moved: [], kept: [], events: [] },
        });
      }),
      { numRuns: 120, seed: 20261125 },
    );
  });

  it('met every construct', () => {
    for (const type of [
      ...['boundary-fired', 'signal-taken', 'signal-received', 'item-finished', 'items-ended'],
      ...['step-failed', 'step-undone', 'run-repaired', 'run-resumed', 'deadline-moved'],
      ...['people-told', 'child-cancelled', 'step-cancelled', 'run-ended', 'sent-back'],
    ]) {
      expect([...seen]).toContain(type);
    }
    for (const code of ['run-suspended', 'cannot-repair', 'signal-not-awaited', 'invalid-facts']) {
      expect([...codes]).toContain(code);
    }
  });
});
