export { TasksModule } from './tasks.module.ts';
