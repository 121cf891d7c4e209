import type { Facts } from '../expressions/condition.ts';
import { renamedKey } from '../run/renamed.ts';
import { applied } from '../run/replay.ts';
import type { RunEvent, RunState } from '../run/run.ts';

/** What a deadline, or the time of a timer, hangs on besides its rule. */
export interface ClockPast {
  /** The ISO instant that it is reckoned from. */
  readonly from: string;
  /** The facts of the run at that moment. */
  readonly facts: Facts;
  /** Times taken out, in their order: from when until when its clock stood still. */
  readonly pauses: readonly (readonly [since: string, until: string])[];
  /** Somebody set it, or another version of the workflow did: no rule leads to it. */
  readonly set: boolean;
}

/**
 * The past of every task and timer that a run ever had, by key, from all events of the run in
 * order. Escalations follow their task and have none of their own.
 */
export function clockPasts(history: readonly RunEvent[]): ReadonlyMap<string, ClockPast> {
  let pasts = new Map<string, ClockPast>();
  let state: RunState | null = null;
  const change = (key: string, by: (past: ClockPast) => Partial<ClockPast>): void => {
    const past = pasts.get(key);
    if (past) pasts.set(key, { ...past, ...by(past) });
  };
  const pause = (key: string, since: string, until: string): void =>
    change(key, ({ pauses }) => ({ pauses: [...pauses, [since, until]] }));
  for (const [at, event] of history.entries()) {
    const before = state;
    state = applied(before, event);
    if (!before) continue;
    switch (event.type) {
      case 'task-opened': {
        const from = event.task.openedAt ?? event.at;
        pasts.set(event.task.key, { from, facts: before.facts, pauses: [], set: false });
        break;
      }
      case 'timer-armed':
        pasts.set(event.key, {
          ...{ from: event.from ?? event.at, facts: before.facts, pauses: [], set: false },
        });
        break;
      case 'task-continued': {
        const task = before.tasks.find(({ key }) => key === event.key);
        if (task?.held && task.pauses) pause(task.key, task.held.since, event.at);
        break;
      }
      case 'run-resumed': {
        if (!before.suspended) break;
        // What is on hold gets the whole time back when it goes on.
        const going = before.tasks.filter(({ held, pauses }) => !held || !pauses);
        for (const { key } of [...going, ...before.timers]) {
          pause(key, before.suspended.since, event.at);
        }
        break;
      }
      case 'deadline-moved':
        if (event.reason !== undefined) change(event.key, () => ({ set: true }));
        break;
      case 'run-migrated': {
        const { steps, tasks } = event;
        pasts = new Map([...pasts].map(([key, past]) => [renamedKey(key, steps), past]));
        const facts = { ...state.facts, ...givenAt(event, history[at + 1]) };
        for (const [key, amended] of Object.entries(tasks)) {
          if ('dueAt' in amended) change(key, () => ({ facts, pauses: [], set: false }));
        }
        break;
      }
    }
  }
  return pasts;
}

/** The facts that were given to a run together with another version. */
function givenAt(migrated: RunEvent, next: RunEvent | undefined): Facts {
  const together = next?.type === 'facts-set' && next.step === null && next.at === migrated.at;
  return together ? next.facts : {};
}
