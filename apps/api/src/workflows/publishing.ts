import { Inject, Injectable } from '@nestjs/common';
import type {
  PublishedAnswer,
  PublishWorkflow,
  RetireVersion,
  WorkflowProblem,
  WorkflowVersionSummary,
} from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Conflict, NotFound, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { callersOf } from './callers.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { Drafts } from './drafts.ts';
import { startedByLifecycle } from './lifecycle-fit.ts';
import { toVersionSummary, VERSION_ROW, type VersionRow } from './workflow-row.ts';
import { hashOf, Workflows } from './workflows.ts';

/**
 * Makes a draft the newest version of its workflow, and takes versions out of use. A version keeps
 * what it was published with: definition, layout, hash and note.
 */
@Injectable()
export class Publishing {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DefinitionChecks) private readonly checks: DefinitionChecks,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Publishes the draft as its caller read it; the draft is gone with it. */
  publish(ctx: RequestContext, key: string, input: PublishWorkflow): Promise<PublishedAnswer> {
    return this.database.transaction(ctx, (tx) => this.publishIn(tx, ctx, key, input));
  }

  /** The same inside a transaction that does more. */
  async publishIn(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    input: PublishWorkflow,
  ): Promise<PublishedAnswer> {
    const draft = await this.drafts.takeForPublishing(tx, ctx, key, input.revision);
    const { definition, problems } = await this.checks.check(tx, ctx, draft.definition);
    refuseErrors(problems);
    if (!definition) throw new Error('a definition without problems was read');
    refuseUnread(problems, input.acknowledged);
    const now = await this.workflows.find(tx, ctx, key);
    if (now?.hash === hashOf(definition)) {
      throw new Conflict(
        'nothing-to-publish',
        `The draft says the same as version ${now.version}, which is in use. Change it first.`,
      );
    }
    const beside = { layout: draft.layout, note: input.note };
    const { id } = await this.workflows.publish(tx, ctx, definition, beside);
    await this.drafts.discard(tx, ctx, draft);
    return { id, key, version: await this.summaryOf(tx, ctx, id) };
  }

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
      return this.summaryOf(tx, ctx, wanted.id);
    });
  }

  /** A version by its id, as the contract says. */
  async summaryOf(tx: Tx, ctx: RequestContext, id: string): Promise<WorkflowVersionSummary> {
    const row = await tx.one<VersionRow>(sql`
      select ${VERSION_ROW} where v.organisation_id = ${ctx.organisationId} and v.id = ${id}`);
    return toVersionSummary(row);
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

function refuseErrors(problems: readonly WorkflowProblem[]): void {
  const found = problems.filter(({ severity }) => severity === 'error');
  if (found.length === 0) return;
  throw new Refused(
    'definition-has-errors',
    `This cannot be published: ${found.length === 1 ? 'one problem has' : `${found.length} problems have`} to be mended first.`,
    { found },
  );
}

function refuseUnread(
  problems: readonly WorkflowProblem[],
  acknowledged: PublishWorkflow['acknowledged'],
): void {
  const isRead = ({ code, place }: WorkflowProblem) =>
    acknowledged.some((read) => read.code === code && read.place === place);
  const found = problems.filter((each) => each.severity === 'warning' && !isRead(each));
  if (found.length === 0) return;
  throw new Refused(
    'warnings-not-acknowledged',
    'There are warnings that you have not confirmed. Read them, and name each in “acknowledged”.',
    { found },
  );
}
