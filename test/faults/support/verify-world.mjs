import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ofCommands } from './invariants-of-commands.mjs';
import { ofEffects } from './invariants-of-effects.mjs';
import { ofPeople } from './invariants-of-people.mjs';
import { ofRuns } from './invariants-of-runs.mjs';
import { reading, snapshot } from './snapshot.mjs';
import { checkedDefinition } from './workflow.mjs';

/** How long the product may take to come to rest after the last fault (milliseconds). */
const REST = 60_000;
/** Violations of one invariant that are shown. */
const SHOWN = 5;

/** The record: every entry has its one place in the log. That the log verifies is asked of the product. */
const ofRecord = {
  name: 'I7',
  what: 'every entry of the record has its one place in the log',
  judge: ({ log, recorded }) => ({
    checked: [...recorded.values()].flat().length,
    broken: log.map(({ id, places }) => `entry ${id} has ${places} places`),
  }),
};

const rank = ({ name }) => (name.startsWith('E') ? 100 : 0) + Number(name.replace(/\D/g, ''));

/** I1 to I7 and I9 of what must hold after every fault, EI1 to EI8 of the engine. */
export const invariants = [...ofCommands, ...ofRuns, ...ofEffects, ...ofPeople, ofRecord].sort(
  (a, b) => rank(a) - rank(b),
);

/**
 * Waits until nothing is left to do: nothing promised, no timer due, no run of the load under way,
 * everything in the log. Answers the seconds. What is promised for later is no work yet, unless it has failed before.
 */
async function untilQuiet({ databaseUrl }) {
  const began = performance.now();
  for (;;) {
    const [left] = await reading(databaseUrl, (query) => query(LEFT, [checkedDefinition.key]));
    const seconds = (performance.now() - began) / 1000;
    if (Object.values(left).every((count) => count === 0)) return seconds;
    if (seconds * 1000 > REST) throw new Error(`not at rest: ${JSON.stringify(left)}`);
    await delay(100);
  }
}

const LEFT = `
  select
    (select count(*)::int from app.outbox
     where done_at is null and parked_at is null and (run_at <= now() or attempts > 0)) as promises,
    (select count(*)::int from app.timer where status = 'armed' and wake_at <= now()) as timers,
    (select count(*)::int from app.run
     where workflow_key = $1 and status = 'running') as runs,
    (select count(*)::int from app.record_event e where not exists (
       select from app.log_leaf l
       where l.organisation_id = e.organisation_id and l.event_id = e.id)) as unplaced`;

/**
 * Lets the product come to rest and checks every invariant of it, each by its name and with how much
 * was looked at.
 */
export async function verifyWorld(world) {
  const { ledger, mail } = world.more;
  const rest = await world.check('the product comes to rest', () => untilQuiet(world));
  await world.check('I7 the log verifies, from its entries up', async () => {
    const { problems } = await world.more.people.manager.ask('/record/verify');
    assert.deepEqual(problems, []);
  });
  const facts = await snapshot(world);
  for (const { name, what, judge } of invariants) {
    const { checked, broken } = judge(facts);
    await world.check(`${name} ${what}: ${checked} checked, ${broken.length} broken`, () => {
      assert.deepEqual(broken.slice(0, SHOWN), []);
      assert.ok(checked > 0, 'nothing to check');
    });
  }
  const copies = [...mail.copies.values()];
  console.log(
    `    ${ledger.acknowledged.length} commands acknowledged so far, ${ledger.answersLost} answers lost, ` +
      `${ledger.retries} tries again, ${ledger.refused.length} refused; ${copies.length} mails, ` +
      `${copies.filter((count) => count > 1).length} with a second copy; ` +
      `at rest after ${rest.toFixed(1)} s`,
  );
  return facts;
}
