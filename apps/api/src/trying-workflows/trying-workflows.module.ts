import { Module } from '@nestjs/common';
import { NotificationsModule } from '../notifications/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { Cases } from './cases.ts';
import { SimulationWork } from './simulation-work.ts';
import { Simulations } from './simulations.ts';
import { TryingWorkflowsController } from './trying-workflows.controller.ts';

/** Tries workflows out, with cases and by forecasts. */
@Module({
  imports: [NotificationsModule, WorkflowsModule],
  controllers: [TryingWorkflowsController],
  providers: [Cases, Simulations, SimulationWork],
})
export class TryingWorkflowsModule {}
