export { Monitors } from './monitors.ts';
export { MonitorsModule } from './monitors.module.ts';
