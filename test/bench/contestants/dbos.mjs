import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { timed } from '../support/latency.mjs';

/** DBOS: a durable workflow that waits for three messages; each decision is a `send`. */
export default async function enter({ databaseUrl, rivals }) {
  const require = createRequire(`${rivals}/package.json`);
  const { DBOS } = require('@dbos-inc/dbos-sdk');
  const dbosRequire = createRequire(require.resolve('@dbos-inc/dbos-sdk'));
  const pg = dbosRequire('pg');
  const url = new URL(databaseUrl);
  url.pathname = `/dbos_${process.pid}`;
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: url.toString(),
    systemDatabasePoolSize: 20,
    logLevel: 'error',
    runAdminServer: false,
  });
  const approvals = DBOS.registerWorkflow(
    async () => {
      const outcomes = [];
      for (const topic of ['first', 'second', 'third']) outcomes.push(await DBOS.recv(topic, 60));
      return outcomes;
    },
    { name: 'approvals' },
  );
  await DBOS.launch();
  let finished = 0;
  return {
    pg,
    processes: 1,
    transitions: 3,
    observe: async () => {
      const client = new pg.Client({ connectionString: url.toString() });
      await client.connect();
      return client;
    },
    work: async () => {
      const took = [];
      const workflowID = randomUUID();
      const handle = await DBOS.startWorkflow(approvals, { workflowID })();
      for (const topic of ['first', 'second'])
        await timed(took, () => DBOS.send(workflowID, 'approve', topic, randomUUID()));
      // The last decision is through when the workflow has ended.
      const outcomes = await timed(took, async () => {
        await DBOS.send(workflowID, 'approve', 'third', randomUUID());
        return handle.getResult();
      });
      if (outcomes.some((outcome) => outcome !== 'approve')) throw new Error('a decision was lost');
      finished += 1;
      return took;
    },
    check: async (done) => {
      if (finished !== done) throw new Error(`${finished} of ${done} finished`);
    },
    close: () => DBOS.shutdown(),
  };
}
