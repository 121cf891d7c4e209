import { Inject, Injectable } from '@nestjs/common';
import {
  appendToTiles,
  consistencyFromTiles,
  emptyFrontier,
  frontierRoot,
  leafHash,
  openCheckpoint,
  openTiles,
  planConsistency,
  publicKeyOf,
  sameBytes,
  signCheckpoint,
  tilesOf,
  verifyConsistency,
  type Checkpoint,
} from '@plumbline/evidence';
import sql from 'sql-template-tag';
import { Configuration } from '../platform/config/configuration.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import {
  lockTree,
  readTiles,
  saveCheckpoint,
  saveLeaves,
  saveTiles,
  saveTree,
  type Tree,
} from './log-store.ts';
import { SigningKeys } from './signing-keys.ts';
import { Witness } from './witness.ts';

/** Entries placed in one transaction. */
const BATCH = 1000;

interface Pending {
  id: string;
  xid: string;
  ord: string;
  body: Buffer;
}

/** What one pass over a log did. */
export interface Placed {
  readonly placed: number;
  /** Whether more may be waiting. */
  readonly more: boolean;
  /** Why nothing can be signed, in words; null when all is well. */
  readonly forked: string | null;
}

/**
 * Gives committed entries their place in an organisation's log and signs the new head. Never signs a
 * head that does not extend the one kept by the witness: it stops instead, and says why.
 */
@Injectable()
export class Sequencer {
  private readonly deployment: string;

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Witness) private readonly witness: Witness,
    @Inject(SigningKeys) private readonly keys: SigningKeys,
    @Inject(Configuration) { environment }: Configuration,
  ) {
    this.deployment = new URL(environment.PUBLIC_URL).hostname;
  }

  /**
   * One batch. Safe to interrupt anywhere and to run twice at once: the tree's row is locked, and the
   * witness hears of a head before the database commits it, so a crash in between is made good by
   * the next batch, which must pass through that very head.
   */
  place(organisationId: string): Promise<Placed> {
    return this.database.transaction({ organisationId, personId: null }, async (tx) => {
      const tree = await lockTree(tx, organisationId, this.originOf(organisationId, 1));
      const kept = await this.readWitness(organisationId);
      if (tree.state === 'forked') return this.reopenIfAsked(tx, tree, kept);
      if (typeof kept === 'string') return fork(tx, tree, kept);
      return this.append(tx, tree, kept);
    });
  }

  private async append(tx: Tx, tree: Tree, kept: Checkpoint | null): Promise<Placed> {
    const { size } = tree.frontier;
    const ahead = Math.max(0, (kept?.size ?? 0) - size);
    const entries = await readPending(tx, tree, Math.max(BATCH, ahead));
    const doubt = await this.doubtAbout(tx, tree, kept, entries.length);
    if (doubt) return fork(tx, tree, doubt);
    if (entries.length === 0) return { placed: 0, more: false, forked: null };

    const open = await readTiles(tx, tree, openTiles(size));
    const leaves = entries.map(({ body }) => leafHash(body));
    const { frontier, tiles, heads } = appendToTiles(
      tree.frontier,
      open,
      leaves,
      new Set(ahead > 0 ? [kept!.size] : []),
    );
    if (ahead > 0 && !sameBytes(heads[0]!.root, kept!.root)) return fork(tx, tree, OTHER_ENTRIES);

    const head = { size: frontier.size, root: frontierRoot(frontier) };
    const note = signCheckpoint({ origin: tree.origin, ...head }, this.keys.record);
    const last = entries.at(-1)!;
    await saveLeaves(
      tx,
      tree,
      size,
      entries.map(({ id }) => id),
    );
    await saveTiles(tx, tree, [...tiles.values()]);
    await saveCheckpoint(tx, tree, { ...head, note });
    await saveTree(tx, { ...tree, frontier, lastXid: last.xid, lastOrd: last.ord });
    await this.witness.keep(tree.organisationId, note);
    return { placed: entries.length, more: entries.length >= BATCH, forked: null };
  }

  /** Why the log cannot go on from where the witness saw it, or null when it can. */
  private async doubtAbout(
    tx: Tx,
    tree: Tree,
    kept: Checkpoint | null,
    pending: number,
  ): Promise<string | null> {
    const { size } = tree.frontier;
    const head = { size, root: frontierRoot(tree.frontier) };
    if (await isCounterBehind(tx, tree)) return COUNTER_BEHIND;
    if (!kept || kept.size === 0) return null;
    if (kept.origin !== tree.origin) return otherEpoch(kept.origin);
    if (kept.size > size) {
      return size + pending < kept.size ? entriesLost(kept.size, size + pending) : null;
    }
    if (kept.size === size) return sameBytes(kept.root, head.root) ? null : OTHER_ENTRIES;
    // The witness is older than the database: another host led in between, or its file was restored.
    const tiles = await readTiles(tx, tree, tilesOf(planConsistency(kept.size, size)));
    const proof = consistencyFromTiles(tiles, kept.size, size);
    return verifyConsistency(kept, head, proof) ? null : OTHER_ENTRIES;
  }

  /** The head that the witness keeps; a text says why it cannot be used. */
  private async readWitness(organisationId: string): Promise<Checkpoint | string | null> {
    const note = await this.witness.read(organisationId);
    if (note === null) return null;
    return openCheckpoint(note, publicKeyOf(this.keys.record)) ?? WITNESS_DAMAGED;
  }

  /** Opens the next epoch if an operator has recorded why; every entry is then placed again. */
  private async reopenIfAsked(
    tx: Tx,
    tree: Tree,
    kept: Checkpoint | string | null,
  ): Promise<Placed> {
    const asked = await tx.maybe<{ id: string }>(sql`
      select e.id from app.record_event e
      where e.organisation_id = ${tree.organisationId} and e.entity = 'record'
        and e.entity_id = ${tree.organisationId} and e.action = 'record.reopened'
        and e.id is distinct from ${tree.openedBy}::uuid
        and not exists (select 1 from app.log_leaf l
          where l.organisation_id = e.organisation_id and l.epoch = ${tree.epoch}
            and l.event_id = e.id)
      order by e.xid desc, e.ord desc limit 1`);
    if (!asked) return { placed: 0, more: false, forked: tree.reason };
    const seen = kept && typeof kept !== 'string' ? epochOf(kept.origin) : 0;
    const epoch = Math.max(tree.epoch, seen) + 1;
    const origin = this.originOf(tree.organisationId, epoch);
    await saveTree(tx, {
      ...tree,
      ...{ origin, epoch, frontier: emptyFrontier, lastXid: '0', lastOrd: '0' },
      ...{ state: 'open', reason: null, openedBy: asked.id },
    });
    // The new log begins empty; the witness must not hold it to the head of the one before.
    const head = { origin, size: 0, root: frontierRoot(emptyFrontier) };
    await this.witness.keep(tree.organisationId, signCheckpoint(head, this.keys.record));
    return { placed: 0, more: true, forked: null };
  }

  private originOf(organisationId: string, epoch: number): string {
    return `${this.deployment}/${organisationId}/${epoch}`;
  }
}

const OTHER_ENTRIES =
  'The database holds other entries than those that were signed. It was changed, or restored and ' +
  'written to since.';
const WITNESS_DAMAGED =
  'The copy of the last signed head in DATA_DIR is damaged or signed with another key.';
const COUNTER_BEHIND =
  'The transaction counter of this database is behind the record: it was loaded from a dump. ' +
  'Restore it as a physical backup, or raise the counter with pg_resetwal.';
const otherEpoch = (origin: string): string =>
  `The last signed head belongs to ${origin}, which this database does not know.`;
const entriesLost = (signed: number, found: number): string =>
  `${signed} entries were signed, but this database holds ${found}. It was restored from a backup ` +
  'that is older than the last signed head.';

async function fork(tx: Tx, tree: Tree, reason: string): Promise<Placed> {
  await saveTree(tx, { ...tree, state: 'forked', reason });
  return { placed: 0, more: false, forked: reason };
}

const epochOf = (origin: string): number => Number(/\/(\d+)$/.exec(origin)?.[1] ?? 0);

/**
 * Committed entries after the last placed one, in the order that never changes any more: below the
 * oldest transaction still running, no entry can appear or vanish.
 */
const readPending = (tx: Tx, tree: Tree, limit: number): Promise<Pending[]> =>
  tx.prepared<Pending>(
    'read-pending-entries',
    // Qualified, because a bare `xid` in ORDER BY would be the text of the column above.
    sql`select e.id, e.xid::text, e.ord::text, e.body from app.record_event e
        where e.organisation_id = ${tree.organisationId}::uuid
          and (e.xid, e.ord) > (${tree.lastXid}::xid8, ${tree.lastOrd}::bigint)
          and e.xid < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xid, e.ord limit ${limit}::int`,
  );

/** Whether new transactions would sort before entries that are already placed. */
async function isCounterBehind(tx: Tx, tree: Tree): Promise<boolean> {
  const row = await tx.one<{ behind: boolean }>(sql`
    select ${tree.lastXid}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as behind`);
  return row.behind;
}
