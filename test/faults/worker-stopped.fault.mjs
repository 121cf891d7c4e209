import { setTimeout as delay } from 'node:timers/promises';
import { until } from './support/faults.mjs';
import { reading } from './support/snapshot.mjs';
import { underLoad } from './support/under-load.mjs';

/** How long a worker stands still (seconds): longer than its claims and its locks last. */
const STANDSTILL = { full: 45, short: 32 };
/** Tries to stop a worker while it has work in hand. */
const TRIES = 200;

/**
 * A worker stands still with work in hand (SIGSTOP) until its claims have lapsed and another has taken
 * them over; then it goes on as if nothing had been (SIGCONT), and has no say any more.
 */
export default async function (world) {
  const { databaseUrl, stack, more } = world;
  const ask = (text) => reading(databaseUrl, (query) => query(text));
  const claims = () =>
    ask(`select id, fence from app.outbox where done_at is null and lease_until > now()`);
  const sameAs = (claim) => (other) => other.id === claim.id && other.fence === claim.fence;

  /** Stops a worker; answers the claims that stand still with it. */
  const stopAtWork = async (pid) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      process.kill(pid, 'SIGSTOP');
      const before = await claims();
      // Whoever is not stopped has carried its own out by then.
      await delay(500);
      const after = await claims();
      const held = before.filter((claim) => after.some(sameAs(claim)));
      if (held.length > 0) return held;
      process.kill(pid, 'SIGCONT');
      await delay(20);
    }
    throw new Error('the worker was never stopped with work in hand');
  };

  const stop = (part) => ({
    what: `SIGSTOP of ${part} with work in hand, then SIGCONT`,
    do: async () => {
      const pid = stack.pidOf(part);
      const began = performance.now();
      const held = await stopAtWork(pid);
      const seconds = more.full ? STANDSTILL.full : STANDSTILL.short;
      await until('others have taken over', async () => {
        const left = (await claims()).filter((claim) => held.some(sameAs(claim)));
        return left.length === 0 && performance.now() - began > seconds * 1000;
      });
      process.kill(pid, 'SIGCONT');
      console.log(`    ${held.length} claims in hand`);
    },
  });
  await underLoad(world, more.full ? [stop('worker'), stop('worker 2')] : [stop('worker')]);
}
