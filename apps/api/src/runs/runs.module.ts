import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { MembersModule } from '../members/index.ts';
import { Lifecycle } from './lifecycle.ts';
import { Proposals } from './proposals.ts';
import { RunPages } from './run-pages.ts';
import { RunStore } from './run-store.ts';
import { RunsController } from './runs.controller.ts';
import { Runs } from './runs.ts';

/** Workflow runs: started, moved, shown. */
@Module({
  imports: [AiSystemsModule, MembersModule, WorkflowsModule],
  controllers: [RunsController],
  providers: [Runs, RunStore, Lifecycle, Proposals, RunPages],
  exports: [Runs],
})
export class RunsModule {}
