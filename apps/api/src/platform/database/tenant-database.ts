import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { Sql } from 'sql-template-tag';
import { Configuration } from '../config/configuration.ts';
import { Invalid, NotFound, Problem, StillRunning } from '../problems.ts';
import type { OrganisationScope } from '../request-context.ts';
import { type Announcement, Announcements, type Channel } from './announcements.ts';
import { keepLead } from './leadership.ts';
import { ServerClock } from './server-clock.ts';
import { StatementNames } from './statement-names.ts';
import { LIFETIME, signContext } from './signed-context.ts';

/** The only handle to the data: statements of one transaction in one organisation. */
export interface Tx {
  query<R>(sql: Sql): Promise<R[]>;
  /** The single row, or NotFound. */
  one<R>(sql: Sql): Promise<R>;
  maybe<R>(sql: Sql): Promise<R | null>;
  /** Runs a change and tells how many rows it touched. */
  execute(sql: Sql): Promise<number>;
  /** A statement prepared once per connection under `name`: for the hot path. */
  prepared<R>(name: string, sql: Sql): Promise<R[]>;
  /** The transaction's time, from the database's clock. */
  now(): Promise<Date>;
  /** Goes on in another organisation inside the same transaction: for imports that are all or nothing. */
  enter(scope: OrganisationScope): Promise<void>;
  /** Tells the listeners of a channel once this is committed, and not otherwise. Ids only. */
  announce(channel: Channel, payload: string): void;
}

/** A transaction's handle, and what it has to say when it is committed. */
interface Handle {
  readonly tx: Tx;
  readonly announcements: readonly Announcement[];
}

/** Milliseconds before a broken listener tries again. */
const RECONNECT_AFTER = 1000;

/** Milliseconds after which a transaction signs its context anew, well before it expires. */
const RENEW_AFTER = (LIFETIME * 1000) / 2;
/** Seconds by which the server's clock may be off from what was reckoned before a context is signed anew. */
const OFF = LIFETIME / 4;

/** How often a transaction is tried again, anew, when it lost a race for locks. */
const ATTEMPTS = 3;
const LOST_RACE = new Set(['40001', '40P01']);

/**
 * The only way to tenant data: every statement runs inside a transaction whose organisation is
 * signed and set in the same round trip as BEGIN. A query outside sees no row.
 */
@Injectable()
export class TenantDatabase implements OnApplicationShutdown {
  private readonly logger = new Logger(TenantDatabase.name);
  private readonly pool: pg.Pool;
  private readonly key: Buffer;
  private readonly clock = new ServerClock();
  private readonly names = new StatementNames();
  private readonly announcements = new Announcements(
    (batch) =>
      this.pool.query({
        name: 'announce',
        text: 'select pg_notify(c, p) from unnest($1::text[], $2::text[]) as said (c, p)',
        values: [batch.map(({ channel }) => channel), batch.map(({ payload }) => payload)],
      }),
    (cause) => {
      this.logger.warn({ message: 'announcements lost', cause: String(cause) });
    },
  );

  constructor(@Inject(Configuration) configuration: Configuration) {
    this.key = configuration.secrets.contextKey;
    this.pool = new pg.Pool({
      connectionString: configuration.databaseUrl,
      max: configuration.databasePoolSize,
      application_name: `plumbline-${configuration.role}`,
    });
    // An idle connection that the server closes must not end the process; the next query reconnects.
    this.pool.on('error', () => undefined);
    // The same for one in use: the statement that it runs is rejected, which is enough.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  async transaction<T>(scope: OrganisationScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt('begin', scope, work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !LOST_RACE.has(codeOf(error))) throw error;
      }
    }
  }

  /**
   * A transaction that nobody waits for on disk: a crash of the server may forget it, but never when
   * a later transaction is kept. For what can be found out again, such as an answer kept for repeats.
   */
  note<T>(scope: OrganisationScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.attempt('begin; set local synchronous_commit = off', scope, work);
  }

  /** Reads many things as of one moment; what commits meanwhile is not seen. Runs once. */
  snapshot<T>(scope: OrganisationScope, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.attempt('begin isolation level repeatable read read only', scope, work);
  }

  /**
   * One prepared statement in one round trip, before any organisation is known: without a context it
   * sees no row of a tenant table, and learns only what a definer function answers to a secret.
   */
  async ask<R>(name: string, sql: Sql): Promise<R[]> {
    try {
      const { text, values } = sql;
      return (await this.pool.query<Record<string, unknown>>({ name, text, values })).rows as R[];
    } catch (error) {
      throw translate(error);
    }
  }

  /** Connections waited for right now, for metrics. */
  get waiting(): number {
    return this.pool.waitingCount;
  }

  /** Whether the database answers a write path query, for readiness. */
  async ping(): Promise<void> {
    await this.pool.query('select 1');
  }

  /**
   * A dedicated connection that listens on `channel` and opens anew when it breaks; returns how to
   * stop. What was said while it was down is lost, so every listener also polls or reloads.
   */
  async listen(channel: Channel, heard: (payload: string) => void): Promise<() => Promise<void>> {
    let stopped = false;
    let client: pg.Client;
    const connect = async (): Promise<void> => {
      client = new pg.Client({ connectionString: this.pool.options.connectionString });
      client.on('notification', ({ payload }) => {
        heard(payload ?? '');
      });
      let isBroken = false;
      // A connection that the server ends says so twice; none of it may end the process.
      client.on('error', () => {
        if (!isBroken && !stopped) setTimeout(reconnect, RECONNECT_AFTER);
        isBroken = true;
      });
      await client.connect();
      await client.query(`listen ${channel}`);
    };
    const reconnect = (): void => {
      if (stopped) return;
      connect().catch(() => setTimeout(reconnect, RECONNECT_AFTER));
    };
    await connect();
    return async () => {
      stopped = true;
      await client.end();
    };
  }

  /**
   * Takes part in choosing the one process that leads in `name`; tells when the lead is gained or
   * lost. Returns how to give it up.
   */
  lead(name: string, changed: (leading: boolean) => void): () => Promise<void> {
    return keepLead(
      () => new pg.Client({ connectionString: this.pool.options.connectionString }),
      name,
      changed,
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.announcements.said();
    await this.pool.end();
  }

  private async attempt<T>(
    begin: string,
    scope: OrganisationScope,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await this.begin(client, begin, scope);
      const { tx, announcements } = this.handle(client, scope);
      const result = await work(tx);
      if (isCommand(scope)) await this.noteCarriedOut(client, scope);
      await client.query('commit');
      this.announcements.say(announcements);
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: unknown) => {
        // The connection itself is gone; the pool must not hand it out again.
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      throw translate(error);
    } finally {
      client.release(broken);
    }
  }

  /** Refuses to commit for a command that somebody else has taken over meanwhile. */
  private async noteCarriedOut(client: pg.PoolClient, scope: CommandScope): Promise<void> {
    if ((await client.query(carriedOut(scope))).rowCount === 1) return;
    const { rows } = await client.query<{ changed: boolean }>(
      'select pg_current_xact_id_if_assigned() is not null as changed',
    );
    if (rows[0]?.changed !== true) return;
    // It may have gone on in another organisation, from which its row is not seen.
    await client.query(this.setContext(scope));
    if ((await client.query(carriedOut(scope))).rowCount !== 1) throw new StillRunning();
  }

  /** Begins a transaction in `scope`: one round trip, unless the clock of the server was set. */
  private async begin(client: pg.PoolClient, begin: string, scope: OrganisationScope) {
    if (!this.clock.isKnown) await this.lookAtClock(client, 'select');
    const off = await this.lookAtClock(client, `${begin}; ${this.setContext(scope)},`);
    if (off > OFF) await client.query(this.setContext(scope));
  }

  /** Asks for the server's time beside what `statement` selects; tells by how much it was off. */
  private async lookAtClock(client: pg.PoolClient, statement: string): Promise<number> {
    const heard = this.clock.look();
    const answer = await client.query<{ seconds: number }>(
      `${statement} extract(epoch from clock_timestamp())::float8 as seconds`,
    );
    // Of several statements there are several answers.
    return heard([answer].flat().at(-1)?.rows[0]?.seconds ?? 0);
  }

  private setContext(scope: OrganisationScope): string {
    const context = signContext(this.key, scope, Math.floor(this.clock.now()));
    return `select set_config('app.context', ${pg.escapeLiteral(context)}, true)`;
  }

  private handle(client: pg.PoolClient, begunIn: OrganisationScope): Handle {
    let entered = { scope: begunIn, at: performance.now() };
    const enter = async (scope: OrganisationScope): Promise<void> => {
      entered = { scope, at: performance.now() };
      await client.query(this.setContext(scope));
    };
    const run = async (sql: Sql, name = this.names.of(sql.text)) => {
      // Under an expired context a long export would go on, and find nothing.
      if (performance.now() - entered.at > RENEW_AFTER) await enter(entered.scope);
      return client.query<Record<string, unknown>>({
        text: sql.text,
        values: sql.values,
        ...(name && { name }),
      });
    };
    const announcements: Announcement[] = [];
    const tx: Tx = {
      query: async <R>(sql: Sql) => (await run(sql)).rows as R[],
      one: async <R>(sql: Sql) => {
        const [row] = (await run(sql)).rows;
        if (!row) throw new NotFound();
        return row as R;
      },
      maybe: async <R>(sql: Sql) => ((await run(sql)).rows[0] as R | undefined) ?? null,
      execute: async (sql: Sql) => (await run(sql)).rowCount ?? 0,
      prepared: async <R>(name: string, sql: Sql) => (await run(sql, name)).rows as R[],
      now: async () => (await client.query<{ now: Date }>('select now()')).rows[0]!.now,
      enter,
      announce: (channel, payload) => {
        announcements.push({ channel, payload });
      },
    };
    return { tx, announcements };
  }
}

/** A transaction of a command that carried a key. */
type CommandScope = OrganisationScope & {
  readonly organisationId: string;
  readonly personId: string;
  readonly command: { readonly key: string; readonly claim: number };
};

const isCommand = (scope: OrganisationScope): scope is CommandScope =>
  Boolean(scope.organisationId && scope.personId && scope.command);

/**
 * Says in the command's row that it has changed something, with the change itself: a caller whose
 * answer was lost learns then that the command need not be repeated.
 */
const carriedOut = ({ organisationId, personId, command }: CommandScope): pg.QueryConfig => ({
  name: 'command-carried-out',
  text: `update app.command_log set carried_out_at = coalesce(carried_out_at, now())
         where organisation_id = $1 and person_id = $2 and key = $3 and claim = $4
           and pg_current_xact_id_if_assigned() is not null`,
  values: [organisationId, personId, command.key, command.claim],
});

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Database refusals that mean something to a caller; constraint names never leave the server. */
function translate(error: unknown): unknown {
  switch (codeOf(error)) {
    case '23503':
      return new NotFound();
    case '23505':
      return new Problem(409, 'already-exists', 'There is one like this already.');
    case '55P03':
      return new Problem(503, 'busy', 'Someone else is changing this right now. Try again.');
    case '22003':
    case '22007':
    case '22008':
    case '22021':
    case '22P02':
    case '22P05':
      return outOfRange(error);
    default:
      return error;
  }
}

/** A value that passed every schema and that a column cannot hold, for example a day of the year 0. */
function outOfRange(cause: unknown): Invalid {
  const invalid = new Invalid(
    'A date, number or place in a list cannot be used. Choose another one.',
    [],
  );
  invalid.cause = cause;
  return invalid;
}
