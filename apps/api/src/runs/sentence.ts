import { dateInWords, outcomeInWords, plain, roleInWords } from './plain-words.ts';

/** An open task as the sentence about its run needs it. */
export interface OpenTaskRow {
  readonly id: string;
  readonly run_id: string;
  readonly key: string;
  readonly step: string;
  readonly type: 'form' | 'task' | 'approval';
  readonly title: string;
  readonly role: string;
  readonly roles: readonly string[];
  readonly assignee: string | null;
  readonly assignee_name: string | null;
  readonly opened_at: Date;
  readonly due_at: Date | null;
  readonly held_at: Date | null;
}

interface RunInBrief {
  readonly status: 'running' | 'ended' | 'cancelled';
  readonly outcome: string | null;
  readonly endedOn: string | null;
  readonly suspendedOn: string | null;
  readonly trouble: string | null;
  readonly awaited_signal: string | null;
  readonly time_zone: string;
}

/** Where a run stands, in one sentence: who is waited for, for what, since when and until when. */
export function sentenceOf(run: RunInBrief, tasks: readonly OpenTaskRow[]): string {
  if (run.status === 'ended') {
    return `Ended on ${run.endedOn ?? 'an unknown day'}: ${outcomeInWords(run.outcome ?? '')}.`;
  }
  if (run.status === 'cancelled') return `Cancelled on ${run.endedOn ?? 'an unknown day'}.`;
  if (run.trouble !== null) return `It cannot go on by itself: ${run.trouble}`;
  if (run.suspendedOn !== null) return `Suspended since ${run.suspendedOn}: nothing happens in it.`;
  // What waits for people first; what is on hold waits for nobody.
  const asked = tasks.filter(({ held_at }) => held_at === null);
  const [first, ...others] = asked.length > 0 ? asked : tasks;
  if (!first) {
    return run.awaited_signal === null
      ? 'Waiting for a date or for another workflow to end.'
      : `Waiting for the signal “${plain(run.awaited_signal)}”.`;
  }
  if (first.held_at !== null) return `“${first.title}” is on hold.`;
  const who = first.assignee_name ?? `someone with the role “${roleInWords(first.role)}”`;
  const day = (at: Date) => dateInWords(at.toISOString(), run.time_zone);
  const what =
    first.type === 'approval'
      ? `to decide “${first.title.replace(/^Decide: /, '')}”`
      : `to do “${first.title}”`;
  const due = first.due_at ? `, due ${day(first.due_at)}` : '';
  const more =
    others.length > 0
      ? ` ${others.length} more ${others.length === 1 ? 'task is' : 'tasks are'} open.`
      : '';
  return `Waiting for ${who} ${what} since ${day(first.opened_at)}${due}.${more}`;
}
