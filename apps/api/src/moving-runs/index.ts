export { MovingRunsModule } from './moving-runs.module.ts';
