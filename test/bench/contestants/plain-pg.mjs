import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { timed } from '../support/latency.mjs';

const SCHEMA = `
  create table instance (id uuid primary key, rev int not null, state jsonb not null);
  create table history (instance_id uuid, seq int, data jsonb not null, primary key (instance_id, seq));
  create table task (id uuid primary key, instance_id uuid not null, status text not null);
  create index task_open on task (instance_id) where status = 'open';
  create table outbox (id uuid primary key, payload jsonb not null, done_at timestamptz);
  create table command_log (key uuid primary key);
  create table entry (id uuid primary key, body bytea not null)`;

/** One transition's writes: the same kinds of row that ours writes, in one statement. */
const WRITE = `
  with command as (insert into command_log values ($1)),
  moved as (update instance set rev = rev + 2, state = $3 where id = $2 and rev = $4 returning id, rev),
  happened as (insert into history select id, rev - n, $5::jsonb from moved, generate_series(0, 1) n),
  closed as (update task set status = 'done' where instance_id = $2 and status = 'open'),
  opened as (insert into task select $6, id, 'open' from moved),
  promised as (insert into outbox select $7, $5::jsonb from moved)
  insert into entry select $8, convert_to($9, 'UTF8') from moved`;

/** The floor: `pg` alone, lock and one statement per transition, no rules and no isolation. */
export default async function enter({ databaseUrl }) {
  const name = `plain_${process.pid}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.toString(), max: 20 });
  // Connections that are still closing when their database is dropped.
  pool.on('error', () => undefined);
  await pool.query(SCHEMA);
  const state = JSON.stringify({ tokens: [{ step: 'first', visit: 1, scope: [] }], facts: {} });
  const event = JSON.stringify({ type: 'decision-recorded', outcome: 'approve', by: randomUUID() });
  const body = event.repeat(4);

  const transition = async (id, rev) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query({
        name: 'lock',
        text: 'select rev, state from instance where id = $1 for no key update',
        values: [id],
      });
      if (rows[0].rev !== rev) throw new Error('somebody else moved it');
      await client.query({
        name: 'write',
        text: WRITE,
        values: [
          ...[randomUUID(), id, state, rev, event],
          ...[randomUUID(), randomUUID(), randomUUID(), body],
        ],
      });
      await client.query('commit');
    } finally {
      client.release();
    }
  };

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
      const id = randomUUID();
      const took = [];
      await pool.query({
        name: 'start',
        text: `with i as (insert into instance values ($1, 0, $2))
               insert into task values ($3, $1, 'open')`,
        values: [id, state, randomUUID()],
      });
      for (const rev of [0, 2, 4]) await timed(took, () => transition(id, rev));
      return took;
    },
    check: async (done) => {
      const { rows } = await pool.query('select count(*)::int as n from history');
      if (rows[0].n !== done * 6) throw new Error(`${rows[0].n} of ${done * 6} rows of history`);
    },
    close: async () => {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
