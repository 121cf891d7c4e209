import { Inject, Injectable } from '@nestjs/common';
import type { Receipt } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { dateInWords, roleInWords, type Done } from '../runs/index.ts';
import { Drafts } from './drafts.ts';
import type { TaskInHand } from './find-task.ts';
import { waitsFor } from './task-access.ts';
import { Watchers, type TaskNews } from './watchers.ts';

interface NextRow {
  id: string;
  run_id: string;
  title: string;
  type: string;
  role: string;
  assignee_name: string | null;
  due_at: Date | null;
  mine: boolean;
  time_zone: string;
  workflow: string;
}

/** What a decision adds to the receipt of its task. */
export interface DecisionMark {
  readonly id: string;
  readonly capsuleHash: string;
  readonly recordEventId: string;
}

/** What somebody gets for finished work: that it is kept, and what happens next. */
@Injectable()
export class Receipts {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Watchers) private readonly watchers: Watchers,
  ) {}

  /** Gives the receipt of a task that this transaction finished; forgets its draft, tells watchers. */
  async give(
    tx: Tx,
    ctx: RequestContext,
    task: TaskInHand,
    done: Done,
    decision: DecisionMark | null = null,
  ): Promise<Receipt> {
    await this.drafts.forget(tx, ctx, task.id);
    await this.watchers.tell(tx, ctx, newsOf(ctx, task, done));
    const open = await tx.query<NextRow>(sql`
      select t.id, t.run_id, t.title, t.type, t.role, p.name as assignee_name, t.due_at,
             ${waitsFor(ctx)} as mine, o.time_zone, v.name as workflow
      from app.task t
      join app.organisation o on o.id = t.organisation_id
      join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      left join app.person p on p.id = t.assignee
      where t.organisation_id = ${ctx.organisationId} and t.ai_system_id = ${task.ai_system_id}
        and t.status = 'open'
      order by t.run_id = ${task.run_id} desc, t.due_key, t.id`);
    const { status } = done.run.state;
    return {
      taskId: task.id,
      reference: task.reference,
      at: task.now.toISOString(),
      recordEventId: decision?.recordEventId ?? done.recordEventId,
      decisionId: decision?.id ?? null,
      capsuleHash: decision?.capsuleHash ?? null,
      next: nextInWords(status, open, task.run_id),
      runStatus: status,
      aiSystemId: task.ai_system_id,
      nextTaskId: open.find(({ mine }) => mine)?.id ?? null,
    };
  }
}

/** What those who watch are told of a command on a task. */
function newsOf({ personName }: RequestContext, task: TaskInHand, { events, run }: Done): TaskNews {
  const { reference } = task;
  const key = `${task.id}:${run.state.seq}`;
  if (events.some(({ type }) => type === 'decision-recorded')) {
    const text = `${personName} decided on a task that you watch.`;
    return { task, key, subject: `A decision was recorded (${reference})`, text };
  }
  if (events.some(({ type }) => type === 'sent-back')) {
    const text = `${personName} sent the work of a task that you watch back to an earlier step.`;
    return { task, key, subject: `A task was sent back (${reference})`, text };
  }
  const text = `${personName} finished a task that you watch.`;
  return { task, key, subject: `A task was done (${reference})`, text };
}

/** What happens now, in one or two sentences. */
function nextInWords(
  status: Receipt['runStatus'],
  open: readonly NextRow[],
  runId: string,
): string {
  const here = open.filter((row) => row.run_id === runId);
  if (status === 'running') {
    return here[0] ? waitingFor(here[0]) : (open[0] && waitingFor(open[0])) || 'The work goes on.';
  }
  if (status === 'cancelled') return 'This run was cancelled. Nothing more is asked.';
  return open[0]
    ? `This part is finished. ${open[0].workflow}: ${waitingFor(open[0])}`
    : 'This part is finished. Nothing more is asked for now.';
}

function waitingFor({ title, type, role, assignee_name, due_at, time_zone }: NextRow): string {
  const who = assignee_name ?? `Someone with the role “${roleInWords(role)}”`;
  const due = due_at ? `, due ${dateInWords(due_at.toISOString(), time_zone)}` : '';
  return type === 'approval'
    ? `${who} is asked: “${title.replace(/^Decide: /, '')}”${due}.`
    : `${who} is asked to do “${title}”${due}.`;
}
