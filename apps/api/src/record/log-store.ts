import type { Frontier, TileId } from '@plumbline/evidence';
import { tileKey } from '@plumbline/evidence';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';

const HASH = 32;

/** Where one log stands. */
export interface Tree {
  readonly organisationId: string;
  readonly origin: string;
  readonly epoch: number;
  readonly frontier: Frontier;
  readonly lastXid: string;
  readonly lastOrd: string;
  readonly state: 'open' | 'forked';
  readonly reason: string | null;
  readonly openedBy: string | null;
}

/** One log: which organisation's, and which epoch of it. */
export type LogId = Pick<Tree, 'organisationId' | 'epoch'>;

interface TreeRow {
  organisation_id: string;
  origin: string;
  epoch: number;
  size: string;
  frontier: Buffer;
  last_xid: string;
  last_ord: string;
  state: 'open' | 'forked';
  reason: string | null;
  opened_by: string | null;
}

const treeOf = (row: TreeRow): Tree => ({
  organisationId: row.organisation_id,
  origin: row.origin,
  epoch: row.epoch,
  frontier: { size: Number(row.size), nodes: hashesOf(row.frontier) },
  lastXid: row.last_xid,
  lastOrd: row.last_ord,
  state: row.state,
  reason: row.reason,
  openedBy: row.opened_by,
});

/** The 32-byte hashes of a run of bytes. */
export const hashesOf = (bytes: Buffer): Uint8Array[] =>
  Array.from({ length: Math.floor(bytes.length / HASH) }, (_, at) =>
    bytes.subarray(at * HASH, (at + 1) * HASH),
  );

const COLUMNS = sql`organisation_id, origin, epoch, size, frontier, last_xid::text, last_ord, state,
                    reason, opened_by`;

/** Where the log stands, or null before its first entry was placed. */
export async function readTree(tx: Tx, organisationId: string): Promise<Tree | null> {
  const row = await tx.maybe<TreeRow>(
    sql`select ${COLUMNS} from app.log_tree where organisation_id = ${organisationId}`,
  );
  return row && treeOf(row);
}

/** The same, locked for writing; a log that does not exist begins as `origin` says. */
export async function lockTree(tx: Tx, organisationId: string, origin: string): Promise<Tree> {
  await tx.execute(sql`
    insert into app.log_tree (organisation_id, origin) values (${organisationId}, ${origin})
    on conflict (organisation_id) do nothing`);
  const row = await tx.one<TreeRow>(
    sql`select ${COLUMNS} from app.log_tree where organisation_id = ${organisationId} for update`,
  );
  return treeOf(row);
}

/** Moves the log to where it stands now. */
export async function saveTree(tx: Tx, tree: Tree): Promise<void> {
  await tx.prepared(
    'save-log-tree',
    sql`update app.log_tree
        set origin = ${tree.origin}, epoch = ${tree.epoch}, size = ${tree.frontier.size},
            frontier = ${Buffer.concat(tree.frontier.nodes)}, last_xid = ${tree.lastXid}::xid8,
            last_ord = ${tree.lastOrd}, state = ${tree.state}, reason = ${tree.reason},
            opened_by = ${tree.openedBy}
        where organisation_id = ${tree.organisationId}`,
  );
}

/** The stored bytes of tiles, by key; one that does not exist is left out. */
export async function readTiles(
  tx: Tx,
  log: LogId,
  wanted: readonly TileId[],
): Promise<Map<string, Uint8Array>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.prepared<{ level: number; index: string; hashes: Buffer }>(
    'read-log-tiles',
    sql`select t.level, t.index, t.hashes
        from unnest(${wanted.map((tile) => tile.level)}::int[],
                    ${wanted.map((tile) => tile.index)}::bigint[]) as w (level, index)
        join app.log_tile t on t.organisation_id = ${log.organisationId}::uuid
          and t.epoch = ${log.epoch}::int and t.level = w.level and t.index = w.index`,
  );
  return new Map(
    rows.map((row) => [tileKey({ level: row.level, index: Number(row.index) }), row.hashes]),
  );
}

/** Writes tiles whole, over what was there of them. */
export async function saveTiles(
  tx: Tx,
  log: LogId,
  tiles: readonly (TileId & { readonly hashes: Uint8Array })[],
): Promise<void> {
  await tx.prepared(
    'save-log-tiles',
    sql`insert into app.log_tile (organisation_id, epoch, level, index, hashes)
        select ${log.organisationId}::uuid, ${log.epoch}::int, t.* from unnest(
          ${tiles.map((tile) => tile.level)}::int[], ${tiles.map((tile) => tile.index)}::bigint[],
          ${tiles.map((tile) => Buffer.from(tile.hashes))}::bytea[]) as t
        on conflict (organisation_id, epoch, level, index) do update set hashes = excluded.hashes`,
  );
}

/** Notes which entry lies where, from `first` on. */
export async function saveLeaves(
  tx: Tx,
  log: LogId,
  first: number,
  eventIds: readonly string[],
): Promise<void> {
  await tx.prepared(
    'save-log-leaves',
    sql`insert into app.log_leaf (organisation_id, epoch, index, event_id)
        select ${log.organisationId}::uuid, ${log.epoch}::int, ${first}::bigint + e.n - 1, e.id
        from unnest(${eventIds}::uuid[]) with ordinality as e (id, n)`,
  );
}

/** A signed head as it is stored. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
}

/** Stores a signed head. */
export async function saveCheckpoint(
  tx: Tx,
  log: LogId,
  { size, root, note }: StoredCheckpoint,
): Promise<void> {
  await tx.prepared(
    'save-log-checkpoint',
    sql`insert into app.log_checkpoint (organisation_id, epoch, size, root, note)
        values (${log.organisationId}, ${log.epoch}, ${size}, ${Buffer.from(root)}, ${note})`,
  );
}

/** The newest signed head, or the newest of at most `size`; null when there is none. */
export async function readCheckpoint(
  tx: Tx,
  log: LogId,
  size = Number.MAX_SAFE_INTEGER,
): Promise<StoredCheckpoint | null> {
  const row = await tx.maybe<{ size: string; root: Buffer; note: string }>(sql`
    select size, root, note from app.log_checkpoint
    where organisation_id = ${log.organisationId} and epoch = ${log.epoch} and size <= ${size}
    order by size desc limit 1`);
  return row && { size: Number(row.size), root: row.root, note: row.note };
}
