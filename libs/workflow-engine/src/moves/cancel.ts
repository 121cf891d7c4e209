import type { Journal } from './journal.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import type { Token } from '../run/run.ts';

/** Ends everything that a token waits for: tasks, timers, signals, child runs and items. */
export function endWaits(journal: Journal, token: Token): void {
  const owner = keyOf(token);
  const isOurs = ({ key }: { readonly key: string }): boolean => tokenKeyOf(key) === owner;
  const { tasks, timers, awaiting, children, items } = journal.state;
  for (const { key } of tasks.filter(isOurs)) {
    journal.record({ type: 'task-closed', key, why: 'cancelled' });
  }
  for (const { key, step } of timers.filter(isOurs)) {
    journal.record({ type: 'timer-disarmed', key, step });
  }
  for (const { key, step, signal } of awaiting.filter(isOurs)) {
    journal.record({ type: 'signal-unawaited', key, step, signal });
  }
  for (const { key, step } of children.filter(isOurs)) {
    journal.record({ type: 'child-cancelled', key, step });
  }
  for (const { key, step } of items.filter(isOurs)) {
    journal.record({ type: 'items-ended', key, step });
  }
}

/** Ends the wait of one item: its task, with the timers of that, or its child run. */
export function endItem(journal: Journal, item: string): void {
  const isOurs = ({ key }: { readonly key: string }): boolean =>
    key === item || key.startsWith(`${item}^`);
  for (const { key } of journal.state.tasks.filter(isOurs)) {
    journal.record({ type: 'task-closed', key, why: 'cancelled' });
  }
  for (const { key, step } of journal.state.timers.filter(isOurs)) {
    journal.record({ type: 'timer-disarmed', key, step });
  }
  for (const { key, step } of journal.state.children.filter(isOurs)) {
    journal.record({ type: 'child-cancelled', key, step });
  }
}

/** Takes a token away with everything that it waits for. */
export function cancelToken(journal: Journal, token: Token): void {
  endWaits(journal, token);
  journal.record({ type: 'step-cancelled', ...token });
}

/** Cancels everything that is open in the run. */
export function cancelAll(journal: Journal): void {
  for (const token of journal.state.tokens) cancelToken(journal, token);
}
