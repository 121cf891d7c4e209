import { Module } from '@nestjs/common';
import { MembersModule } from '../members/index.ts';
import { RunsModule } from '../runs/index.ts';
import { SessionsModule } from '../sessions/index.ts';
import { TasksModule } from '../tasks/index.ts';
import { GuestTasksController } from './guest-tasks.controller.ts';
import { GuestTasks } from './guest-tasks.ts';

/** One form of a task, for somebody outside with a link. */
@Module({
  imports: [MembersModule, RunsModule, SessionsModule, TasksModule],
  controllers: [GuestTasksController],
  providers: [GuestTasks],
})
export class GuestTasksModule {}
