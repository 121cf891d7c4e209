export { TryingWorkflowsModule } from './trying-workflows.module.ts';
