import { Module } from '@nestjs/common';
import { DecisionsModule } from '../decisions/index.ts';
import { EvidenceModule } from '../evidence/index.ts';
import { MembersModule } from '../members/index.ts';
import { NotificationsModule } from '../notifications/index.ts';
import { RunsModule } from '../runs/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { AnswerReferences } from './answer-references.ts';
import { CalendarController, CalendarFeedController } from './calendar-feed.controller.ts';
import { CalendarFeed } from './calendar-feed.ts';
import { Conditions } from './conditions.ts';
import { ConversationController } from './conversation.controller.ts';
import { Conversation } from './conversation.ts';
import { DelegationEnds } from './delegation-ends.ts';
import { Delegations } from './delegations.ts';
import { DigestMail } from './digest-mail.ts';
import { Digests } from './digests.ts';
import { Drafts } from './drafts.ts';
import { GuestLinkMail } from './guest-link-mail.ts';
import { GuestLinks } from './guest-links.ts';
import { GuestLinksController } from './guest-links.controller.ts';
import { HandOverController } from './hand-over.controller.ts';
import { HandOver } from './hand-over.ts';
import { Receipts } from './receipts.ts';
import { TaskBulkWork } from './task-bulk-work.ts';
import { TaskBulks } from './task-bulks.ts';
import { TaskDecisions } from './task-decisions.ts';
import { TaskList } from './task-list.ts';
import { TaskBulksController, TaskOperationsController } from './task-operations.controller.ts';
import { TaskOperations } from './task-operations.ts';
import { TaskPage } from './task-page.ts';
import { TasksController } from './tasks.controller.ts';
import { Tasks } from './tasks.ts';
import { Watchers } from './watchers.ts';

/** Work for people: the inbox, the page of one task, and what can be done with it. */
@Module({
  imports: [
    DecisionsModule,
    EvidenceModule,
    MembersModule,
    NotificationsModule,
    RunsModule,
    WorkflowsModule,
  ],
  controllers: [
    TasksController,
    HandOverController,
    ConversationController,
    GuestLinksController,
    TaskOperationsController,
    TaskBulksController,
    CalendarController,
    CalendarFeedController,
  ],
  providers: [
    AnswerReferences,
    CalendarFeed,
    Conditions,
    Conversation,
    DelegationEnds,
    Delegations,
    DigestMail,
    Digests,
    Drafts,
    GuestLinkMail,
    GuestLinks,
    HandOver,
    Receipts,
    TaskBulkWork,
    TaskBulks,
    TaskDecisions,
    TaskOperations,
    TaskList,
    TaskPage,
    Tasks,
    Watchers,
  ],
  exports: [TaskDecisions, TaskList, TaskPage, Tasks],
})
export class TasksModule {}
