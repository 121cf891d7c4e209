import { setTimeout as delay } from 'node:timers/promises';

/** How long a killed part may be away (milliseconds). */
const AWAY = 30_000;

/** Waits until the supervisor has put another process in the place of a killed part. */
export async function untilAnother(world, part, pid) {
  const until = performance.now() + AWAY;
  while (world.stack.pidOf(part) === pid) {
    if (performance.now() > until) throw new Error(`${part} did not come back`);
    await delay(50);
  }
}
