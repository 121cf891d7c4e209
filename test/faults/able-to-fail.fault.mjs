import assert from 'node:assert/strict';
import { planted } from './support/planted.mjs';
import { underLoad } from './support/under-load.mjs';
import { invariants } from './support/verify-world.mjs';

/** Nothing is broken, the load alone; then each invariant finds the violation that is planted for it. */
export default async function (world) {
  const found = await underLoad(world, [], { around: world.more.full ? 600 : 200 });
  for (const { name, what, plant } of planted) {
    await world.check(`${name} is able to fail: ${what}`, () => {
      const facts = { ...found, ...plant(found) };
      const broken = invariants.find((each) => each.name === name).judge(facts).broken;
      assert.ok(broken.length > 0, `${name} does not see it`);
    });
  }
  assert.deepEqual(
    planted.map(({ name }) => name),
    invariants.map(({ name }) => name),
  );
}
