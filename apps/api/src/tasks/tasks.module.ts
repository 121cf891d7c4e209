import { Module } from '@nestjs/common';
import { DecisionsModule } from '../decisions/index.ts';
import { MembersModule } from '../members/index.ts';
import { RunsModule } from '../runs/index.ts';
import { Drafts } from './drafts.ts';
import { Receipts } from './receipts.ts';
import { TaskDecisions } from './task-decisions.ts';
import { TaskList } from './task-list.ts';
import { TaskPage } from './task-page.ts';
import { TasksController } from './tasks.controller.ts';
import { Tasks } from './tasks.ts';

/** Work for people: the inbox, the page of one task, and what can be done with it. */
@Module({
  imports: [DecisionsModule, MembersModule, RunsModule],
  controllers: [TasksController],
  providers: [Drafts, Receipts, TaskDecisions, TaskList, TaskPage, Tasks],
})
export class TasksModule {}
