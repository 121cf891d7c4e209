import { Inject, Injectable } from '@nestjs/common';
import type { BulkAction } from '@plumbline/contracts';
import { abilityFor } from '@plumbline/policies';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Problem } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { endOfDay } from './end-of-day.ts';
import { RunOperations } from './run-operations.ts';
import { Runs, type RunCommand } from './runs.ts';

/** A bulk operation that is being carried out. */
export interface Work {
  readonly action: BulkAction;
  readonly reason: string;
  readonly asked_by: string;
  readonly slug: string;
  readonly name: string;
}

/** One of those chosen. */
export interface Item {
  readonly n: number;
  readonly run_id: string;
  readonly task_id: string | null;
}

/** What a bulk operation does to each, as the person who asked for it. */
@Injectable()
export class BulkActs {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(RunOperations) private readonly operations: RunOperations,
  ) {}

  /** The person who asked, with the rights of this moment; null when they may not any more. */
  async contextOf(
    tx: Tx,
    organisationId: string,
    bulkId: string,
    work: Work,
  ): Promise<RequestContext | null> {
    const person = await this.members.find(tx, work.asked_by);
    const ability = person && abilityFor(person);
    if (!person || !ability?.can('update', 'Run')) return null;
    return {
      ...{ organisationId, organisationSlug: work.slug, organisationName: work.name },
      ...{ personId: person.id, personName: person.name, roles: person.roles, ability },
      ...{ relation: person.relation, firmId: person.firmId, steppedUpAt: null, sessionId: null },
      requestId: `bulk-${bulkId}`,
    };
  }

  /** Does it to one, in the transaction that notes it. Throws what refuses it. */
  async act(tx: Tx, ctx: RequestContext, work: Work, item: Item): Promise<void> {
    const { action, reason } = work;
    switch (action.kind) {
      case 'remind':
        if (item.task_id !== null) await this.operations.remindOf(tx, ctx, item.task_id);
        return;
      case 'assign':
      case 'due':
        await this.onTask(tx, ctx, item, action, reason);
        return;
      default:
        await this.runs.command(tx, ctx, item.run_id, { type: action.kind, reason });
    }
  }

  private async onTask(
    tx: Tx,
    ctx: RequestContext,
    item: Item,
    action: BulkAction & { kind: 'assign' | 'due' },
    reason: string,
  ): Promise<void> {
    const task = await tx.one<{ key: string; type: string; role: string; roles: string[] }>(sql`
      select key, type, role, roles from app.task
      where organisation_id = ${ctx.organisationId} and id = ${item.task_id}`);
    if (action.kind === 'assign' && action.assignee !== null) {
      const person = await this.members.find(tx, action.assignee);
      const prepares = person?.relation === 'adviser' && task.type !== 'approval';
      if (!prepares && !person?.roles.some((role) => task.roles.includes(role))) {
        throw new Problem(422, 'not-a-candidate', 'This person does not have the role for it.');
      }
    }
    const command: RunCommand =
      action.kind === 'assign'
        ? { type: 'assign', task: task.key, assignee: action.assignee }
        : {
            ...{ type: 'move-deadline', task: task.key, reason },
            dueAt: await endOfDay(tx, ctx, action.dueOn),
          };
    await this.runs.command(tx, ctx, item.run_id, command, task.role);
  }
}
