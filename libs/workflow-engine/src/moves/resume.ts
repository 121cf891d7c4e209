import type { Facts, FactValue } from '../expressions/condition.ts';
import { Advance } from './advance.ts';
import { boundaryAt } from './boundaries.ts';
import { cancelAll } from './cancel.ts';
import { readFact } from '../expressions/dictionary.ts';
import { escalate } from './escalate.ts';
import type { Journal } from './journal.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import { refuse } from '../run/refused.ts';
import type { Command, OpenTimer, Token } from '../run/run.ts';
import { recordSignal, takenFrom } from './signals.ts';
import { requireReason } from './task.ts';
import { hasShape } from '../expressions/value-type.ts';
import { wayOfFailure } from './ways.ts';

/** Starts a run with the declared ones among the given facts. */
export function start(journal: Journal, command: Command & { readonly type: 'start' }): void {
  const facts = declared(journal, command.facts);
  journal.record({ type: 'run-started', runId: command.runId, facts });
  new Advance(journal).begin();
}

/** Goes on when a time has come: after a wait, by a boundary, or up an escalation chain. */
export function fireTimer(
  journal: Journal,
  command: Command & { readonly type: 'fire-timer' },
): void {
  const timer = journal.state.timers.find(({ key }) => key === command.timer);
  if (!timer) {
    return refuse('unknown-timer', 'This timer is not armed: it has fired or was disarmed.');
  }
  if (Date.parse(journal.surroundings.now) < Date.parse(timer.dueAt)) {
    refuse('timer-not-due', `This timer is due at ${timer.dueAt}, not before.`);
  }
  const { key, step } = timer;
  journal.record({ type: 'timer-fired', key, step });
  goOnFrom(journal, timer);
}

function goOnFrom(journal: Journal, { key, step: id, kind }: OpenTimer): void {
  if (kind === 'escalation') {
    escalate(journal, key);
    return;
  }
  const step = journal.compiled.steps.get(id);
  const advance = new Advance(journal);
  if (kind === 'boundary') advance.fire(key, {});
  else if (step?.type === 'timer') advance.follow(tokenOf(journal, key), step.next);
  else refuse('unknown-timer', 'The step of this timer does not wait for a time any more.');
}

/** Takes over the result of a sub-workflow and goes on. */
export function endChild(
  journal: Journal,
  command: Command & { readonly type: 'end-child' },
): void {
  const { step, token } = findChild(journal, command.child);
  const taken: Record<string, FactValue> = {};
  for (const { ours, theirs } of step.output) taken[ours] = readFact(command.facts, theirs);
  const facts = declared(journal, { ...taken, [step.outcomeFact]: command.outcome });
  const { child: key, outcome } = command;
  journal.record({ type: 'child-ended', key, step: step.id, outcome });
  new Advance(journal).finish(step, token, { key, facts });
}

/** A called run was cancelled: on by the way for that; without one, the step stays open. */
export function childCancelled(
  journal: Journal,
  command: Command & { readonly type: 'child-cancelled' },
): void {
  const { step, token } = findChild(journal, command.child);
  const way = wayOfFailure(journal, step, token.visit, `“${step.name}” was cancelled.`);
  if (way !== null) new Advance(journal).leave(token, way);
}

function findChild(journal: Journal, key: string) {
  const child = journal.state.children.find((open) => open.key === key);
  const step = child && journal.compiled.steps.get(child.step);
  if (step?.type !== 'sub-workflow') {
    return refuse('unknown-child', 'The run does not wait for this sub-workflow.');
  }
  return { step, token: tokenOf(journal, key) };
}

/** Hands a signal to everybody in the run who waits for it, or keeps it; the same one only once. */
export function receiveSignal(
  journal: Journal,
  command: Command & { readonly type: 'receive-signal' },
): void {
  const { signal, id, facts } = command;
  for (const key of recordSignal(journal, command)) {
    // One who took it may have ended the wait of the next.
    if (!journal.state.awaiting.some((one) => one.key === key)) continue;
    const token = tokenOf(journal, key);
    const step = journal.compiled.steps.get(token.step);
    const boundary = boundaryAt(journal, key)?.boundary;
    journal.record({ type: 'signal-taken', key, step: token.step, signal, id });
    if (boundary && 'signal' in boundary) {
      new Advance(journal).fire(key, takenFrom(journal, boundary.takes, facts));
    } else if (step?.type === 'await') {
      new Advance(journal).take(step, token, facts);
    }
  }
}

/** Ends a run before its end, with a reason. */
export function cancel(journal: Journal, command: Command & { readonly type: 'cancel' }): void {
  requireReason(command.reason, 'Say why the run is cancelled.');
  cancelAll(journal);
  journal.record({ type: 'run-cancelled', reason: command.reason });
}

function tokenOf(journal: Journal, key: string): Token {
  const owner = tokenKeyOf(key);
  const token = journal.state.tokens.find((here) => keyOf(here) === owner);
  return token ?? refuse('cannot-continue', `The run is not at “${key}” any more.`);
}

/** The facts that the definition declares; refuses one that does not have the declared shape. */
export function declared(journal: Journal, given: Facts): Facts {
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
