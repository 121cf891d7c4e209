import { Inject, Injectable } from '@nestjs/common';
import type { RecordVerdict } from '@plumbline/contracts';
import { parseCheckpoint, publicKeyOf } from '@plumbline/evidence';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import { readTiles, readTree, type StoredCheckpoint, type Tree } from './log-store.ts';
import { LogWalk, type Report, type WalkedEntry, type WalkedLog } from './log-walk.ts';
import { countWaiting } from './proofs.ts';
import { SigningKeys } from './signing-keys.ts';
import { Witness } from './witness.ts';

/** Entries looked at in one query, and problems told at most. */
const BATCH = 2000;
const MOST_PROBLEMS = 200;

type Scope = OrganisationScope & { readonly organisationId: string };

/**
 * Walks a whole log from the entries up: their text, what it repeats, what it binds, the tiles, every
 * signed head, and the head kept outside the database. Trusts nothing that it can compute.
 */
@Injectable()
export class RecordAudit {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Witness) private readonly witness: Witness,
  ) {}

  /** What the walk found, in words. */
  async verify(ctx: Scope): Promise<RecordVerdict> {
    const problems: { what: string; where: string }[] = [];
    const report: Report = (what, where) => {
      if (problems.length < MOST_PROBLEMS) problems.push({ what, where });
    };
    // Read before the tree: a head signed in between must not look like one that the tree lost.
    const kept = await this.witness.read(ctx.organisationId);
    const { log, at } = await this.begin(ctx, kept);
    if (!log && kept !== null)
      report('The log is missing, but a signed head of it is kept.', 'log');
    const checkpoint = log && (await this.walk(ctx, log, report));
    const counts = await this.database.transaction(ctx, (tx) => this.count(tx, ctx, log?.tree));
    if (counts.slippedIn > 0)
      report(`Entries were put among those already placed: ${counts.slippedIn}.`, 'record');
    if (counts.beyond > 0)
      report(`Places after the end of the log are taken: ${counts.beyond}.`, 'end of the log');
    // A head that is kept but not committed yet is ahead of the log, never of the entries.
    const keptSize = kept === null ? 0 : (parseCheckpoint(kept)?.size ?? 0);
    if (counts.entries < keptSize)
      report(`${keptSize} entries were signed; ${counts.entries} are left.`, 'kept head');
    return {
      ok: problems.length === 0,
      entries: counts.entries,
      waiting: counts.waiting,
      size: log?.tree.frontier.size ?? 0,
      epoch: log?.tree.epoch ?? 1,
      checkpoint,
      checkedAt: at.toISOString(),
      problems,
    };
  }

  private begin(ctx: Scope, kept: string | null): Promise<{ log: WalkedLog | null; at: Date }> {
    return this.database.transaction(ctx, async (tx) => {
      const at = await tx.now();
      const tree = await readTree(tx, ctx.organisationId);
      if (!tree) return { log: null, at };
      const heads = await readHeads(tx, tree);
      const erased = await readErased(tx, ctx.organisationId);
      return { at, log: { tree, heads, erased, kept, publicKey: publicKeyOf(this.keys.record) } };
    });
  }

  /** Answers the note of the newest head. Each batch has a transaction of its own. */
  private async walk(ctx: Scope, log: WalkedLog, report: Report): Promise<string | null> {
    const { tree } = log;
    if (tree.state === 'forked') report(tree.reason ?? 'The log has stopped.', 'log');
    const walk = new LogWalk(log, report);
    let next = 0;
    for (;;) {
      const entries = await this.database.transaction(ctx, async (tx) => {
        const batch = await readEntries(tx, tree, next);
        if (batch.length > 0) {
          const rebuilt = walk.take(batch);
          walk.compareTiles(rebuilt, await readTiles(tx, tree, rebuilt));
        }
        return batch;
      });
      const last = entries.at(-1);
      if (!last) return walk.finish();
      next = last.index + 1;
    }
  }

  private async count(
    tx: Tx,
    { organisationId }: Scope,
    tree: Tree | undefined,
  ): Promise<{ entries: number; waiting: number; slippedIn: number; beyond: number }> {
    // Counted apart, without a join: an entry that was put in leaves more entries than places.
    const { entries, placeable, places } = await tx.one<Record<string, string>>(sql`
      select count(*) as entries,
             count(*) filter (where (xid, ord) <=
               (${tree?.lastXid ?? '0'}::xid8, ${tree?.lastOrd ?? '0'}::bigint)) as placeable,
             (select count(*) from app.log_leaf
              where organisation_id = ${organisationId} and epoch = ${tree?.epoch ?? 1}
                and index < ${tree?.frontier.size ?? 0}) as places
      from app.record_event where organisation_id = ${organisationId}`);
    const { beyond } = await tx.one<{ beyond: string }>(sql`
      select count(*) as beyond from app.log_tree t
      join app.log_leaf l on l.organisation_id = t.organisation_id and l.epoch = t.epoch
        and l.index >= t.size
      where t.organisation_id = ${organisationId}`);
    return {
      entries: Number(entries),
      slippedIn: Number(placeable) - Number(places),
      beyond: Number(beyond),
      waiting: await countWaiting(tx, organisationId),
    };
  }
}

async function readHeads(tx: Tx, tree: Tree): Promise<StoredCheckpoint[]> {
  const rows = await tx.query<{ size: string; root: Buffer; note: string }>(sql`
    select size, root, note from app.log_checkpoint
    where organisation_id = ${tree.organisationId} and epoch = ${tree.epoch}
    order by size`);
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** Entries of which another entry says that what they bound was erased. */
async function readErased(tx: Tx, organisationId: string): Promise<Set<string>> {
  const rows = await tx.query<{ entity_id: string }>(sql`
    select entity_id from app.record_event
    where organisation_id = ${organisationId} and entity = 'record-entry'
      and action = 'record-entry.erased'`);
  return new Set(rows.map((row) => row.entity_id));
}

async function readEntries(tx: Tx, tree: Tree, from: number): Promise<WalkedEntry[]> {
  const rows = await tx.prepared<Omit<WalkedEntry, 'index'> & { index: string }>(
    'read-audited-entries',
    sql`select l.index::text, l.event_id as "eventId", e.id, e.xid::text, e.ord::text,
               to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
               e.actor_ref as actor, e.action, e.entity, e.entity_id as "entityId", e.body,
               p.payload, p.salt, a.person_id as "personId", a.salt as "personSalt"
        from app.log_leaf l
        left join app.record_event e on e.organisation_id = l.organisation_id and e.id = l.event_id
        left join app.record_payload p on p.organisation_id = l.organisation_id
          and p.event_id = l.event_id
        left join app.actor_ref a on a.organisation_id = l.organisation_id and a.ref = e.actor_ref
        where l.organisation_id = ${tree.organisationId}::uuid and l.epoch = ${tree.epoch}::int
          and l.index >= ${from}::bigint and l.index < ${tree.frontier.size}::bigint
        order by l.index limit ${BATCH}::int`,
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}
