export { TasksModule } from './tasks.module.ts';
export { yourTurnByOrganisation } from './your-turn.ts';
