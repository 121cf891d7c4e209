import { deadline } from '../time/calendar.ts';
import type { Boundary, Step } from '../definition/definition.ts';
import { boundariesOf } from '../definition/graph.ts';
import type { Journal } from './journal.ts';
import { afterMark, boundaryKey, keyOf, tokenKeyOf } from '../run/keys.ts';
import type { Token } from '../run/run.ts';

/** Starts what may happen while a step waits: its times begin to run, its signals are awaited. */
export function armBoundaries(journal: Journal, step: Step, token: Token): void {
  const { now, calendar } = journal.surroundings;
  for (const boundary of boundariesOf(step)) {
    const key = boundaryKey(keyOf(token), boundary.id);
    if ('signal' in boundary) {
      const { signal } = boundary;
      journal.record({ type: 'signal-awaited', key, step: step.id, signal });
    } else {
      const dueAt = deadline(now, boundary.after, calendar, 1);
      journal.record({ type: 'timer-armed', key, step: step.id, dueAt, kind: 'boundary' });
    }
  }
}

/** The boundary that a key names, with its step and the token that waits there. */
export function boundaryAt(
  journal: Journal,
  key: string,
): { readonly boundary: Boundary; readonly step: Step; readonly token: Token } | null {
  const owner = tokenKeyOf(key);
  const token = journal.state.tokens.find((here) => keyOf(here) === owner);
  const step = token && journal.compiled.steps.get(token.step);
  const boundary = step && boundariesOf(step).find(({ id }) => id === afterMark(key, '!'));
  return token && step && boundary ? { boundary, step, token } : null;
}

/** Whether a scope lies in a side path that this boundary started, at whichever visit. */
export function isPathOf(
  { step, boundary }: { readonly step: Step; readonly boundary: Boundary },
  scope: readonly string[],
): boolean {
  return scope.some(
    (entry) => entry.startsWith(`${step.id}#`) && afterMark(entry, '!') === boundary.id,
  );
}
