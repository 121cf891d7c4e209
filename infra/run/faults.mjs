import { runJourneys } from './journeys.mjs';
import { runMain } from './trouble.mjs';

/** `npm run faults -- [part of a name …]`: kills and empties parts under load; see `test/faults`. */
await runMain(() => runJourneys({ folder: 'test/faults', suffix: '.fault.mjs', browser: false }));
