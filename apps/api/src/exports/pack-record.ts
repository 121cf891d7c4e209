import sql, { empty, type Sql } from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { proofReader, readCheckpoint, readTree } from '../record/index.ts';
import type { PackScope } from './pack-reader.ts';
import type { PackEntry, PackSource } from './pack-source.ts';

/** Entries read at once. */
const PAGE = 1000;

interface EntryRow {
  id: string;
  body: Buffer;
  payload: string | null;
  salt: Buffer | null;
  index: string | null;
  xid: string;
  ord: string;
}

/** The record's part of a pack: the entries about it, the newest head, and the proofs. */
export async function readPackRecord(
  tx: Tx,
  scope: PackScope,
): Promise<Pick<PackSource, 'checkpoint' | 'entries' | 'proof'> & { count: number }> {
  const tree = await readTree(tx, scope.organisationId);
  const head = tree && (await readCheckpoint(tx, tree));
  const log = { organisationId: scope.organisationId, epoch: tree?.epoch ?? 1 };
  const about = aboutScope(scope);
  const { count } = await tx.one<{ count: string }>(sql`
    select count(*) as count from app.record_event e
    where e.organisation_id = ${scope.organisationId} ${about}`);

  const placed = (from: number): Promise<EntryRow[]> =>
    tx.query<EntryRow>(sql`
      select e.id, e.body, p.payload, p.salt, l.index::text, e.xid::text, e.ord::text
      from app.log_leaf l
      join app.record_event e on e.organisation_id = l.organisation_id and e.id = l.event_id
      left join app.record_payload p on p.organisation_id = e.organisation_id and p.event_id = e.id
      where l.organisation_id = ${scope.organisationId} and l.epoch = ${log.epoch}
        and l.index >= ${from} ${about}
      order by l.index limit ${PAGE}`);
  // Asked for each entry: as a join it could look at every place for every entry.
  const waiting = (after: Sql): Promise<EntryRow[]> =>
    tx.query<EntryRow>(sql`
      select e.id, e.body, p.payload, p.salt, null as index, e.xid::text, e.ord::text
      from app.record_event e
      left join app.record_payload p on p.organisation_id = e.organisation_id and p.event_id = e.id
      where e.organisation_id = ${scope.organisationId} ${about} ${after}
        and (select l.index from app.log_leaf l where l.organisation_id = e.organisation_id
               and l.epoch = ${log.epoch} and l.event_id = e.id) is null
      order by e.xid, e.ord limit ${PAGE}`);
  const entries = async function* (): AsyncIterable<PackEntry> {
    let next = 0;
    for (;;) {
      const rows = await placed(next);
      yield* rows.map(toEntry);
      if (rows.length < PAGE) break;
      next = Number(rows.at(-1)!.index) + 1;
    }
    let after: Sql = empty;
    for (;;) {
      const rows = await waiting(after);
      yield* rows.map(toEntry);
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = sql`and (e.xid, e.ord) > (${last.xid}::xid8, ${last.ord}::bigint)`;
    }
  };
  return {
    count: Number(count),
    checkpoint: head && { note: head.note, size: head.size },
    entries,
    proof: proofReader(tx, log, head?.size ?? 0),
  };
}

/** Entries about one AI system: its own, and those of everything that belongs to it. */
function aboutScope({ organisationId, aiSystemId }: PackScope): Sql {
  if (aiSystemId === null) return empty;
  const of = sql`organisation_id = ${organisationId} and ai_system_id = ${aiSystemId}`;
  return sql`and e.entity_id in (
    select ${aiSystemId}::text
    union all select id::text from app.run where ${of}
    union all select id::text from app.task where ${of}
    union all select id::text from app.decision where ${of}
    union all select id::text from app.monitor where ${of}
    union all select id::text from app.evidence_item where ${of})`;
}

const toEntry = (row: EntryRow): PackEntry => ({
  id: row.id,
  body: row.body.toString('utf8'),
  payload: row.payload,
  saltHex: row.salt?.toString('hex') ?? null,
  index: row.index === null ? null : Number(row.index),
});
