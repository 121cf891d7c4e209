import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { Notifications } from '../notifications/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { Lifecycle } from './lifecycle.ts';
import { settingsOf } from './organisation-settings.ts';
import { Runs } from './runs.ts';

/** The workflow that asks for what an entry lacks, and who is asked when it has no owner. */
const WORKFLOW = 'WF-REGISTER';
const MANAGER = 'client.aims_manager';

/** Entries looked at in one transaction: short enough that nobody waits long for their locks. */
const BATCH = 25;

/**
 * Keeps one task open for each AI system whose entry is incomplete and that nothing else is asking
 * about, and none for a complete one. See docs/adr/0006.
 */
@Injectable()
export class EntryTasks {
  constructor(
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(Notifications) private readonly notifications: Notifications,
  ) {}

  /** Looks at one system: asks for what is missing, or stops asking. */
  async attend(
    tx: Tx,
    ctx: Acting,
    { aiSystemId, cause, quiet }: { aiSystemId: string; cause: string; quiet: boolean },
  ): Promise<void> {
    const running = await tx.query<{ id: string; workflow_key: string }>(sql`
      select id, workflow_key from app.run
      where organisation_id = ${ctx.organisationId} and ai_system_id = ${aiSystemId}
        and status = 'running'`);
    const { missing } = await tx.one<{ missing: string[] }>(sql`
      select missing from app.ai_system
      where organisation_id = ${ctx.organisationId} and id = ${aiSystemId}`);
    if (missing.length === 0) {
      const asking = running.filter(({ workflow_key }) => workflow_key === WORKFLOW);
      const reason = 'The entry is complete by now.';
      for (const { id } of asking) await this.runs.command(tx, ctx, id, { type: 'cancel', reason });
      return;
    }
    if (running.length > 0) return;
    const moment = { ...(await settingsOf(tx, ctx)), aiSystemId, cause };
    for (const start of await this.lifecycle.on(tx, ctx, moment, { kind: 'incomplete' })) {
      await this.runs.start(tx, ctx, { ...start, quiet });
    }
  }

  /**
   * Looks at the next systems that an import made or changed, after this number; answers the last
   * number, or null when there are no more. Done twice, it starts nothing twice.
   */
  async attendNext(tx: Tx, ctx: Acting, importId: string, after: number): Promise<number | null> {
    const rows = await tx.query<{ id: string; number: number }>(sql`
      select id, number from app.ai_system
      where organisation_id = ${ctx.organisationId} and import_id = ${importId}
        and number > ${after}
      order by number limit ${BATCH}`);
    for (const { id } of rows) {
      const cause = `${causeOf(importId)}:${id}`;
      await this.attend(tx, ctx, { aiSystemId: id, cause, quiet: true });
    }
    return rows.at(-1)?.number ?? null;
  }

  /** Tells, once for an import, each owner of their own incomplete entries and each AIMS manager of all. */
  async tell(tx: Tx, ctx: Acting, importId: string): Promise<void> {
    const open = await tx.query<{ assignee: string | null; count: number }>(sql`
      select t.assignee, count(*)::int as count
      from app.run r join app.task t on t.organisation_id = r.organisation_id and t.run_id = r.id
      where r.organisation_id = ${ctx.organisationId} and t.status = 'open'
        and r.cause like ${`${causeOf(importId)}:%`}
      group by t.assignee`);
    const total = open.reduce((sum, { count }) => sum + count, 0);
    if (total === 0) return;
    const counts = new Map<string, number>();
    for (const { assignee, count } of open) {
      if (assignee !== null && (await this.members.find(tx, assignee))) counts.set(assignee, count);
    }
    for (const { id } of await this.members.withRole(tx, MANAGER)) counts.set(id, total);
    const { slug } = await tx.one<{ slug: string }>(
      sql`select slug from app.organisation where id = ${ctx.organisationId}`,
    );
    for (const [personId, count] of counts) {
      await this.notifications.notify(tx, {
        organisationId: ctx.organisationId,
        personId,
        kind: 'your-turn',
        ...wordsFor(count),
        path: `/c/${slug}/tasks`,
        key: causeOf(importId),
      });
    }
  }
}

const causeOf = (importId: string) => `incomplete:${importId}`;

function wordsFor(count: number): { subject: string; text: string } {
  const [entries, lack] = count === 1 ? ['1 entry', 'lacks'] : [`${count} entries`, 'lack'];
  return {
    subject: `${entries} on the register to complete`,
    text: `${entries} that came by import ${lack} required answers. Each has a task of its own; there is no deadline.`,
  };
}
