import { Inject, Injectable } from '@nestjs/common';
import type { DelegateTask, Task } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Invalid, NotFound } from '../platform/problems.ts';
import { systemScope, type RequestContext } from '../platform/request-context.ts';
import { Runs } from '../runs/index.ts';
import { actingOn, findTask } from './find-task.ts';
import { TaskPage } from './task-page.ts';

/** Topic of the message that brings a task back when its delegation ends. */
export const DELEGATION_ENDS = 'delegation-ends';

interface Live {
  id: string;
  task_id: string;
  run_id: string;
  key: string;
  from_person: string;
  has_it: boolean;
}

/** A task given to somebody for a time, with the reason; it comes back, or is taken back. */
@Injectable()
export class Delegations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(TaskPage) private readonly page: TaskPage,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Gives the reader's task on. The engine judges both sides, now and when the other acts. */
  delegate(ctx: RequestContext, id: string, { to, reason, until }: DelegateTask): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      const task = await findTask(tx, ctx, id);
      const person = await this.members.find(tx, to);
      if (person?.relation !== 'member') {
        throw new Invalid('This person cannot take it.', [
          { field: 'to', message: 'Choose somebody of this organisation.' },
        ]);
      }
      const seconds = until === null ? null : await this.secondsUntilAfter(tx, ctx, until);
      const toRoles = person.roles;
      const command = { type: 'delegate', task: task.key, to, toRoles, reason } as const;
      await this.runs.command(tx, actingOn(ctx, task), task.run_id, command, task.role);
      await this.over(tx, ctx, task.id);
      const delegation = newId();
      await tx.execute(sql`
        insert into app.task_delegation
          (organisation_id, id, task_id, from_person, to_person, reason, until_on)
        values (${ctx.organisationId}, ${delegation}, ${task.id}, ${ctx.personId}, ${to},
                ${reason}, ${until}::date)`);
      if (seconds !== null) {
        await this.outbox.add(tx, {
          organisationId: ctx.organisationId,
          topic: DELEGATION_ENDS,
          key: delegation,
          payload: { delegationId: delegation },
          delay: seconds,
        });
      }
      return this.page.read(tx, ctx, id);
    });
  }

  /** Takes back what the reader gave on, as long as it is open. */
  takeBack(ctx: RequestContext, id: string): Promise<Task> {
    return this.database.transaction(ctx, async (tx) => {
      const live = await tx.maybe<Live>(sql`
        select ${LIVE} where d.organisation_id = ${ctx.organisationId} and d.task_id = ${id}
          and d.from_person = ${ctx.personId} and d.over_at is null for update of d`);
      if (!live) throw new NotFound();
      await this.bringBack(tx, ctx, live);
      return this.page.read(tx, ctx, id);
    });
  }

  /** Brings a task back when its time is over; does nothing when that has happened already. */
  end(organisationId: string, delegationId: string): Promise<void> {
    const scope = systemScope(organisationId);
    const product = { organisationId, personId: null };
    return this.database.transaction(scope, async (tx) => {
      const live = await tx.maybe<Live>(sql`
        select ${LIVE} where d.organisation_id = ${organisationId} and d.id = ${delegationId}
          and d.over_at is null for update of d`);
      if (live) await this.bringBack(tx, product, live);
    });
  }

  /** A hand-over of another kind ends what was agreed before. */
  async over(
    tx: Tx,
    { organisationId }: { readonly organisationId: string },
    taskId: string,
  ): Promise<void> {
    await tx.execute(sql`
      update app.task_delegation set over_at = now()
      where organisation_id = ${organisationId} and task_id = ${taskId} and over_at is null`);
  }

  private async bringBack(
    tx: Tx,
    ctx: RequestContext | { organisationId: string; personId: null },
    live: Live,
  ): Promise<void> {
    await this.over(tx, ctx, live.task_id);
    // Given on or taken by others meanwhile: it is no longer this hand-over that counts.
    if (!live.has_it) return;
    const here = await this.members.find(tx, live.from_person);
    const assignee = here === null ? null : live.from_person;
    await this.runs.command(tx, ctx, live.run_id, { type: 'assign', task: live.key, assignee });
  }

  private async secondsUntilAfter(tx: Tx, ctx: RequestContext, day: string): Promise<number> {
    const { seconds } = await tx.one<{ seconds: number }>(sql`
      select extract(epoch from
        ((${day}::date + 1)::timestamp at time zone time_zone) - now())::float8 as seconds
      from app.organisation where id = ${ctx.organisationId}`);
    if (seconds > 0) return seconds;
    throw new Invalid('This day cannot be used.', [
      { field: 'until', message: 'Choose a day from today on.' },
    ]);
  }
}

const LIVE = sql`
  d.id, d.task_id, t.run_id, t.key, d.from_person,
  t.status = 'open' and coalesce(t.assignee = d.to_person, false) as has_it
  from app.task_delegation d
  join app.task t on t.organisation_id = d.organisation_id and t.id = d.task_id`;
