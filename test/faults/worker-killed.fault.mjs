import { untilAnother } from './support/parts.mjs';
import { underLoad } from './support/under-load.mjs';

/** The worker is killed in the middle of its work, again and again, and http once. */
export default async function (world) {
  const kill = (part) => ({
    what: `kill -9 of ${part}`,
    do: async () => {
      const pid = world.stack.pidOf(part);
      process.kill(pid, 'SIGKILL');
      await untilAnother(world, part, pid);
    },
  });
  await underLoad(world, [kill('worker'), kill('worker'), kill('http'), kill('worker')]);
}
