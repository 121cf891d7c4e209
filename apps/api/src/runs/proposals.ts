import { Inject, Injectable } from '@nestjs/common';
import type { Proposal, ProposeAiSystem } from '@plumbline/contracts';
import { AiSystems } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Runs } from './runs.ts';

/** Where every AI system begins: in the register and in its intake, in one transaction. */
@Injectable()
export class Proposals {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  /** Enters the AI system as proposed and opens "Describe the use" for the person who proposes. */
  propose(ctx: RequestContext, { name, kind }: ProposeAiSystem): Promise<Proposal> {
    return this.database.transaction(ctx, async (tx) => {
      const system = await this.aiSystems.create(tx, ctx, { name, fields: { kind } });
      const started = await this.runs.start(tx, ctx, {
        workflow: 'WF-INTAKE',
        aiSystemId: system.id,
        cause: `proposal:${system.id}`,
      });
      const [task] = started?.opened ?? [];
      if (!started || !task) throw new Error('The intake opened no task for the proposer.');
      return { aiSystemId: system.id, runId: started.run.id, taskId: task.id };
    });
  }
}
