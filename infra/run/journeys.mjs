import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { inRoot } from './places.mjs';
import { closingLine } from './totals.mjs';
import { Trouble } from './trouble.mjs';

/** What surrounds a run of journeys when nothing is asked for. */
const nothing = async () => ({ stack: {}, start: {}, world: {}, close: async () => undefined });

/**
 * Starts the whole product on throw-away data and runs every `<folder>/*<suffix>` against it, one
 * after the other; `browser` opens Chromium as well. `names` chooses journeys by a part of theirs.
 * `around` is opened before: it answers options of the stack and of its start, what else the world of
 * each journey has, and how to close it.
 *
 * A journey is a file with `export default async function (world)`. It tells what it checks with
 * `await world.check('what must hold', async () => …)`; each is counted, and the first that throws
 * ends its journey. See journey-world.mjs for what else the world offers.
 */
export async function runJourneys({
  folder,
  suffix,
  browser: withBrowser,
  names = process.argv.slice(2),
  around = nothing,
}) {
  ensureInstalled();
  const journeys = readdirSync(inRoot(folder))
    .filter((file) => file.endsWith(suffix))
    .filter((file) => names.length === 0 || names.some((part) => file.includes(part)))
    .sort();
  if (journeys.length === 0)
    throw new Trouble('No journey to run.', `look at the names in ${folder}.`);

  const { Stack } = await import('./stack.mjs');
  const { JourneyWorld } = await import('./journey-world.mjs');
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-journeys-'));
  chmodSync(dataDir, 0o711); // PostgreSQL may run as another account, which must be able to enter
  const outside = await around();
  const stack = new Stack({ dataDir, say: (line) => console.log(line), ...outside.stack });
  let browser = null;
  const stop = async () => {
    await browser?.close();
    await stack.stop();
    await outside.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void stop().then(() => process.exit(1)));
  }

  const totals = { passed: 0, failed: 0 };
  try {
    const started = await stack.start({ test: true, ...outside.start });
    console.log(`queue: ${started.queue}`);
    browser = withBrowser ? await (await import('./browser.mjs')).launchBrowser() : null;
    for (const file of journeys) {
      const name = file.slice(0, -suffix.length);
      const world = new JourneyWorld({ name, browser, stack, ...started, more: outside.world });
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
