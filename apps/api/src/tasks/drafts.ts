import { Inject, Injectable } from '@nestjs/common';
import type { SaveDraft } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Conflict, NotFound, StaleVersion } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { visibleTo } from './task-access.ts';

export interface Draft {
  readonly answers: Record<string, unknown>;
  readonly version: number;
  readonly saved_at: Date;
}

/** Unfinished answers. Each person sees their own and nobody else's; the database holds to that. */
@Injectable()
export class Drafts {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** Keeps the reader's draft. `version` is the one they had: 0 for the first, else the last saved. */
  save(ctx: RequestContext, taskId: string, { answers, version }: SaveDraft) {
    return this.database.transaction(ctx, async (tx) => {
      const task = await tx.maybe<{ status: string }>(sql`
        select t.status from app.task t
        where t.organisation_id = ${ctx.organisationId} and t.id = ${taskId} and ${visibleTo(ctx)}`);
      if (!task) throw new NotFound();
      if (task.status !== 'open') {
        throw new Conflict(
          'unknown-task',
          'This task has been finished, so the draft was not saved. Load the page again.',
        );
      }
      const json = JSON.stringify(answers);
      const [saved] = await tx.query<{ saved_at: Date; version: number }>(
        version === 0
          ? sql`
              insert into app.task_draft (organisation_id, task_id, person_id, answers, version)
              values (${ctx.organisationId}, ${taskId}, ${ctx.personId}, ${json}::jsonb, 1)
              on conflict (organisation_id, task_id, person_id) do nothing
              returning saved_at, version`
          : sql`
              update app.task_draft set answers = ${json}::jsonb, version = version + 1, saved_at = now()
              where organisation_id = ${ctx.organisationId} and task_id = ${taskId}
                and person_id = ${ctx.personId} and version = ${version}
              returning saved_at, version`,
      );
      if (saved) return { savedAt: saved.saved_at.toISOString(), version: saved.version };
      const current = await this.find(tx, ctx, taskId);
      throw new StaleVersion(current?.version ?? 0);
    });
  }

  find(tx: Tx, ctx: RequestContext, taskId: string): Promise<Draft | null> {
    return tx.maybe<Draft>(sql`
      select answers, version, saved_at from app.task_draft
      where organisation_id = ${ctx.organisationId} and task_id = ${taskId}
        and person_id = ${ctx.personId}`);
  }

  /** Forgets the draft of the person who has finished the task. */
  async forget(tx: Tx, ctx: RequestContext, taskId: string): Promise<void> {
    await tx.execute(sql`
      delete from app.task_draft
      where organisation_id = ${ctx.organisationId} and task_id = ${taskId}
        and person_id = ${ctx.personId}`);
  }
}
