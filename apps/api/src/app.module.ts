import { Module, type DynamicModule } from '@nestjs/common';
import { AbsencesModule } from './absences/index.ts';
import { AiSystemsModule } from './ai-systems/index.ts';
import { DecisionsModule } from './decisions/index.ts';
import { DemoModule } from './demo/index.ts';
import { EngagementsModule } from './engagements/index.ts';
import { EvidenceModule } from './evidence/index.ts';
import { ExceptionsModule } from './exceptions/index.ts';
import { ExportsModule } from './exports/index.ts';
import { GuestTasksModule } from './guest-tasks/index.ts';
import { ImportsModule } from './imports/index.ts';
import { MembersModule } from './members/index.ts';
import { MonitorsModule } from './monitors/index.ts';
import { NotificationsModule } from './notifications/index.ts';
import { OrganisationsModule } from './organisations/index.ts';
import type { Configuration } from './platform/config/configuration.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { PortfolioModule } from './portfolio/index.ts';
import { RecordModule } from './record/index.ts';
import { RequirementsModule } from './requirements/index.ts';
import { MovingRunsModule } from './moving-runs/index.ts';
import { RunsModule } from './runs/index.ts';
import { SessionsModule } from './sessions/index.ts';
import { TasksModule } from './tasks/index.ts';
import { TokensModule } from './tokens/index.ts';
import { TryingWorkflowsModule } from './trying-workflows/index.ts';
import { WebhooksModule } from './webhooks/index.ts';
import { WorkflowsModule } from './workflows/index.ts';
import { WorkingCalendarModule } from './working-calendar/index.ts';

/** The list of capabilities, nothing else. */
@Module({
  imports: [
    AbsencesModule,
    AiSystemsModule,
    DecisionsModule,
    DemoModule,
    EngagementsModule,
    EvidenceModule,
    ExceptionsModule,
    ExportsModule,
    GuestTasksModule,
    ImportsModule,
    MembersModule,
    MonitorsModule,
    NotificationsModule,
    OrganisationsModule,
    PortfolioModule,
    RecordModule,
    RequirementsModule,
    MovingRunsModule,
    RunsModule,
    SessionsModule,
    TasksModule,
    TokensModule,
    TryingWorkflowsModule,
    WebhooksModule,
    WorkflowsModule,
    WorkingCalendarModule,
  ],
})
export class AppModule {
  static for(configuration: Configuration): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.for(configuration)] };
  }
}
