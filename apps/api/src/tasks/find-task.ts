import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import type { ActsFor } from '../runs/index.ts';
import { standingOf, visibleTo } from './task-access.ts';

/** A task as commands need it. */
export interface TaskInHand {
  readonly id: string;
  readonly run_id: string;
  readonly ai_system_id: string;
  readonly key: string;
  readonly step: string;
  readonly role: string;
  /** Everybody with one of these may act for it. */
  readonly roles: readonly string[];
  readonly type: 'form' | 'task' | 'approval';
  readonly reference: string;
  readonly title: string;
  /** The workflow version that its run is pinned to. */
  readonly version_id: string;
  readonly hash: string;
  readonly now: Date;
  /** The absent person for whom the reader does it, and their roles; null for one's own work. */
  readonly behalf: string | null;
  readonly behalf_roles: readonly string[];
}

/** A task that the reader may see; NotFound for every other, also for one that exists elsewhere. */
export function findTask(tx: Tx, ctx: RequestContext, id: string): Promise<TaskInHand> {
  return tx.one<TaskInHand>(sql`
    select t.id, t.run_id, t.ai_system_id, t.key, t.step, t.role, t.roles, t.type, t.reference,
           t.title, v.id as version_id, v.hash, now() as now, b.person_id as behalf,
           coalesce(b.roles, '{}') as behalf_roles
    from app.task t
    join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
    join app.workflow_version v
      on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
    left join lateral (${standingOf(ctx)}) b on true
    where t.organisation_id = ${ctx.organisationId} and t.id = ${id} and ${visibleTo(ctx)}`);
}

/** Who acts on a task: the reader, and the absent person for whom they do. */
export const actingOn = (
  ctx: RequestContext,
  { behalf, behalf_roles }: Pick<TaskInHand, 'behalf' | 'behalf_roles'>,
): RequestContext & ActsFor =>
  behalf === null ? ctx : { ...ctx, onBehalfOf: { personId: behalf, roles: behalf_roles } };

/** Keeps for whom a substitute finished a task, so that it is among what that person has done. */
export async function finishedFor(tx: Tx, ctx: RequestContext, task: TaskInHand): Promise<void> {
  if (task.behalf === null) return;
  await tx.execute(sql`
    update app.task set closed_for = ${task.behalf}
    where organisation_id = ${ctx.organisationId} and id = ${task.id} and status = 'done'`);
}
