import { runJourneys } from './journeys.mjs';
import { runMain } from './trouble.mjs';

/** `npm run e2e -- [part of a name …]`: the browser journeys of `test/e2e`. */
await runMain(() => runJourneys({ folder: 'test/e2e', suffix: '.e2e.mjs', browser: true }));
