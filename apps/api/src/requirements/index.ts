export { countAll, type Standing } from './readiness.ts';
export { Requirements } from './requirements.ts';
export { RequirementsModule } from './requirements.module.ts';
