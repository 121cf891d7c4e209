export { WorkingCalendarModule } from './working-calendar.module.ts';
