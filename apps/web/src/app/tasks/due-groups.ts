import type { TaskRow } from '@plumbline/contracts';
import { daysUntil } from '@plumbline/ui';

export type DueGroup = 'late' | 'today' | 'week' | 'later' | 'open-ended';

const order: readonly DueGroup[] = ['late', 'today', 'week', 'later', 'open-ended'];

/** When a task is due, seen from `today` (both as days in the reader's zone). */
export function dueGroup(dueOn: string | null, today: string): DueGroup {
  if (dueOn === null) return 'open-ended';
  const days = daysUntil(dueOn, today);
  if (days < 0) return 'late';
  if (days === 0) return 'today';
  return days <= 7 ? 'week' : 'later';
}

/** The day of an instant in the reader's zone, as `YYYY-MM-DD`. */
export function localDay(instant: string | Date): string {
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Tasks under the headings of the list, in the order of urgency; headings without a task are left out. */
export function groupByDue(
  tasks: readonly TaskRow[],
  now: Date,
): readonly { readonly group: DueGroup; readonly tasks: readonly TaskRow[] }[] {
  const today = localDay(now);
  const groups = new Map<DueGroup, TaskRow[]>();
  for (const task of tasks) {
    const group = dueGroup(task.dueAt && localDay(task.dueAt), today);
    groups.set(group, [...(groups.get(group) ?? []), task]);
  }
  return order.flatMap((group) => {
    const found = groups.get(group);
    return found ? [{ group, tasks: found }] : [];
  });
}
