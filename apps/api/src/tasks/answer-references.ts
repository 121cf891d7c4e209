import { Inject, Injectable } from '@nestjs/common';
import { idSchema } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { Evidence } from '../evidence/index.ts';
import { Members } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Workflows } from '../workflows/index.ts';
import type { TaskInHand } from './find-task.ts';
import { referencesIn, type Reference } from './references-in.ts';

/** People and evidence that answers name: checked, and tied to what they were named for. */
@Injectable()
export class AnswerReferences {
  constructor(
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Members) private readonly members: Members,
    @Inject(Evidence) private readonly evidence: Evidence,
  ) {}

  /** What the answers name. Refuses when a person or item is not of this organisation. */
  async known(
    tx: Tx,
    ctx: RequestContext,
    task: TaskInHand,
    answers: Readonly<Record<string, unknown>>,
  ): Promise<Reference[]> {
    const version = { id: task.version_id, hash: task.hash };
    const definition = await this.workflows.definitionOf(tx, ctx, version);
    const references = referencesIn(definition, answers);
    const problems = [];
    for (const { field, id, kind } of references) {
      if (await this.isKnown(tx, ctx, { id, kind })) continue;
      const message =
        kind === 'person' ? 'Choose someone of this organisation.' : 'Add this evidence again.';
      problems.push({ field, message });
    }
    if (problems.length > 0) {
      throw new Refused('invalid-answers', 'Some answers name what is not here. Choose again.', {
        problems,
      });
    }
    return references;
  }

  /** Ties the evidence that finished a task to it, its run and its AI system. */
  async tie(
    tx: Tx,
    ctx: RequestContext,
    task: TaskInHand,
    references: readonly Reference[],
  ): Promise<void> {
    const version = { id: task.version_id, hash: task.hash };
    const { steps } = await this.workflows.definitionOf(tx, ctx, version);
    await this.evidence.link(
      tx,
      ctx,
      references.filter(({ kind }) => kind === 'evidence').map(({ id }) => id),
      {
        aiSystemId: task.ai_system_id,
        runId: task.run_id,
        taskId: task.id,
        requirements: steps.find(({ id }) => id === task.step)?.requirements ?? [],
      },
    );
  }

  private async isKnown(
    tx: Tx,
    ctx: RequestContext,
    { id, kind }: Pick<Reference, 'id' | 'kind'>,
  ): Promise<boolean> {
    if (!idSchema.safeParse(id).success) return false;
    if (kind === 'person') return (await this.members.find(tx, id)) !== null;
    const found = await tx.maybe(sql`
      select 1 as found from app.evidence_item
      where organisation_id = ${ctx.organisationId} and id = ${id}`);
    return found !== null;
  }
}
