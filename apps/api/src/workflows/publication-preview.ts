import { Inject, Injectable } from '@nestjs/common';
import type { DifferenceQuery, Publication, WorkflowDifference } from '@plumbline/contracts';
import { differenceOf, type WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { DefinitionSource } from './definition-source.ts';
import { Drafts } from './drafts.ts';
import { ownActs } from './own-acts.ts';
import { decidingRoles } from './roles-in.ts';
import { Workflows } from './workflows.ts';

/** What publishing a draft would mean, and what is different between two versions. */
@Injectable()
export class PublicationPreview {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DefinitionChecks) private readonly checks: DefinitionChecks,
    @Inject(DefinitionSource) private readonly source: DefinitionSource,
  ) {}

  /** For the page from which the draft is published. */
  of(ctx: RequestContext, key: string): Promise<Publication> {
    return this.database.transaction(ctx, async (tx) => {
      const draft = await this.drafts.find(tx, ctx, key);
      const { definition, problems } = await this.checks.check(tx, ctx, draft.definition);
      const now = await this.workflows.find(tx, ctx, key);
      return {
        ...{ key, revision: draft.revision, version: await this.nextVersion(tx, ctx, key) },
        published: now?.version ?? null,
        difference: now && definition ? toDifference(now.definition, definition) : null,
        problems,
        ...mayPublish(ctx),
        decides: definition ? decisions(definition) : [],
        acts: definition ? ownActs(definition) : [],
        running: await this.running(tx, ctx, key),
      };
    });
  }

  /** What is different between two versions, or a version and the draft. */
  difference(
    ctx: RequestContext,
    key: string,
    { from, to }: DifferenceQuery,
  ): Promise<WorkflowDifference> {
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.source.of(tx, ctx, key, from);
      const after = await this.source.of(tx, ctx, key, to);
      return toDifference(before, after);
    });
  }

  private async nextVersion(tx: Tx, ctx: RequestContext, key: string): Promise<number> {
    const { next } = await tx.one<{ next: number }>(sql`
      select coalesce(max(version), 0) + 1 as next from app.workflow_version
      where organisation_id = ${ctx.organisationId} and key = ${key}`);
    return next;
  }

  private running(tx: Tx, ctx: RequestContext, key: string): Promise<Publication['running']> {
    return tx.query(sql`
      select v.version, count(*)::int as runs
      from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.organisation_id = ${ctx.organisationId} and r.workflow_key = ${key}
        and r.status = 'running'
      group by v.version order by v.version desc`);
  }
}

function mayPublish(ctx: RequestContext): Pick<Publication, 'mayPublish' | 'whyNot'> {
  if (ctx.ability.can('manage', 'Workflow')) return { mayPublish: true, whyNot: null };
  const whyNot =
    ctx.relation === 'adviser'
      ? 'Advisers prepare. The client’s AIMS manager or top management publishes.'
      : 'Your role does not include publishing. Ask whoever answers for the workflows here.';
  return { mayPublish: false, whyNot };
}

const decisions = ({ steps }: WorkflowDefinition): Publication['decides'] =>
  steps.flatMap((step) =>
    step.type === 'approval'
      ? [
          {
            ...{ step: step.id, name: step.name, question: step.question },
            roles: [...decidingRoles(step)],
          },
        ]
      : [],
  );

/** A difference as the contract says. */
export function toDifference(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
): WorkflowDifference {
  const { changes, steps, noticeable } = differenceOf(before, after);
  return { changes: [...changes], steps: { ...steps }, noticeable: [...noticeable] };
}
