export { ImportsModule } from './imports.module.ts';
export { safeCell } from './problems-csv.ts';
