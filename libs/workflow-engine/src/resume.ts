import type { Facts, FactValue } from './condition.ts';
import { Advance, cancelAll, setFacts } from './advance.ts';
import { readFact } from './dictionary.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './keys.ts';
import { refuse } from './refused.ts';
import type { Command, Token } from './run.ts';
import { requireReason } from './task.ts';
import { hasShape } from './value-type.ts';

/** Starts a run with the declared ones among the given facts. */
export function start(journal: Journal, command: Command & { readonly type: 'start' }): void {
  const facts = declared(journal, command.facts);
  journal.record({ type: 'run-started', runId: command.runId, facts });
  new Advance(journal).begin();
}

/** Goes on after a wait. */
export function fireTimer(
  journal: Journal,
  command: Command & { readonly type: 'fire-timer' },
): void {
  const timer = journal.state.timers.find(({ key }) => key === command.timer);
  const step = timer && journal.compiled.steps.get(timer.step);
  if (step?.type !== 'timer') {
    return refuse('unknown-timer', 'This timer is not armed: it has fired or was disarmed.');
  }
  if (timer && Date.parse(journal.surroundings.now) < Date.parse(timer.dueAt)) {
    refuse('timer-not-due', `This timer is due at ${timer.dueAt}, not before.`);
  }
  journal.record({ type: 'timer-fired', key: command.timer, step: step.id });
  new Advance(journal).follow(tokenOf(journal, command.timer), step.next);
}

/** Takes over the result of a sub-workflow and goes on. */
export function endChild(
  journal: Journal,
  command: Command & { readonly type: 'end-child' },
): void {
  const child = journal.state.children.find(({ key }) => key === command.child);
  const step = child && journal.compiled.steps.get(child.step);
  if (step?.type !== 'sub-workflow') {
    return refuse('unknown-child', 'The run does not wait for this sub-workflow.');
  }
  const taken: Record<string, FactValue> = {};
  for (const { ours, theirs } of step.output) taken[ours] = readFact(command.facts, theirs);
  const facts = declared(journal, { ...taken, [step.outcomeFact]: command.outcome });
  journal.record({
    type: 'child-ended',
    key: command.child,
    step: step.id,
    outcome: command.outcome,
  });
  setFacts(journal, step.id, facts);
  new Advance(journal).follow(tokenOf(journal, command.child), step.next);
}

/** Ends a run before its end, with a reason. */
export function cancel(journal: Journal, command: Command & { readonly type: 'cancel' }): void {
  requireReason(command.reason, 'Say why the run is cancelled.');
  cancelAll(journal);
  journal.record({ type: 'run-cancelled', reason: command.reason });
}

function tokenOf(journal: Journal, key: string): Token {
  const token = journal.state.tokens.find((here) => keyOf(here) === key);
  return token ?? refuse('cannot-continue', `The run is not at “${key}” any more.`);
}

/** The facts that the definition declares; refuses one that does not have the declared shape. */
function declared(journal: Journal, given: Facts): Facts {
  const facts: Record<string, FactValue> = {};
  for (const { name, type } of journal.compiled.definition.facts) {
    if (!Object.hasOwn(given, name)) continue;
    const value = given[name] ?? null;
    if (!hasShape(value, type)) {
      refuse('invalid-facts', `The value of “${name}” is not of its declared kind. Mend it first.`);
    }
    facts[name] = value;
  }
  return facts;
}
