import type { Facts, Move, RunEvent } from '@plumbline/workflow-engine';
import { promisedBy, type PromisedRow } from './promised-rows.ts';
import type { RunFrame } from './run-store.ts';
import { changedBy, openedBy, type ChangedTask, type OpenedTask } from './task-rows.ts';
import { timersOf, type ArmedTimer, type TimerChange } from './timer-rows.ts';

/** Everything that one move writes besides state and events. */
export interface MoveRows {
  readonly opened: readonly OpenedTask[];
  readonly changed: readonly ChangedTask[];
  readonly armed: readonly ArmedTimer[];
  readonly disarmed: readonly TimerChange[];
  readonly promised: readonly PromisedRow[];
  /** Earliest deadline among the tasks that people are asked to do now. */
  readonly dueAt: string | null;
  readonly decisions: number;
}

/** The rows that follow from a move: a pure reading of its events, apart from new ids. */
export function rowsOf(
  run: RunFrame,
  { state, events }: Pick<Move, 'state' | 'events'>,
  facts: Facts,
): MoveRows {
  const opened = openedBy(run, state, events, facts);
  const fresh = new Set(opened.map(({ key }) => key));
  const changed = changedBy(state, events, fresh);
  const asked = state.suspended ? [] : state.tasks.filter(({ held }) => held === null);
  return {
    opened,
    changed,
    ...timersOf(run.now, state, events, { fresh, changed }),
    promised: promisedBy(run, state, events),
    dueAt: earliest(asked.map(({ dueAt }) => dueAt)),
    decisions: events.filter(isDecision).length,
  };
}

const isDecision = ({ type }: RunEvent) => type === 'decision-recorded';

function earliest(times: readonly (string | null)[]): string | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0
    ? null
    : known.reduce((a, b) => (Date.parse(a) <= Date.parse(b) ? a : b));
}
