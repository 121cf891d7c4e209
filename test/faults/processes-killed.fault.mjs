import { end } from './support/faults.mjs';
import { underLoad } from './support/under-load.mjs';

/** Kills of http and workers in all, and between two looks at every invariant. */
const FULL = { kills: 50, apart: 300, look: 10 };
const SHORT = { kills: 6, apart: 60, look: 6 };

/** http and the workers are killed in the middle of their work, again and again; the notary now and then. */
export default async function (world) {
  const { kills, apart, look } = world.more.full ? FULL : SHORT;
  const parts = ['http', 'worker', 'http', 'worker 2'];
  const all = Array.from({ length: kills }, (_, at) => {
    const part = parts[at % parts.length];
    return { what: `kill -9 of ${part} (${at + 1} of ${kills})`, do: () => end(world, part) };
  });
  const notary = { what: 'kill -9 of the notary', do: () => end(world, 'notary') };
  for (let from = 0; from < kills; from += look) {
    await underLoad(world, [notary, ...all.slice(from, from + look)], { apart });
  }
}
