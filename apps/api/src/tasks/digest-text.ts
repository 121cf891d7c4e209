import { dateInWords } from '../runs/index.ts';

/** One task in a digest: its reference and days, nothing of its content. */
export interface DigestTask {
  readonly reference: string;
  readonly isDecision: boolean;
  readonly dueOn: string | null;
  readonly late: boolean;
}

/** A digest in plain words: what is late, what waits, what is unread, and one link. */
export function digestText({
  name,
  tasks,
  unread,
  link,
  weekly,
}: {
  readonly name: string;
  readonly tasks: readonly DigestTask[];
  readonly unread: number;
  readonly link: string;
  readonly weekly: boolean;
}): string {
  const late = tasks.filter((task) => task.late);
  const waiting = tasks.filter((task) => !task.late);
  return [
    `Hello ${name},\n`,
    weekly ? 'This is your weekly summary.\n' : 'This is your daily summary.\n',
    ...part('Late', late),
    ...part('Waiting for you', waiting),
    ...(unread > 0
      ? [`${unread === 1 ? '1 notification is' : `${unread} notifications are`} unread.\n`]
      : []),
    `${link}\n`,
  ].join('\n');
}

function part(title: string, tasks: readonly DigestTask[]): string[] {
  if (tasks.length === 0) return [];
  const lines = tasks.map(({ reference, isDecision, dueOn }) => {
    const what = isDecision ? 'a decision' : 'a task';
    return `- ${reference}, ${what}${dueOn === null ? '' : `, due ${dateInWords(dueOn)}`}`;
  });
  return [`${title} (${tasks.length}):`, ...lines, ''];
}
