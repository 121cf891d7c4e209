import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { RunsModule } from '../runs/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { MoveEnd } from './move-end.ts';
import { MoveWork } from './move-work.ts';
import { MovingRunsController } from './moving-runs.controller.ts';
import { MovingRuns } from './moving-runs.ts';

/** Moves runs under way from one version of their workflow to another. */
@Module({
  imports: [MembersModule, NotificationsModule, RunsModule, WorkflowsModule],
  controllers: [MovingRunsController],
  providers: [MovingRuns, MoveWork, MoveEnd],
})
export class MovingRunsModule {}
