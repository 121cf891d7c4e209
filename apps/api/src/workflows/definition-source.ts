import { Inject, Injectable } from '@nestjs/common';
import { parseDefinition, type WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Forbidden, NotFound, Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Drafts } from './drafts.ts';
import { Workflows } from './workflows.ts';

/** Definitions as addresses name them: the draft of a workflow, or a version by its number. */
@Injectable()
export class DefinitionSource {
  constructor(
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Drafts) private readonly drafts: Drafts,
  ) {}

  /** NotFound when there is none; a draft is read only for those who may write it. */
  async of(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    which: number | 'draft',
  ): Promise<WorkflowDefinition> {
    if (which !== 'draft') {
      return (await this.workflows.versionOf(tx, ctx, key, which)).definition;
    }
    if (ctx.ability.cannot('update', 'Workflow')) {
      throw new Forbidden('Drafts are for those who write workflows. Choose published versions.');
    }
    const { definition } = parseDefinition((await this.drafts.find(tx, ctx, key)).definition);
    if (definition) return definition;
    throw new Refused(
      'bad-definition',
      'The draft has not the shape of a definition. See its problems, and mend them first.',
    );
  }

  /** NotFound for a workflow that has neither a version nor a draft here. */
  async requireKnown(tx: Tx, ctx: RequestContext, key: string): Promise<void> {
    await this.workflows.installLibrary(tx, ctx);
    const known = await tx.maybe(sql`
      select 1 as known from app.workflow_version
      where organisation_id = ${ctx.organisationId} and key = ${key}
      union all
      select 1 from app.workflow_draft
      where organisation_id = ${ctx.organisationId} and key = ${key}
      limit 1`);
    if (!known) throw new NotFound();
  }
}
