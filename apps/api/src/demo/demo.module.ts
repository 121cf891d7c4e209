import { Module } from '@nestjs/common';
import { EvidenceModule } from '../evidence/index.ts';
import { MonitorsModule } from '../monitors/index.ts';
import { RunsModule } from '../runs/index.ts';
import { TasksModule } from '../tasks/index.ts';
import { DemoPeople } from './demo-people.ts';
import { Desk } from './desk.ts';
import { Measuring } from './measuring.ts';
import { Storyteller } from './storyteller.ts';

/** The demo firm and its clients, for a first look at the product. */
@Module({
  imports: [EvidenceModule, MonitorsModule, RunsModule, TasksModule],
  providers: [DemoPeople, Desk, Measuring, Storyteller],
  exports: [Storyteller],
})
export class DemoModule {}
