import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { RunsModule } from '../runs/index.ts';
import { Breaches } from './breaches.ts';
import { Measurements } from './measurements.ts';
import { MonitorsController } from './monitors.controller.ts';
import { Monitors } from './monitors.ts';
import { PlannedMonitors } from './planned-monitors.ts';
import { WindowTasks } from './window-tasks.ts';

/** What is watched for AI systems, and what was measured. */
@Module({
  imports: [AiSystemsModule, MembersModule, NotificationsModule, RunsModule],
  controllers: [MonitorsController],
  providers: [Monitors, Measurements, Breaches, WindowTasks, PlannedMonitors],
  exports: [Measurements, Monitors],
})
export class MonitorsModule {}
