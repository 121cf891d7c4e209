import { Module } from '@nestjs/common';
import { DecisionsModule } from '../decisions/index.ts';
import { EvidenceModule } from '../evidence/index.ts';
import { MembersModule } from '../members/index.ts';
import { RunsModule } from '../runs/index.ts';
import { WorkflowsModule } from '../workflows/index.ts';
import { AnswerReferences } from './answer-references.ts';
import { Conditions } from './conditions.ts';
import { Drafts } from './drafts.ts';
import { HandOverController } from './hand-over.controller.ts';
import { HandOver } from './hand-over.ts';
import { Receipts } from './receipts.ts';
import { TaskDecisions } from './task-decisions.ts';
import { TaskList } from './task-list.ts';
import { TaskPage } from './task-page.ts';
import { TasksController } from './tasks.controller.ts';
import { Tasks } from './tasks.ts';

/** Work for people: the inbox, the page of one task, and what can be done with it. */
@Module({
  imports: [DecisionsModule, EvidenceModule, MembersModule, RunsModule, WorkflowsModule],
  controllers: [TasksController, HandOverController],
  providers: [
    AnswerReferences,
    Conditions,
    Drafts,
    HandOver,
    Receipts,
    TaskDecisions,
    TaskList,
    TaskPage,
    Tasks,
  ],
  exports: [TaskDecisions, TaskList, TaskPage, Tasks],
})
export class TasksModule {}
