import pg from 'pg';

/** Runs queries as the administrator: what lies in the database, whatever the product says. */
export async function reading(databaseUrl, work) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(async (text, values = []) => (await client.query(text, values)).rows);
  } finally {
    await client.end();
  }
}

const grouped = (rows, key) => Map.groupBy(rows, (row) => row[key]);

/**
 * Everything that the invariants look at, as of one moment and as plain data: they are judged outside
 * the product, and a violation can be planted into a copy.
 */
export const snapshot = (world) =>
  reading(world.databaseUrl, async (query) => {
    await query('begin isolation level repeatable read read only');
    const [{ now }] = await query('select now()');
    const events = await query(
      'select run_id as run, seq, event from app.run_event order by run_id, seq',
    );
    const tasks = await query(
      'select id, run_id as run, key, status, closed_by as "closedBy" from app.task',
    );
    const { acknowledged, refused } = world.more.ledger;
    return {
      now: now.getTime(),
      runs: await query(
        `select r.id, r.ai_system_id as "aiSystem", r.workflow_version_id as definition, r.status,
                r.outcome, r.version, r.state, s.name
         from app.run r join app.ai_system s
           on s.organisation_id = r.organisation_id and s.id = r.ai_system_id`,
      ),
      events: grouped(events, 'run'),
      recorded: grouped(await query(RECORDED), 'run'),
      tasks,
      timers: await query('select id, kind, subject, key, status, due_at as due from app.timer'),
      decisions: await query(
        'select run_id as run, task_id as task, step, person_id as person from app.decision',
      ),
      definitions: new Map(
        (await query('select id, definition from app.workflow_version')).map((row) => [
          row.id,
          row.definition,
        ]),
      ),
      commands: await query(
        `select key, person_id as person, carried_out_at is not null as done from app.command_log`,
      ),
      outbox: await query(OPEN_OUTBOX),
      overdue: await query(OVERDUE),
      mails: await query(MAILS),
      effects: await query(
        'select id, status, attempts, unknown_ends as "unknownEnds" from app.effect',
      ),
      news: await query(
        `select id, person_id as person, subject, path,
                extract(epoch from created_at)::float8 * 1000 as at from app.notification`,
      ),
      log: await query(LOG),
      // What was seen outside the product.
      acknowledged: [...acknowledged],
      refused: [...refused],
      copies: new Map(world.more.mail.copies),
      troubles: [...world.more.troubles],
      since: world.more.since,
    };
  });

/** The numbers of the events that each entry of the record tells of a run. */
const RECORDED = `
  select e.entity_id as run, p.payload::jsonb -> 'events' as events
  from app.record_event e join app.record_payload p
    on p.organisation_id = e.organisation_id and p.event_id = e.id
  where e.entity = 'run' and p.payload::jsonb ? 'events'`;

const OPEN_OUTBOX = `
  select id, topic, parked_at is not null as parked,
         extract(epoch from now() - run_at)::float8 as age
  from app.outbox where done_at is null`;

const OVERDUE = `
  select id, kind, status, extract(epoch from now() - wake_at)::float8 as age
  from app.timer where status = 'parked' or (status = 'armed' and wake_at < now())`;

/** Mails that were promised, by the effect that each is; and whether the promise counts as kept. */
const MAILS = `
  select payload ->> 'notificationId' as id, done_at is not null as done
  from app.outbox where topic = 'notification-mail'`;

/** Entries of the record by how often each has a place in its log. */
const LOG = `
  select e.id, count(l.event_id)::int as places
  from app.record_event e left join app.log_leaf l
    on l.organisation_id = e.organisation_id and l.event_id = e.id
  group by e.organisation_id, e.id having count(l.event_id) <> 1`;
