export { TaskDecisions } from './task-decisions.ts';
export { TaskPage } from './task-page.ts';
export { TasksModule } from './tasks.module.ts';
export { Tasks } from './tasks.ts';
export { yourTurnByOrganisation } from './your-turn.ts';
