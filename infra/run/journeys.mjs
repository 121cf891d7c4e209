import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { inRoot } from './places.mjs';
import { closingLine } from './totals.mjs';
import { Trouble } from './trouble.mjs';

/**
 * Starts the whole product on throw-away data and runs every `<folder>/*<suffix>` against it, one
 * after the other; `browser` opens Chromium as well.
 *
 * A journey is a file with `export default async function (world)`. It tells what it checks with
 * `await world.check('what must hold', async () => …)`; each is counted, and the first that throws
 * ends its journey. See journey-world.mjs for what else the world offers.
 */
export async function runJourneys({ folder, suffix, browser: withBrowser }) {
  ensureInstalled();
  const wanted = process.argv.slice(2);
  const journeys = readdirSync(inRoot(folder))
    .filter((file) => file.endsWith(suffix))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort();
  if (journeys.length === 0)
    throw new Trouble('No journey to run.', `look at the names in ${folder}.`);

  const { Stack } = await import('./stack.mjs');
  const { JourneyWorld } = await import('./journey-world.mjs');
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-journeys-'));
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another account, which must be able to enter
  const stack = new Stack({ dataDir, say: (line) => console.log(line) });
  let browser = null;
  const stop = async () => {
    await browser?.close();
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stop().then(() => process.exit(1)));
  }

  const totals = { passed: 0, failed: 0 };
  try {
    const started = await stack.start({ test: true });
    console.log(`queue: ${started.queue}`);
    browser = withBrowser ? await (await import('./browser.mjs')).launchBrowser() : null;
    for (const file of journeys) {
      const name = file.slice(0, -suffix.length);
      const world = new JourneyWorld({ name, browser, stack, ...started });
      await world.run((await import(pathToFileURL(inRoot(folder, file)).href)).default);
      totals.passed += world.passed;
      totals.failed += world.failed;
    }
  } finally {
    await stop();
  }
  console.log(closingLine(totals));
  process.exitCode = totals.failed > 0 ? 1 : 0;
}
