import assert from 'node:assert/strict';
import { trouble } from './faults.mjs';
import { loadFor } from './load.mjs';
import { verifyWorld } from './verify-world.mjs';

/** Commands a second that must be carried out, all through the faults, in a full run. */
const LEAST = 30;

const AROUND = 60;

/**
 * Does faults to the product, one after the other, while people lead runs through the API; then lets
 * it come to rest and checks every invariant. `faults` is a list of `{ what, do }`; between two
 * of them `apart` commands are acknowledged, give or take a half; `around` before the first and after
 * the last.
 */
export async function underLoad(world, faults, { apart = 100, around = AROUND } = {}) {
  const { full, chance } = world.more;
  world.more.since ??= Date.now();
  const load = (await loadFor(world)).start();
  try {
    await load.acknowledged(around);
    for (const { what, do: fault } of faults) {
      const away = await world.check(what, () => trouble(world, fault));
      if (away > 1) console.log(`    ready again after ${away.toFixed(1)} s`);
      await load.acknowledged(Math.round(apart * (0.5 + chance())));
    }
    await load.acknowledged(around);
  } catch (error) {
    await load.abandon();
    throw error;
  }
  await world.check('every command was answered in the end', async () => {
    const rate = await load.stop();
    console.log(`    ${rate.toFixed(1)} commands/s, ${faults.length} faults`);
    // What the machine can do in a short run is not the product's.
    if (full) assert.ok(rate >= LEAST, `only ${rate.toFixed(1)} commands/s`);
  });
  return verifyWorld(world);
}
