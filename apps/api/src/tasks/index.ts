export { guestForm } from './guest-form.ts';
export { TaskDecisions } from './task-decisions.ts';
export { TaskList } from './task-list.ts';
export { TaskPage } from './task-page.ts';
export { TasksModule } from './tasks.module.ts';
export { Tasks } from './tasks.ts';
export { yourTurnByOrganisation } from './your-turn.ts';
