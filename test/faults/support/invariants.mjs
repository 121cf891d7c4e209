import { setTimeout as delay } from 'node:timers/promises';
import { replay } from '@plumbline/workflow-engine';
import pg from 'pg';

/** How long the product may take to come to rest after the last fault (milliseconds). */
const REST = 60_000;

/** Reads as the administrator: what lies in the database, whatever the product says. */
export async function reading(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(async (text, values = []) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}

const count = async (query, text) => Number((await query(`select count(*) as n ${text}`))[0].n);

/** Waits until nothing is left to do: no open outbox row, no entry without its place in the log. */
export async function untilQuiet(databaseUrl) {
  const until = performance.now() + REST;
  for (;;) {
    const left = await reading(databaseUrl, async (query) => ({
      outbox: await count(
        query,
        `from app.outbox where done_at is null and parked_at is null and run_at <= now()`,
      ),
      unplaced: await count(
        query,
        `from app.record_event e
         where not exists (select 1 from app.log_leaf l
                           where l.organisation_id = e.organisation_id and l.event_id = e.id)`,
      ),
    }));
    if (left.outbox === 0 && left.unplaced === 0) return;
    if (performance.now() > until) throw new Error(`not at rest: ${JSON.stringify(left)}`);
    await delay(250);
  }
}

/** EI1 and EI2: events are numbered without gaps, and alone give the stored state. */
export const brokenRuns = (databaseUrl) =>
  reading(databaseUrl, async (query) => {
    const runs = await query('select organisation_id, id, state, version from app.run');
    const broken = [];
    for (const run of runs) {
      const rows = await query(
        'select seq, event from app.run_event where organisation_id = $1 and run_id = $2 order by seq',
        [run.organisation_id, run.id],
      );
      const dense = rows.every(({ seq }, at) => Number(seq) === at + 1);
      const same =
        JSON.stringify(sorted(replay(rows.map(({ event }) => event)))) ===
        JSON.stringify(sorted(run.state));
      if (!dense || !same || run.version !== rows.length) broken.push(run.id);
    }
    return { runs: runs.length, broken };
  });

/** The same value with the keys of every object in order. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

/** What must be nothing, each by name: doubled, lost, late or unplaced. */
export const violations = (databaseUrl) =>
  reading(databaseUrl, async (query) => ({
    'tasks closed twice': await count(
      query,
      `from (select 1 from app.run_event where event->>'type' = 'task-closed'
             group by organisation_id, run_id, event->>'key' having count(*) > 1) x`,
    ),
    'decisions recorded twice': await count(
      query,
      `from (select 1 from app.run_event where event->>'type' = 'decision-recorded'
             group by organisation_id, run_id, event->>'key', event->'by'->>'personId'
             having count(*) > 1) x`,
    ),
    'parked messages': await count(query, 'from app.outbox where parked_at is not null'),
    'timers overdue by more than five seconds': await count(
      query,
      `from app.timer where status = 'armed' and wake_at < now() - interval '5 seconds'`,
    ),
    'events in the log twice': await count(
      query,
      `from (select 1 from app.log_leaf group by organisation_id, event_id having count(*) > 1) x`,
    ),
  }));
