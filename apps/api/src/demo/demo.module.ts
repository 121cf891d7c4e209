import { Module } from '@nestjs/common';
import { EngagementsModule } from '../engagements/index.ts';
import { EvidenceModule } from '../evidence/index.ts';
import { MembersModule } from '../members/index.ts';
import { MonitorsModule } from '../monitors/index.ts';
import { OrganisationsModule } from '../organisations/index.ts';
import { RunsModule } from '../runs/index.ts';
import { SessionsModule } from '../sessions/index.ts';
import { TasksModule } from '../tasks/index.ts';
import { DemoOrganisations } from './demo-organisations.ts';
import { DemoPeople } from './demo-people.ts';
import { Demo } from './demo.ts';
import { Desk } from './desk.ts';
import { Hiring } from './hiring.ts';
import { Measuring } from './measuring.ts';
import { Storyteller } from './storyteller.ts';

/** The demo firm and its clients, for a first look at the product. */
@Module({
  imports: [
    ...[EngagementsModule, EvidenceModule, MembersModule, MonitorsModule],
    ...[OrganisationsModule, RunsModule, SessionsModule, TasksModule],
  ],
  providers: [...[Demo, DemoOrganisations, Hiring], ...[DemoPeople, Desk, Measuring, Storyteller]],
  exports: [Demo, Storyteller],
})
export class DemoModule {}
