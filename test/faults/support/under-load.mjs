import assert from 'node:assert/strict';
import { trouble } from './faults.mjs';
import { loadFor } from './load.mjs';
import { verifyWorld } from './verify-world.mjs';

/** Commands a second that must be carried out, all through the faults, in a full run. */
const LEAST = 30;

/** Commands around the faults, and between two of them. */
const AROUND = 60;
const APART = { full: 300, short: 100 };

/**
 * Does faults to the product, one after the other, while people lead runs through the API; then lets
 * it come to rest and checks every invariant. `faults` is a list of `{ what, do }`; between two
 * of them `apart` commands are acknowledged, give or take a half; `around` before the first and after
 * the last.
 */
export async function underLoad(world, faults, options = {}) {
  const { full, chance } = world.more;
  const { apart = full ? APART.full : APART.short, around = AROUND } = options;
  world.more.since ??= Date.now();
  const load = (await loadFor(world)).start();
  try {
    await load.acknowledged(around);
    load.measure();
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
  const rate = await world.check('every command was answered in the end', () => load.stop());
  console.log(`    ${rate.toFixed(1)} commands/s, ${faults.length} faults`);
  const found = await verifyWorld(world);
  // What the machine can do in a short run is not the product's.
  if (full) {
    await world.check(`at least ${LEAST} commands a second were carried out, all through`, () => {
      assert.ok(rate >= LEAST, `${rate.toFixed(1)} commands/s`);
    });
  }
  return found;
}
