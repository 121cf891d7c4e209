import { Inject, Injectable } from '@nestjs/common';
import type { ApprovalCondition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Refused } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Runs, type Done } from '../runs/index.ts';

/** The workflow of one condition with an owner and a date. */
const CONDITION = 'WF-CONDITION';

/** Conditions of an approval: each becomes work for its owner once the approval counts. */
@Injectable()
export class Conditions {
  constructor(
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
  ) {}

  /** Refuses conditions whose owner is not of this organisation. */
  async requireOwners(tx: Tx, conditions: readonly ApprovalCondition[]): Promise<void> {
    const problems: { field: string; message: string }[] = [];
    for (const [at, { owner }] of conditions.entries()) {
      if (await this.members.find(tx, owner)) continue;
      problems.push({
        field: `conditions.${at}.owner`,
        message: 'Choose someone of this organisation.',
      });
    }
    if (problems.length > 0) {
      throw new Refused('invalid-answers', 'A condition has no owner here. Choose one.', {
        problems,
      });
    }
  }

  /** Starts one run for each condition that any approver set, when the decision is settled so. */
  async follow(tx: Tx, ctx: RequestContext, taskId: string, { run, events }: Done): Promise<void> {
    const event = events.find((each) => each.type === 'decision-recorded');
    const step = run.definition.steps.find(({ id }) => id === event?.step);
    const outcomes = step?.type === 'approval' ? step.outcomes : [];
    const result = outcomes.find(({ key }) => key === event?.result);
    if (result?.effect !== 'approve-with-conditions') return;
    const decisions = await tx.query<{
      id: string;
      reference: string;
      conditions: readonly ApprovalCondition[];
    }>(sql`
      select id, reference, conditions from app.decision
      where organisation_id = ${ctx.organisationId} and task_id = ${taskId} order by at, id`);
    const product = { organisationId: ctx.organisationId, personId: null };
    for (const { id, reference, conditions } of decisions) {
      for (const [at, { text, owner, due }] of conditions.entries()) {
        await this.runs.start(tx, product, {
          workflow: CONDITION,
          aiSystemId: run.aiSystem.id,
          cause: `condition:${id}:${at}`,
          facts: {
            decision: reference,
            ...{ condition: text, conditionOwner: owner, conditionDue: due },
          },
          alongside: true,
        });
      }
    }
  }
}
