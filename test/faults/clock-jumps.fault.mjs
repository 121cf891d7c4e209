import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureFaketime } from '../../infra/run/faketime.mjs';
import { end, until, untilReady } from './support/faults.mjs';
import { underLoad } from './support/under-load.mjs';

const ROLES = ['notary', 'worker', 'worker 2', 'http'];
const HOURS = 3_600_000;

/**
 * The clock of every process of the product jumps two hours ahead, then behind, while it works; and
 * processes are started with such a clock. PostgreSQL and Redis keep the right time.
 */
export default async function (world) {
  if (process.platform !== 'linux') {
    await world.check('no Linux here: clocks cannot be set', () => undefined);
    return;
  }
  const { env, url } = world;
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-clock-'));
  const clock = join(folder, 'clock');
  const set = (hours) => writeFileSync(clock, `${hours < 0 ? '' : '+'}${hours}h\n`);
  const fake = {
    LD_PRELOAD: ensureFaketime(),
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: '1',
    // Waits go by a clock that nobody can set; files carry the time of the real one.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
  /** By how much the clock of the http process is off, by its Date header. */
  const off = async () => {
    const { headers } = await fetch(`${url}/livez`);
    return (Date.parse(headers.get('date')) - Date.now()) / HOURS;
  };
  const shows = (hours) =>
    until(`http’s clock is ${hours} h off`, async () => Math.abs((await off()) - hours) < 0.01);
  const restart = async () => {
    for (const role of ROLES) await end(world, role, 'SIGTERM');
    await untilReady(world);
  };
  const jump = (hours, how) => ({
    what: `clocks jump to ${hours} h off${how}`,
    do: async () => {
      set(hours);
      await shows(hours);
    },
  });
  const started = (hours) => ({
    what: `every process is started with its clock ${hours} h off`,
    do: async () => {
      set(hours);
      await restart();
    },
  });
  const checked = {
    what: 'every process has a clock that can be set',
    do: async () => {
      await shows(0);
      for (const role of ROLES) {
        const maps = readFileSync(`/proc/${world.stack.pidOf(role)}/maps`, 'utf8');
        assert.ok(maps.includes('libfaketime'), role);
      }
    },
  };
  const short = [jump(2, ''), jump(-2, ', four hours back')];
  const full = [...short, started(2), jump(0, ''), jump(2, ''), started(-2), jump(0, '')];
  try {
    set(0);
    Object.assign(env, fake);
    await restart();
    await underLoad(world, [checked, ...(world.more.full ? full : short)], { apart: 200 });
  } finally {
    for (const name of Object.keys(fake)) delete env[name];
    await restart();
    rmSync(folder, { recursive: true });
  }
}
