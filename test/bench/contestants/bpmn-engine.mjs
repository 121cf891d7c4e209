import { createRequire } from 'node:module';
import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { timed } from '../support/latency.mjs';

const SOURCE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="bench" targetNamespace="bench">
  <process id="approvals" isExecutable="true">
    <startEvent id="start" /><sequenceFlow id="a" sourceRef="start" targetRef="first" />
    <userTask id="first" /><sequenceFlow id="b" sourceRef="first" targetRef="second" />
    <userTask id="second" /><sequenceFlow id="c" sourceRef="second" targetRef="third" />
    <userTask id="third" /><sequenceFlow id="d" sourceRef="third" targetRef="end" />
    <endEvent id="end" />
  </process>
</definitions>`;

/**
 * bpmn-engine as a server without memory has to run it: in one transaction per decision, load the
 * state for update, recover, signal, save.
 */
export default async function enter({ databaseUrl, rivals }) {
  const { Engine } = createRequire(`${rivals}/package.json`)('bpmn-engine');
  const name = `bpmn_${process.pid}`;
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.toString(), max: 20 });
  // Connections that are still closing when their database is dropped.
  pool.on('error', () => undefined);
  await pool.query(
    'create table instance (id uuid primary key, state jsonb not null, ended boolean)',
  );

  /** Resolves when the execution waits for a person or has ended. */
  const atRest = (listener, engine) =>
    new Promise((resolve, reject) => {
      listener.once('activity.wait', () => resolve('waiting'));
      engine.once('end', () => resolve('ended'));
      engine.once('error', reject);
    });

  const start = async (id) => {
    const engine = new Engine({ name: 'bench', source: SOURCE });
    const listener = new EventEmitter();
    const rest = atRest(listener, engine);
    await engine.execute({ listener });
    await rest;
    const state = await engine.getState();
    await engine.stop();
    await pool.query('insert into instance values ($1, $2, false)', [id, JSON.stringify(state)]);
  };

  const decide = async (id, task) => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query({
        name: 'load',
        text: 'select state from instance where id = $1 for no key update',
        values: [id],
      });
      const engine = new Engine({ name: 'bench' }).recover(rows[0].state);
      const resumed = new EventEmitter();
      const waits = atRest(resumed, engine);
      const execution = await engine.resume({ listener: resumed });
      await waits;
      const rest = atRest(resumed, engine);
      execution.signal({ id: task, outcome: 'approve' });
      const at = await rest;
      const state = await engine.getState();
      // What has ended does not answer to being stopped.
      if (at === 'waiting') await engine.stop();
      await client.query({
        name: 'save',
        text: 'update instance set state = $2, ended = $3 where id = $1',
        values: [id, JSON.stringify(state), at === 'ended'],
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
      await start(id);
      for (const task of ['first', 'second', 'third']) await timed(took, () => decide(id, task));
      return took;
    },
    check: async (done) => {
      const { rows } = await pool.query('select count(*)::int as n from instance where ended');
      if (rows[0].n !== done) throw new Error(`${rows[0].n} of ${done} ended`);
    },
    close: async () => {
      await pool.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
