import { Inject, Injectable } from '@nestjs/common';
import { idSchema } from '@plumbline/contracts';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Evidence } from '../evidence/index.ts';
import { Members } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import type { TaskInHand } from './find-task.ts';
import { referencesIn, type Reference } from './references-in.ts';

interface Submitted {
  readonly definition: WorkflowDefinition;
  readonly answers: Readonly<Record<string, unknown>>;
}

/** People and evidence that answers name: checked, and tied to what they were named for. */
@Injectable()
export class AnswerReferences {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Evidence) private readonly evidence: Evidence,
  ) {}

  /**
   * Ties the evidence in the answers to the task and its AI system. Refuses, and so undoes the
   * submission, when a person or item is not of this organisation.
   */
  async keep(tx: Tx, ctx: RequestContext, task: TaskInHand, submitted: Submitted): Promise<void> {
    const references = referencesIn(submitted.definition, submitted.answers);
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
    const step = submitted.definition.steps.find(({ id }) => id === task.step);
    await this.evidence.link(
      tx,
      ctx,
      references.filter(({ kind }) => kind === 'evidence').map(({ id }) => id),
      {
        aiSystemId: task.ai_system_id,
        runId: task.run_id,
        taskId: task.id,
        requirements: step?.requirements ?? [],
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
