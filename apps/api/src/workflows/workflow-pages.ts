import { Inject, Injectable } from '@nestjs/common';
import type { Page, Workflow, WorkflowDetail, WorkflowVersion } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { NotFound } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import {
  DRAFT_SUMMARY,
  toVersionSummary,
  toWorkflow,
  VERSION_ROW,
  type DraftSummaryRow,
  type VersionRow,
} from './workflow-row.ts';
import { Adoptions } from './adoption.ts';
import { Workflows } from './workflows.ts';

/** The workflows of an organisation and their versions, as people look at them. */
@Injectable()
export class WorkflowPages {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Adoptions) private readonly adoptions: Adoptions,
  ) {}

  /** Every workflow, published or drafted, by name; the standard library included. */
  list(ctx: RequestContext): Promise<Page<Workflow>> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const versions = await this.versionsOf(tx, ctx, null);
      const drafts = await this.draftsOf(tx, ctx, null);
      const clients = await this.adoptions.counts(tx, ctx);
      const keys = new Set([...versions, ...drafts].map(({ key }) => key));
      const items = [...keys].map((key) =>
        toWorkflow(
          versions.filter((row) => row.key === key),
          drafts.find((row) => row.key === key),
          clients && (clients.get(key) ?? 0),
        ),
      );
      items.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.key < b.key ? -1 : 1));
      return { items, nextCursor: null };
    });
  }

  /** One workflow with its versions, newest first; NotFound for a key that is not ours. */
  get(ctx: RequestContext, key: string): Promise<WorkflowDetail> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const versions = await this.versionsOf(tx, ctx, key);
      const [draft] = await this.draftsOf(tx, ctx, key);
      if (versions.length === 0 && !draft) throw new NotFound();
      const clients = await this.adoptions.counts(tx, ctx);
      const workflow = toWorkflow(versions, draft, clients && (clients.get(key) ?? 0));
      return { ...workflow, versions: versions.map(toVersionSummary) };
    });
  }

  /** One version with its definition and layout. */
  version(ctx: RequestContext, key: string, version: number): Promise<WorkflowVersion> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const [row] = await this.versionsOf(tx, ctx, key, version);
      if (!row) throw new NotFound();
      const { definition, layout } = await tx.one<Pick<WorkflowVersion, 'definition' | 'layout'>>(
        sql`select definition, layout from app.workflow_version
            where organisation_id = ${ctx.organisationId} and id = ${row.id}`,
      );
      const { name, purpose } = row;
      return { ...toVersionSummary(row), key, name, purpose, definition, layout };
    });
  }

  private versionsOf(
    tx: Tx,
    { organisationId }: RequestContext,
    key: string | null,
    version: number | null = null,
  ): Promise<VersionRow[]> {
    return tx.query<VersionRow>(sql`
      select ${VERSION_ROW}
      where v.organisation_id = ${organisationId}
        and (${key}::text is null or v.key = ${key}::text)
        and (${version}::int is null or v.version = ${version}::int)
      order by v.key, v.version desc`);
  }

  private draftsOf(
    tx: Tx,
    { organisationId }: RequestContext,
    key: string | null,
  ): Promise<DraftSummaryRow[]> {
    return tx.query<DraftSummaryRow>(sql`
      select ${DRAFT_SUMMARY}
      where d.organisation_id = ${organisationId}
        and (${key}::text is null or d.key = ${key}::text)`);
  }
}
