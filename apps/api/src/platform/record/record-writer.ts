import { createHash, randomBytes } from 'node:crypto';
import { eventAroundTime, hex, payloadBytes, payloadCommit, text } from '@plumbline/evidence';
import sql from 'sql-template-tag';
import type { Tx } from '../database/tenant-database.ts';
import { newId } from '../ids.ts';
import type { OrganisationScope } from '../request-context.ts';

/** One state change, for the record. */
export interface RecordedChange {
  /** What happened, `<entity>.<past participle>`, for example `ai-system.created`. */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** What it was about: plain JSON. It can be erased later, so people's names belong here only. */
  readonly payload: unknown;
}

/**
 * Writes the entry of a state change in the same transaction as the change. Takes no lock: the
 * notary gives it its place in the log afterwards. Answers the entry's id.
 */
export async function recordEvent(
  tx: Tx,
  ctx: OrganisationScope,
  change: RecordedChange,
): Promise<string> {
  const [id] = await recordEvents(tx, ctx, [change]);
  return id!;
}

/** Writes several entries, in this order, in one statement. Answers their ids. */
export async function recordEvents(
  tx: Tx,
  ctx: OrganisationScope,
  changes: readonly RecordedChange[],
): Promise<string[]> {
  if (changes.length === 0) return [];
  const rows = changes.map(prepare);
  // Nothing is written when another transaction gave this person their reference in the meantime:
  // a statement does not see what it waited for, the next one does.
  const written = (await insert(tx, ctx, rows)) || (await insert(tx, ctx, rows));
  if (written !== rows.length)
    throw new Error(`${written} of ${rows.length} entries were recorded`);
  return rows.map((row) => row.id);
}

/**
 * How entries name a person: bound to them by a salt that can be erased, so that nobody can give an
 * entry to someone else afterwards, or tell whose it was once the salt is gone.
 */
export const actorRef = (salt: Uint8Array, personId: string | null): string =>
  createHash('sha256')
    .update(salt)
    .update(personId ?? '')
    .digest('hex')
    .slice(0, 32);

type Prepared = ReturnType<typeof prepare>;

function prepare({ payload, ...change }: RecordedChange) {
  const id = newId();
  const salt = randomBytes(16);
  const bytes = payloadBytes(payload);
  const commit = payloadCommit(salt, bytes);
  const parts = eventAroundTime({ v: 1, id, ...change, commit });
  return { id, ...change, ...parts, payload: text(bytes), salt: hex(salt) };
}

function column<K extends keyof Prepared>(rows: readonly Prepared[], name: K): Prepared[K][] {
  return rows.map((row) => row[name]);
}

/** How many entries were written: all or none. */
async function insert(tx: Tx, ctx: OrganisationScope, rows: readonly Prepared[]): Promise<number> {
  const { organisationId, personId } = ctx;
  const salt = randomBytes(16);
  const written = await tx.prepared(
    'record-events',
    sql`
    with known as (
      select ref from app.actor_ref
      where organisation_id = ${organisationId}::uuid and person_id = ${personId}::uuid
    ), fresh as (
      insert into app.actor_ref (organisation_id, person_id, ref, salt)
      select ${organisationId}::uuid, ${personId}::uuid, ${actorRef(salt, personId)}::text,
             ${salt}::bytea
      where ${personId}::uuid is not null and not exists (select 1 from known)
      on conflict (organisation_id, person_id) do nothing
      returning ref
    ), actor as (
      select ref from known union all select ref from fresh
      union all select 'system' where ${personId}::uuid is null
    ), change as (
      select * from unnest(
        ${column(rows, 'id')}::uuid[], ${column(rows, 'action')}::text[],
        ${column(rows, 'entity')}::text[], ${column(rows, 'entityId')}::text[],
        ${column(rows, 'beforeActor')}::text[], ${column(rows, 'beforeTime')}::text[],
        ${column(rows, 'afterTime')}::text[], ${column(rows, 'payload')}::text[],
        ${column(rows, 'salt')}::text[]
      ) with ordinality
        as c (id, action, entity, entity_id, before_actor, before_time, after_time, payload, salt, n)
    ), entry as (
      insert into app.record_event
        (organisation_id, id, at, actor_ref, action, entity, entity_id, body)
      select ${organisationId}::uuid, c.id, now(), actor.ref, c.action, c.entity, c.entity_id,
             convert_to(c.before_actor || actor.ref || c.before_time
               || to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
               || c.after_time, 'UTF8')
      from actor, change c
      order by c.n
      returning id
    )
    insert into app.record_payload (organisation_id, event_id, payload, salt)
    select ${organisationId}::uuid, c.id, c.payload, decode(c.salt, 'hex')
    from change c join entry using (id)
    returning event_id`,
  );
  return written.length;
}
