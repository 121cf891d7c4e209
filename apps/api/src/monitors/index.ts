export { Measurements } from './measurements.ts';
export { Monitors } from './monitors.ts';
export { MonitorsModule } from './monitors.module.ts';
