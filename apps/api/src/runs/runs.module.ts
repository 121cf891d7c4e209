import { Module } from '@nestjs/common';
import { AiSystemsModule } from '../ai-systems/index.ts';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { BulkActs } from './bulk-acts.ts';
import { BulkHandler } from './bulk-handler.ts';
import { BulkController } from './bulk.controller.ts';
import { BulkOperations } from './bulk.ts';
import { Consequences } from './consequences.ts';
import { EntryTasks } from './entry-tasks.ts';
import { EntryChangedHandler, ImportedEntriesHandler } from './entry-handlers.ts';
import { Lifecycle } from './lifecycle.ts';
import { PeopleToldHandler } from './people-told-handler.ts';
import { ProcessLog } from './process-log.ts';
import { Proposals } from './proposals.ts';
import { RecordChangeHandler } from './record-change-handler.ts';
import { RunCalendar } from './run-calendar.ts';
import { RunFiguresController } from './run-figures.controller.ts';
import { RunFiguresPages } from './run-figures.ts';
import { RunMigrations } from './run-migrations.ts';
import { RunMoments } from './run-moments.ts';
import { Repairs } from './repairs.ts';
import { RunOperationsController } from './run-operations.controller.ts';
import { RunOperations } from './run-operations.ts';
import { RunPages } from './run-pages.ts';
import { RunStore } from './run-store.ts';
import { RunsController } from './runs.controller.ts';
import { Runs } from './runs.ts';
import { Schedules } from './schedules.ts';
import { SignalExpiry } from './signal-expiry.ts';
import { SignalHandler } from './signal-handler.ts';
import { Signals } from './signals.ts';
import { Stuck } from './stuck.ts';
import { TaskNoticeHandler } from './task-notice-handler.ts';
import { TaskNotices } from './task-notices.ts';
import { Timers } from './timers.ts';

/** Workflow runs: started, moved, woken, shown. */
@Module({
  imports: [AiSystemsModule, MembersModule, NotificationsModule, WorkflowsModule],
  controllers: [RunsController, RunOperationsController, RunFiguresController, BulkController],
  providers: [
    Runs,
    Consequences,
    RunStore,
    RunPages,
    RunCalendar,
    RunMigrations,
    RunMoments,
    BulkOperations,
    BulkActs,
    BulkHandler,
    RunFiguresPages,
    ProcessLog,
    RunOperations,
    Repairs,
    Proposals,
    Lifecycle,
    Schedules,
    Stuck,
    Signals,
    SignalExpiry,
    SignalHandler,
    TaskNotices,
    TaskNoticeHandler,
    PeopleToldHandler,
    RecordChangeHandler,
    EntryTasks,
    EntryChangedHandler,
    ImportedEntriesHandler,
    Timers,
  ],
  exports: [Lifecycle, Proposals, RunCalendar, RunMigrations, RunOperations, Runs],
})
export class RunsModule {}
