export { actorOf, type Acting } from './acting.ts';
export { entriesOf, eventsOf, peopleInEvents, type StoredEvent } from './run-history.ts';
export { stagesOf, storyOf } from './run-story.ts';
export { Runs, type Done, type LookedAt, type RunCommand, type StartRequest } from './runs.ts';
export { RunsModule } from './runs.module.ts';
export { type HeldRun } from './run-store.ts';
export { dateInWords, factInWords, factLabel, peopleIn, roleInWords, type Names } from './words.ts';
