import { rspack } from '@rspack/core';
import config from '../../apps/api/rspack.config.mjs';

/** Bundles apps/api into apps/api/dist/main.js; prints what is wrong and exits 1 if it cannot. */
rspack(config, (error, stats) => {
  if (error) throw error;
  console.log(
    stats.toString({ preset: 'errors-warnings', colors: process.stdout.isTTY, timings: true }),
  );
  process.exitCode = stats.hasErrors() || stats.hasWarnings() ? 1 : 0;
});
