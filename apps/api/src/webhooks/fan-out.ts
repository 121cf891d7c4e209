import { Inject, Injectable, Logger } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { systemScope } from '../platform/request-context.ts';
import { bodyOf } from './bodies.ts';
import { happeningsIn, type Entry, type Happening } from './happenings.ts';
import { namesOf } from './names.ts';
import { WEBHOOK_DELIVERY } from './topics.ts';

/** Entries of the record that are read in one transaction. */
const BATCH = 200;

/** Kinds of entries of which some are told; of the others the payload is not even read. */
const TOLD = ['run', 'decision', 'monitor', 'export', 'workflow-version'];

interface EntryRow {
  id: string;
  xid: string;
  ord: string;
  at: Date;
  action: string;
  entity: string;
  entity_id: string;
  payload: string | null;
}

interface Listening {
  id: string;
  types: string[];
  listens_since: Date;
}

/**
 * Reads an organisation's record from where it was left and plans a delivery of each event to each
 * endpoint that wants it. Whatever has changed is in the record, so nothing that changes anything has
 * to know of webhooks, or waits for them. How far it has been read is kept with the deliveries: each
 * event is planned once.
 */
@Injectable()
export class FanOut {
  private readonly logger = new Logger(FanOut.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Configuration) private readonly configuration: Configuration,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** One batch; true when there may be more. Two at once do not both read: one finds nothing to do. */
  next(organisationId: string): Promise<boolean> {
    return this.database.transaction(systemScope(organisationId), async (tx) => {
      const entries = await readOn(tx, organisationId);
      if (entries.length === 0) return false;
      const endpoints = await tx.query<Listening>(sql`
        select id, types, listens_since from app.webhook
        where organisation_id = ${organisationId} and is_on`);
      const wanted = new Set(endpoints.flatMap(({ types }) => types));
      const happenings = entries.flatMap(({ entity_id, ...row }) => {
        const entry: Entry = { ...row, entityId: entity_id };
        return this.orSaid(entry.id, () => happeningsIn(entry)) ?? [];
      });
      await this.plan(
        tx,
        organisationId,
        happenings.filter(({ type }) => wanted.has(type)),
        endpoints,
      );
      const { xid, ord } = entries.at(-1)!;
      await tx.execute(sql`
        update app.webhook_cursor set last_xid = ${xid}::xid8, last_ord = ${ord}::bigint
        where organisation_id = ${organisationId}`);
      return entries.length === BATCH;
    });
  }

  /** An entry that is not understood is a fault of ours, and said so; later ones are told all the same. */
  private orSaid<T>(entry: string, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      this.logger.error({ message: 'entry not understood', entry, cause: String(error) });
      return null;
    }
  }

  private async plan(
    tx: Tx,
    organisationId: string,
    happenings: readonly Happening[],
    endpoints: readonly Listening[],
  ): Promise<void> {
    if (happenings.length === 0) return;
    const names = await namesOf(tx, organisationId, happenings);
    const { PUBLIC_URL } = this.configuration.environment;
    const planned = happenings.flatMap((happening) => {
      const to = endpoints.filter(
        ({ types, listens_since }) =>
          types.includes(happening.type) && happening.at >= listens_since,
      );
      if (to.length === 0) return [];
      const body = this.orSaid(happening.entryId, () => bodyOf(happening, names, PUBLIC_URL));
      if (body === null) return [];
      const event = {
        ...{ id: newId(), type: happening.type, at: happening.at.toISOString() },
        ...{ entry: happening.entryId, body: JSON.stringify(body) },
      };
      return [{ event, to: to.map(({ id }) => id) }];
    });
    await planDeliveries(tx, organisationId, planned);
    for (const { id } of endpoints) {
      if (!planned.some(({ to }) => to.includes(id))) continue;
      this.stream.publish(tx, organisationId, { type: 'webhook-changed', id });
    }
  }
}

/** An event as it is sent, and the endpoints that it goes to. */
export interface Planned {
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly at: string;
    readonly entry: string | null;
    readonly body: string;
  };
  readonly to: readonly string[];
}

/** Keeps events and plans their first attempts, at once. Answers the ids of the deliveries. */
export async function planDeliveries(
  tx: Tx,
  organisationId: string,
  planned: readonly Planned[],
): Promise<string[]> {
  if (planned.length === 0) return [];
  const deliveries = planned.flatMap(({ event, to }) =>
    to.map((webhook) => ({ id: newId(), message: newId(), webhook, event: event.id })),
  );
  await tx.execute(sql`
    with event as (
      insert into app.webhook_event (organisation_id, id, type, at, record_event_id, body)
      select ${organisationId}::uuid, e.id, e.type, e.at, e.entry, e.body
      from jsonb_to_recordset(${JSON.stringify(planned.map(({ event }) => event))}::jsonb) as e (
        id uuid, type text, at timestamptz, entry uuid, body text)
    ), delivery as (
      insert into app.webhook_delivery (organisation_id, id, webhook_id, event_id)
      select ${organisationId}::uuid, d.id, d.webhook, d.event
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d (
        id uuid, webhook uuid, event uuid)
    )
    insert into app.outbox (organisation_id, id, topic, key, payload)
    select ${organisationId}::uuid, d.message, ${WEBHOOK_DELIVERY}, d.id || '-1',
           jsonb_build_object('delivery', d.id, 'turn', 1)
    from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d (id uuid, message uuid)`);
  tx.announce('outbox', '');
  return deliveries.map(({ id }) => id);
}

/**
 * Entries after the last one read, in the order that never changes any more (see the notary's
 * sequencer); none while another worker reads. The cursor is held until the transaction ends.
 */
async function readOn(tx: Tx, organisationId: string): Promise<EntryRow[]> {
  const cursor = await tx.maybe<{ last_xid: string; last_ord: string }>(sql`
    select last_xid::text, last_ord::text from app.webhook_cursor
    where organisation_id = ${organisationId} for update skip locked`);
  if (!cursor) return [];
  return tx.query<EntryRow>(sql`
    select e.id, e.xid::text, e.ord::text, e.at, e.action, e.entity, e.entity_id, p.payload
    from app.record_event e
    left join app.record_payload p
      on p.organisation_id = e.organisation_id and p.event_id = e.id and e.entity = any (${TOLD})
    where e.organisation_id = ${organisationId}
      and (e.xid, e.ord) > (${cursor.last_xid}::xid8, ${cursor.last_ord}::bigint)
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.ord limit ${BATCH}`);
}

/** Begins to read the record at this moment, unless some endpoint is on and it is read already. */
export async function readFromNow(tx: Tx, organisationId: string): Promise<void> {
  await tx.execute(sql`
    insert into app.webhook_cursor (organisation_id, last_xid, last_ord)
    values (${organisationId}, pg_snapshot_xmin(pg_current_snapshot()), 0)
    on conflict (organisation_id) do update
      set last_xid = excluded.last_xid, last_ord = excluded.last_ord
      where not exists (
        select 1 from app.webhook w where w.organisation_id = ${organisationId} and w.is_on)`);
}
