import { parseArgs } from 'node:util';
import { runJourneys } from './journeys.mjs';
import { runMain } from './trouble.mjs';

/**
 * `npm run faults -- [part of a name …] [--full] [--seed 7]`: kills, empties, stops and misleads parts
 * under load; see test/faults/README.md. `--full` is the size that a release is accepted by.
 */
await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { full: { type: 'boolean', default: false }, seed: { type: 'string' } },
  });
  const { faultySurroundings } = await import('../../test/faults/support/surroundings.mjs');
  await runJourneys({
    ...{ folder: 'test/faults', suffix: '.fault.mjs', browser: false, names: positionals },
    around: () => faultySurroundings(values),
  });
});
