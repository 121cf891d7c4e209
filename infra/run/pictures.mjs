import { runJourneys } from './journeys.mjs';
import { runMain } from './trouble.mjs';

/** `npm run pictures`: takes the pictures of docs/guide from a fresh demo. */
await runMain(() =>
  runJourneys({ folder: 'test/pictures', suffix: '.pictures.mjs', browser: true }),
);
