import pg from 'pg';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { anOffice, requireWhole, signIn, startRun } from '../support/office.mjs';

/**
 * One approval through HTTP: session, policy, validation, capsule, receipt and idempotency key. The
 * requests come from a thread of their own; runs are started beside the clock.
 */
export default async function enter(setting) {
  const office = await anOffice(setting);
  await office.app.listen(0, '127.0.0.1');
  const { port } = office.app.getHttpServer().address();
  const cookies = await signIn(office);
  const sender = new Worker(new URL('../support/http-sender.mjs', import.meta.url), {
    workerData: { port, slug: office.organisation.slug, cookies },
  });
  await once(sender, 'message');
  const waiting = new Map();
  sender.on('message', ({ client, took, error }) => {
    const { resolve, reject } = waiting.get(client);
    if (error) reject(new Error(error));
    else resolve(took);
  });
  const looking = new pg.Pool({ connectionString: office.database.adminUrl, max: 4 });
  const nextTask = async (runId) => {
    const { rows } = await looking.query(
      `select id from app.task where run_id = $1 and status = 'open'`,
      [runId],
    );
    return rows[0].id;
  };
  return {
    pg,
    processes: 1,
    transitions: 3,
    observe: office.observe,
    work: async (client) => {
      const took = [];
      const run = await startRun(office, client);
      for (const person of [0, 1, 2]) {
        const task = person === 0 ? run.task.id : await nextTask(run.id);
        took.push(
          await new Promise((resolve, reject) => {
            waiting.set(client, { resolve, reject });
            sender.postMessage({ client, person, task });
          }),
        );
      }
      return took;
    },
    check: (done) => requireWhole(office, { runs: done, decisions: done * 3 }),
    close: async () => {
      await sender.terminate();
      await looking.end();
      await office.close();
    },
  };
}
