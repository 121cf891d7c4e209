import { setTimeout as delay } from 'node:timers/promises';

const WINDOW_MS = 60_000;
const MOST_RESTARTS = 5;
const LONGEST_WAIT_MS = 3200;

/**
 * Keeps one service running. `start(previous)` answers a service with `exited` (a promise) and
 * `stop()`; it is called again when the service ends by itself, after 0.2 s, then 0.4 s and so on,
 * at most `mostRestarts` times a minute, after which `giveUp` is called. `say` hears each of these.
 */
export async function supervise({ name, start, say, giveUp, mostRestarts = MOST_RESTARTS }) {
  let current = await start();
  const stopping = new AbortController();
  const deaths = [];

  const pause = (ms) =>
    delay(ms, undefined, { signal: stopping.signal }).catch((error) => {
      // Being told to stop ends the pause early; that is what the signal is for.
      if (error.name !== 'AbortError') throw error;
    });

  async function restart() {
    const now = Date.now();
    deaths.push(now);
    const recent = deaths.filter((at) => now - at < WINDOW_MS).length;
    if (recent > mostRestarts) {
      say(`${name} ended ${recent} times within a minute.`);
      giveUp(name);
      return false;
    }
    const wait = Math.min(100 * 2 ** recent, LONGEST_WAIT_MS);
    say(`${name} ended unexpectedly; starting it again in ${wait / 1000} s.`);
    await pause(wait);
    if (stopping.signal.aborted) return false;
    try {
      current = await start(current);
      say(`${name} is running again.`);
      return true;
    } catch (error) {
      say(`${name} could not start: ${error.message}`);
      return restart();
    }
  }

  const watching = (async () => {
    for (;;) {
      await current.exited;
      if (stopping.signal.aborted || !(await restart())) return;
    }
  })();

  return {
    name,
    get current() {
      return current;
    },
    /** Stops the service for good; a restart under way is called off or stopped as well. */
    async stop() {
      stopping.abort();
      await current.stop();
      await watching;
      await current.stop();
    },
  };
}
