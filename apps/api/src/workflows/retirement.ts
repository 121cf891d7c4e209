import { Inject, Injectable } from '@nestjs/common';
import type { RetireVersion, WorkflowVersionSummary } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Conflict, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { callersOf } from './callers.ts';
import { startedByLifecycle } from './lifecycle-fit.ts';
import { summaryOf } from './workflow-row.ts';
import { Workflows } from './workflows.ts';

/** Takes versions out of use for new runs. What others need always keeps one. */
@Injectable()
export class Retirement {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Takes a version out of use for new runs; those that are pinned to it go on. */
  retire(
    ctx: RequestContext,
    key: string,
    version: number,
    { reason }: RetireVersion,
  ): Promise<WorkflowVersionSummary> {
    return this.database.transaction(ctx, async (tx) => {
      // Two at once must not retire the last two versions of a workflow that has to be there.
      const versions = await tx.query<{ id: string; version: number; hash: string }>(sql`
        select id, version, hash from app.workflow_version
        where organisation_id = ${ctx.organisationId} and key = ${key}
        order by version`);
      const wanted = versions.find((row) => row.version === version);
      if (!wanted) throw new NotFound();
      await this.takeTurn(tx, ctx, key);
      const { left } = await tx.one<{ left: number }>(sql`
        select count(*)::int as left from app.workflow_version v
        where v.organisation_id = ${ctx.organisationId} and v.key = ${key}
          and v.id <> ${wanted.id} and not exists (
            select 1 from app.workflow_retirement x
            where x.organisation_id = v.organisation_id and x.version_id = v.id)`);
      if (left === 0) await this.refuseNeeded(tx, ctx, key);
      const retired = await tx.execute(sql`
        insert into app.workflow_retirement (organisation_id, version_id, reason, retired_by)
        values (${ctx.organisationId}, ${wanted.id}, ${reason}, ${ctx.personId})
        on conflict do nothing`);
      if (retired === 0) {
        throw new Conflict('already-retired', 'This version takes no new runs already.');
      }
      await recordEvent(tx, ctx, {
        action: 'workflow-version.retired',
        entity: 'workflow-version',
        entityId: wanted.id,
        payload: { key, version, hash: wanted.hash, reason },
      });
      this.announce(tx, ctx, key);
      return summaryOf(tx, ctx, wanted.id);
    });
  }

  /** One of a workflow's retirements after the other, as seen by the statements that follow. */
  private async takeTurn(tx: Tx, { organisationId }: RequestContext, key: string): Promise<void> {
    await tx.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`workflow:${organisationId}:${key}`}, 0))`,
    );
  }

  private async refuseNeeded(tx: Tx, ctx: RequestContext, key: string): Promise<void> {
    const callers = callersOf(key, await this.workflows.library(tx, ctx)).map(({ name }) => name);
    if (callers.length === 0 && !startedByLifecycle.has(key)) return;
    const why =
      callers.length > 0
        ? `${callers.map((name) => `“${name}”`).join(', ')} calls it`
        : 'the life of AI systems needs it';
    throw new Conflict(
      'workflow-in-use',
      `This is the last version that takes new runs, and ${why}. Publish another version first.`,
    );
  }

  private announce(tx: Tx, { organisationId }: RequestContext, key: string): void {
    this.stream.publish(tx, organisationId, { type: 'workflow-changed', id: key });
  }
}
