import { Inject, Injectable } from '@nestjs/common';
import type { GuestLink, GuestLinks as GuestLinksAnswer, SendToGuest } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { hashSecret, linkSecret } from '../platform/one-time-link.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Conflict, NotFound, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Runs } from '../runs/index.ts';
import { actingOn, findTask, type TaskInHand } from './find-task.ts';
import { whyNotForGuests } from './guest-form.ts';
import { rightsOf } from './rights.ts';
import { taskColumns, type TaskColumns } from './task-row.ts';

/** Topic of the mail with a guest's link. */
export const GUEST_LINK_MAIL = 'guest-link-mail';

interface Row {
  id: string;
  name: string;
  email: string;
  invited_by: string;
  inviter: string;
  invited_at: Date;
  expires_at: Date;
  opened_at: Date | null;
  used_at: Date | null;
  guest_name: string | null;
  guest_email: string | null;
  revoked_at: Date | null;
  expired: boolean;
  task_open: boolean;
}

/** Forms that were sent to somebody outside, as members see them. */
@Injectable()
export class GuestLinks {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Configuration) private readonly configuration: Configuration,
  ) {}

  /** The links of a task, newest first, and whether the reader may send another. */
  list(ctx: RequestContext, taskId: string): Promise<GuestLinksAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      return this.read(tx, ctx, task);
    });
  }

  /**
   * Takes the task and sends its form to somebody outside. What they answer is handed in as the
   * reader's work. Recorded.
   */
  send(ctx: RequestContext, taskId: string, input: SendToGuest): Promise<GuestLinksAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      const whyNot = await this.whyNot(tx, ctx, task);
      if (whyNot !== null) throw new Refused('not-for-guests', whyNot);
      await this.runs.command(tx, ctx, task.run_id, { type: 'claim', task: task.key }, task.role);
      const id = newId();
      const added = await tx.execute(sql`
        insert into app.guest_link
          (organisation_id, id, task_id, token_hash, name, email, message, invited_by, expires_at)
        values (${ctx.organisationId}, ${id}, ${task.id}, ${hashSecret(this.secretOf(id))},
                ${input.name}, ${input.email}, ${input.message}, ${ctx.personId},
                now() + make_interval(days => ${input.days}))
        on conflict (organisation_id, task_id) where used_at is null and revoked_at is null
        do nothing`);
      if (added === 0) {
        throw new Conflict(
          'guest-link-open',
          'Somebody outside has a link to this form already. Take that one back first.',
        );
      }
      await recordEvent(tx, ctx, {
        action: 'guest-link.sent',
        entity: 'task',
        entityId: task.id,
        payload: { link: id, name: input.name, email: input.email, days: input.days },
      });
      await this.outbox.add(tx, {
        organisationId: ctx.organisationId,
        topic: GUEST_LINK_MAIL,
        key: id,
        payload: { guestLinkId: id },
      });
      return this.read(tx, ctx, task);
    });
  }

  /** Takes a link back: from now on it leads nowhere. Recorded. */
  revoke(ctx: RequestContext, taskId: string, linkId: string): Promise<GuestLinksAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, taskId);
      const revoked = await tx.execute(sql`
        update app.guest_link set revoked_at = now(), revoked_by = ${ctx.personId}
        where organisation_id = ${ctx.organisationId} and id = ${linkId} and task_id = ${task.id}
          and used_at is null and revoked_at is null
          and (invited_by = ${ctx.personId} or ${ctx.ability.can('update', 'Task')})`);
      if (revoked === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'guest-link.revoked',
        entity: 'task',
        entityId: task.id,
        payload: { link: linkId },
      });
      return this.read(tx, ctx, task);
    });
  }

  /** The secret of a link: made from the key, kept nowhere. */
  secretOf(id: string): string {
    return linkSecret(this.configuration.secrets.sessionPepper, 'guest-task', id);
  }

  private async read(tx: Tx, ctx: RequestContext, task: TaskInHand): Promise<GuestLinksAnswer> {
    const rows = await tx.query<Row>(sql`
      select g.id, g.name, g.email, g.invited_by, p.name as inviter, g.invited_at, g.expires_at,
             g.opened_at, g.used_at, g.guest_name, g.guest_email, g.revoked_at,
             g.expires_at <= now() as expired, t.status = 'open' as task_open
      from app.guest_link g
      join app.task t on t.organisation_id = g.organisation_id and t.id = g.task_id
      join app.person p on p.id = g.invited_by
      where g.organisation_id = ${ctx.organisationId} and g.task_id = ${task.id}
      order by g.id desc`);
    const whyNot = await this.whyNot(tx, ctx, task);
    const items = rows.map((row) => toLink(ctx, row));
    const maySend = whyNot === null && !items.some(({ state }) => state === 'open');
    return { items, maySend, whyNot };
  }

  /** Why the reader cannot send this task to somebody outside; null when they can. */
  private async whyNot(tx: Tx, ctx: RequestContext, task: TaskInHand): Promise<string | null> {
    if (ctx.relation !== 'member') {
      return 'Only members send a form to somebody outside, since the answers count as theirs.';
    }
    if (task.type === 'approval') return 'Decisions are made by members only.';
    if (task.behalf !== null) return 'This is not your own task. Whoever has it can send it.';
    const row = await tx.one<TaskColumns>(sql`
      select ${taskColumns(ctx)} where t.organisation_id = ${ctx.organisationId} and t.id = ${task.id}`);
    const run = await this.runs.look(tx, ctx, task.run_id);
    const step = run.definition.steps.find(({ id }) => id === task.step);
    if (step?.type !== 'form' && step?.type !== 'task') return 'There is no form to send.';
    const { can } = rightsOf(actingOn(ctx, row), run, row, step, null);
    if (!can.submit) return can.whyNot ?? 'This task is not open to you.';
    return whyNotForGuests(step.form);
  }
}

function toLink(ctx: RequestContext, row: Row): GuestLink {
  const state = stateOf(row);
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    invitedBy: { id: row.invited_by, name: row.inviter },
    invitedAt: row.invited_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    openedAt: row.opened_at?.toISOString() ?? null,
    usedAt: row.used_at?.toISOString() ?? null,
    guest: row.guest_name === null ? null : { name: row.guest_name, email: row.guest_email ?? '' },
    revokedAt: row.revoked_at?.toISOString() ?? null,
    state,
    mayRevoke:
      state !== 'used' &&
      state !== 'revoked' &&
      (row.invited_by === ctx.personId || ctx.ability.can('update', 'Task')),
  };
}

function stateOf({ used_at, revoked_at, expired, task_open }: Row): GuestLink['state'] {
  if (used_at) return 'used';
  if (revoked_at) return 'revoked';
  if (expired) return 'expired';
  return task_open ? 'open' : 'closed';
}
