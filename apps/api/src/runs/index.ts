export { daysAfter } from './days.ts';
export { endOfDay } from './end-of-day.ts';
export { Lifecycle } from './lifecycle.ts';
export { RUN_ENDED } from './promised-rows.ts';
export { RunOperations } from './run-operations.ts';
export { calendarOf } from './surroundings.ts';
export { settingsOf } from './organisation-settings.ts';
export { Timers } from './timers.ts';
export { actorOf, type Acting, type ActsFor } from './acting.ts';
export { entriesOf, eventsOf, peopleInEvents, type StoredEvent } from './run-history.ts';
export { stagesOf, storyOf } from './run-story.ts';
export { Proposals } from './proposals.ts';
export {
  Runs,
  type Done,
  type LookedAt,
  type MigrateRun,
  type RunCommand,
  type StartRequest,
} from './runs.ts';
export { RunsModule } from './runs.module.ts';
export { type HeldRun } from './run-store.ts';
export { factInWords, factLabel, factRows } from './fact-words.ts';
export { dateInWords, roleInWords, type Names } from './plain-words.ts';
export { peopleIn } from './entry-words.ts';
export { RunCalendar, type OtherCalendar } from './run-calendar.ts';
export { RunMigrations, type MigrationWish } from './run-migrations.ts';
