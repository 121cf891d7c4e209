import type { Facts, FactValue } from '../expressions/condition.ts';
import { deadline } from '../time/calendar.ts';
import type { AwaitStep, SignalStep, Take, TellStep } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import { boundariesOf } from '../definition/graph.ts';
import type { Journal } from './journal.ts';
import { keyOf } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { Command, KeptSignal, Token } from '../run/run.ts';
import { fillText } from '../expressions/text.ts';
import { hasShape } from '../expressions/value-type.ts';

/** The most signals that a run keeps for later. */
const maxKept = 100;

type ReceiveSignal = Command & { readonly type: 'receive-signal' };

/** The first kept signal that an await step may still take. */
export function keptSignal(journal: Journal, step: AwaitStep): KeptSignal | undefined {
  const { keptFor: time } = step;
  if (!time) return undefined;
  const { now, calendar } = journal.surroundings;
  return journal.state.kept.find(
    ({ signal, at }) =>
      signal === step.signal && Date.parse(deadline(at, time, calendar, 1)) >= Date.parse(now),
  );
}

/** The facts taken over from a signal; refuses values that are not of their declared kind. */
export function takenFrom(
  journal: Journal,
  takes: readonly Take[] | undefined,
  facts: Facts,
): Facts {
  const taken: Record<string, FactValue> = {};
  for (const { ours, theirs } of takes ?? []) {
    const value = readFact(facts, theirs);
    const type = journal.compiled.dictionary.declarations.get(ours)?.type;
    if (type && !hasShape(value, type)) {
      refuse('invalid-facts', `The value of “${theirs}” is not of its declared kind. Mend it.`);
    }
    taken[ours] = value;
  }
  return taken;
}

/**
 * Notes that a signal came; gives the keys of those who wait for it. Nothing for one that came
 * before. Refuses one that nobody waits for and no step would take later.
 */
export function recordSignal(journal: Journal, command: ReceiveSignal): readonly string[] {
  const { signal, id, facts } = command;
  if (journal.state.received.includes(id)) return [];
  requireShapes(journal, command);
  const waiting = journal.state.awaiting.filter((one) => one.signal === signal);
  const kept = waiting.length === 0;
  if (kept) requireKeeping(journal, signal);
  journal.record({ type: 'signal-received', signal, id, facts, kept });
  return waiting.map(({ key }) => key);
}

/** Refuses a signal that some step or boundary could not take over, whenever it comes there. */
function requireShapes(journal: Journal, { signal, facts }: ReceiveSignal): void {
  for (const step of journal.compiled.definition.steps) {
    if (step.type === 'await' && step.signal === signal) takenFrom(journal, step.takes, facts);
    for (const boundary of boundariesOf(step)) {
      if ('signal' in boundary && boundary.signal === signal) {
        takenFrom(journal, boundary.takes, facts);
      }
    }
  }
}

function requireKeeping(journal: Journal, signal: string): void {
  const keeps = journal.compiled.definition.steps.some(
    (step) => step.type === 'await' && step.signal === signal && step.keptFor,
  );
  if (!keeps) {
    refuse('signal-not-awaited', `The run does not wait for “${signal}” now.`);
  }
  if (journal.state.kept.length >= maxKept) {
    refuse('signal-not-awaited', `The run keeps ${maxKept} signals already and takes no more.`);
  }
}

/** Sends a signal, with facts under the names that the receiver knows. */
export function sendSignal(journal: Journal, step: SignalStep, token: Token): void {
  const facts: Record<string, FactValue> = {};
  for (const { ours, theirs } of step.facts ?? []) facts[theirs] = readFact(journal.facts, ours);
  const { signal, to } = step;
  journal.record({
    ...{ type: 'signal-sent', key: keyOf(token), step: step.id, signal, to, facts },
  });
}

/** Tells people what the step says, with the facts of this moment filled in. */
export function tell(journal: Journal, step: TellStep, token: Token): void {
  const people = (step.people ?? []).flatMap((name) => {
    const value = readFact(journal.facts, name);
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.filter((id) => typeof id === 'string' && id !== '') as readonly string[];
  });
  journal.record({
    type: 'people-told',
    key: keyOf(token),
    step: step.id,
    roles: step.roles ?? [],
    people: [...new Set(people)],
    title: fillText(step.title, journal.facts),
    text: fillText(step.text, journal.facts),
  });
}
