import pg from 'pg';
import { newId } from '../../../apps/api/src/platform/ids.ts';
import { anOffice, requireWhole, startRun } from '../support/office.mjs';
import { timed } from '../support/latency.mjs';

/**
 * Ours without HTTP: start and three decisions, each one transaction with signed context,
 * idempotency key, separation of duties, events, tasks, outbox and the entry of the record.
 */
export default async function enter(setting) {
  const office = await anOffice(setting);
  const { tenant, runs, contexts } = office;
  const decide = (person, runId, task) => {
    const ctx = { ...contexts[person], command: { key: newId(), claim: 1 } };
    return tenant.transaction(ctx, async (tx) => {
      await tx.prepared('bench-command', command(ctx));
      const { opened } = await runs.command(tx, ctx, runId, {
        type: 'decide',
        ...{ task, outcome: 'approve', reason: '', conditions: [] },
      });
      return opened[0];
    });
  };
  return {
    pg,
    processes: 1,
    transitions: 3,
    observe: office.observe,
    work: async (client) => {
      const took = [];
      const run = await startRun(office, client);
      let task = run.task;
      for (const person of [0, 1, 2]) {
        const { key } = task;
        task = await timed(took, () => decide(person, run.id, key));
      }
      return took;
    },
    check: (done) => requireWhole(office, { runs: done, decisions: done * 3, commands: done * 3 }),
    close: office.close,
  };
}

const command = ({ organisationId, personId, command: { key } }) => ({
  text: `insert into app.command_log (organisation_id, person_id, key, request_hash)
         values ($1, $2, $3, '')`,
  values: [organisationId, personId, key],
});
