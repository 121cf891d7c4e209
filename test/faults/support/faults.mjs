import { setTimeout as delay } from 'node:timers/promises';

/** How long a broken part may be away (milliseconds). */
const AWAY = 60_000;

/** Waits until something holds; asks again every few milliseconds. */
export async function until(what, holds) {
  const deadline = performance.now() + AWAY;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`${what}: not within ${AWAY / 1000} s`);
    await delay(20);
  }
}

/** Whether the product answers that it is ready. A refused connection only means “not yet”. */
const isReady = async ({ url }) => (await fetch(`${url}/readyz`).catch(() => null))?.ok === true;

/** Waits until the product answers that it is ready. */
export const untilReady = (world) => until('ready again', () => isReady(world));

/**
 * Does one fault and waits until the product is ready again; notes the window in which things may
 * have been late. Answers how long it was away (seconds).
 */
export async function trouble(world, fault) {
  const from = Date.now();
  await fault();
  await untilReady(world);
  const window = { from, until: Date.now() };
  world.more.troubles.push(window);
  return (window.until - from) / 1000;
}

/** Ends a part with a signal and waits until the supervisor has put another process in its place. */
export async function end(world, part, signal = 'SIGKILL') {
  const pid = world.stack.pidOf(part);
  process.kill(pid, signal);
  await until(`${part} comes back`, () => world.stack.pidOf(part) !== pid);
}
