export { GuestTasksModule } from './guest-tasks.module.ts';
