import type { EscalationLevel } from '../definition/definition.ts';
import type { Journal } from './journal.ts';
import { escalationKey } from '../run/keys.ts';
import type { OpenTask, OpenTimer } from '../run/run.ts';
import { atShare } from '../time/working-time.ts';

/** Arms the timers of a task's escalation chain that are ahead, if it has a chain and a deadline. */
export function armEscalation(
  journal: Journal,
  { key, step, dueAt, clock, openedAt, level: reached }: OpenTask,
  levels: readonly EscalationLevel[] = [],
): void {
  const { now, calendar } = journal.surroundings;
  if (dueAt === null) return;
  for (const [at, level] of levels.entries()) {
    if (at < reached) continue;
    const due = atShare(level.at, openedAt ?? now, { dueAt, clock }, calendar);
    const timer = { key: escalationKey(key, at + 1), step, dueAt: due };
    journal.record({ type: 'timer-armed', ...timer, kind: 'escalation' });
  }
}

/** The armed timers of a task's escalation, the first level first. */
export function escalationTimers(journal: Journal, task: string): readonly OpenTimer[] {
  return journal.state.timers.filter(({ key }) => key.startsWith(`${task}^`));
}
