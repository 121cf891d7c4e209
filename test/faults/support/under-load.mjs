import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { brokenRuns, reading, untilQuiet, violations } from './invariants.mjs';
import { person, wholeLife } from './office.mjs';

/** Two people of the demo who can lead the life of an office tool. */
const CLIENT = 'northgate';
const PROPOSER = 'tom.reid@northgate.example';
const MANAGER = 'daniel.okoye@northgate.example';
/** Lives led at the same time, and in all. */
const LANES = 4;
const LIVES = 40;

/**
 * Leads whole lives of AI systems through the API while `faults` are done to the product, one after
 * the other; then lets it come to rest and checks that nothing is lost and nothing happened twice.
 * A fault is `{ what, do }`.
 */
export async function underLoad(world, faults) {
  const { url, databaseUrl } = world;
  const proposer = await person(url, PROPOSER, CLIENT);
  const manager = await person(url, MANAGER, CLIENT);
  await manager.stepUp();

  const runs = [];
  let failure = null;
  let next = 0;
  const leading = Promise.all(
    Array.from({ length: LANES }, async () => {
      while (next < LIVES && !failure) {
        next += 1;
        runs.push(await wholeLife(`${world.name} ${next}`, proposer, manager));
      }
    }),
  ).catch((error) => {
    failure = error; // told by the check below, after the faults have come to their end
  });
  for (const [at, { what, do: fault }] of faults.entries()) {
    // Each fault comes at its share of the load, not after a time.
    while (!failure && runs.length < ((at + 1) * LIVES) / (faults.length + 2)) await delay(20);
    await world.check(what, fault);
  }
  await leading;

  await world.check('every command was answered in the end', () => assert.ifError(failure));
  await world.check('the product comes to rest: nothing undone, every event in the log', () =>
    untilQuiet(databaseUrl),
  );
  await world.check('nothing that was acknowledged is lost', async () => {
    const ended = await reading(databaseUrl, (query) =>
      query(`select id from app.run where id = any ($1::uuid[]) and outcome = 'approved-for-use'`, [
        runs,
      ]),
    );
    assert.equal(ended.length, LIVES);
    assert.equal(new Set(runs).size, LIVES);
  });
  await world.check('no life was led twice', async () => {
    const [{ n }] = await reading(databaseUrl, (query) =>
      query(`select count(*)::int as n from app.ai_system where name like $1`, [`${world.name} %`]),
    );
    assert.equal(n, LIVES);
  });
  await world.check('events are numbered without gaps and alone give each state', async () => {
    const { runs: all, broken } = await brokenRuns(databaseUrl);
    console.log(`    ${all} runs replayed`);
    assert.deepEqual(broken, []);
  });
  await world.check('nothing happened twice, nothing is late, nothing is parked', async () => {
    const found = await violations(databaseUrl);
    for (const [what, count] of Object.entries(found)) assert.equal(count, 0, what);
  });
  const commands = proposer.acknowledged + manager.acknowledged;
  const lost = proposer.answersLost + manager.answersLost;
  console.log(
    `    ${commands} commands acknowledged (${lost} answers lost), ${faults.length} faults`,
  );
}
