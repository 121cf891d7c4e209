import { concatBytes } from './encoding.ts';
import {
  type Frontier,
  type Head,
  type NodeId,
  appendLeaf,
  frontierRoot,
  nodeHash,
  planConsistency,
  planInclusion,
  proofHashes,
  type ProofPlan,
} from './merkle.ts';

/** Levels of the tree in one tile, and hashes in its bottom row (C2SP tlog-tiles). */
const HEIGHT = 8;
const WIDTH = 256;
const HASH = 32;

/** Tile `index` of tile level `level`: up to 256 hashes of complete subtrees of 256^level leaves. */
export interface TileId {
  readonly level: number;
  readonly index: number;
}

/** One text per tile, to use as a key. */
export const tileKey = (tile: TileId): string => `${tile.level}/${tile.index}`;

/** Where a node lies: its tile, and the hashes of the tile's bottom row that it covers. */
function placeOf(node: NodeId): TileId & { offset: number; count: number } {
  const level = Math.floor(node.level / HEIGHT);
  const count = 2 ** (node.level % HEIGHT);
  const first = node.index * count;
  return { level, index: Math.floor(first / WIDTH), offset: first % WIDTH, count };
}

/** The tiles from which the hashes of a plan can be read. */
export function tilesOf(plan: ProofPlan): TileId[] {
  const tiles = new Map<string, TileId>();
  for (const node of plan.flat()) {
    const { level, index } = placeOf(node);
    tiles.set(tileKey({ level, index }), { level, index });
  }
  return [...tiles.values()];
}

/** The root of a complete subtree, read from tiles; throws when they do not hold it. */
export function readNode(tiles: ReadonlyMap<string, Uint8Array>, node: NodeId): Uint8Array {
  const { offset, count, ...tile } = placeOf(node);
  const bytes = tiles.get(tileKey(tile));
  if (!bytes || bytes.length < (offset + count) * HASH) {
    throw new RangeError(`tile ${tileKey(tile)} does not hold ${node.level}/${node.index}`);
  }
  let row = Array.from({ length: count }, (_, at) =>
    bytes.subarray((offset + at) * HASH, (offset + at + 1) * HASH),
  );
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, at) =>
      nodeHash(row[2 * at]!, row[2 * at + 1]!),
    );
  }
  return row[0]!;
}

/** The inclusion proof of entry `index`, from tiles that `tilesOf(planInclusion(…))` names. */
export const inclusionFromTiles = (
  tiles: ReadonlyMap<string, Uint8Array>,
  index: number,
  size: number,
): Uint8Array[] => proofHashes(planInclusion(index, size), (node) => readNode(tiles, node));

/** The consistency proof between two sizes, from tiles that `tilesOf(planConsistency(…))` names. */
export const consistencyFromTiles = (
  tiles: ReadonlyMap<string, Uint8Array>,
  oldSize: number,
  newSize: number,
): Uint8Array[] => proofHashes(planConsistency(oldSize, newSize), (node) => readNode(tiles, node));

/** The tiles that appending to a log of `size` continues: they must be given to `appendToTiles`. */
export function openTiles(size: number): TileId[] {
  const open: TileId[] = [];
  for (let level = 0, width = size; width > 0; level += 1, width = Math.floor(width / WIDTH)) {
    if (width % WIDTH !== 0) open.push({ level, index: Math.floor(width / WIDTH) });
  }
  return open;
}

/** What an append changed: the new frontier and the tiles to store, whole. */
export interface Appended {
  readonly frontier: Frontier;
  readonly tiles: ReadonlyMap<string, TileId & { readonly hashes: Uint8Array }>;
  /** The head at each size that was asked for and passed on the way. */
  readonly heads: readonly Head[];
}

/** Appends leaf hashes; `open` are the stored bytes of `openTiles(frontier.size)`. */
export function appendToTiles(
  frontier: Frontier,
  open: ReadonlyMap<string, Uint8Array>,
  leaves: readonly Uint8Array[],
  headsAt: ReadonlySet<number> = new Set(),
): Appended {
  const rows = new Map<string, TileId & { parts: Uint8Array[] }>();
  const heads: Head[] = [];
  let current = frontier;
  for (const leaf of leaves) {
    current = appendLeaf(current, leaf, (node, hash) => {
      if (node.level % HEIGHT !== 0) return;
      const { level, index, offset } = placeOf(node);
      const key = tileKey({ level, index });
      const row = rows.get(key) ?? { level, index, parts: continued(open, key, offset) };
      row.parts.push(hash);
      rows.set(key, row);
    });
    if (headsAt.has(current.size)) heads.push({ size: current.size, root: frontierRoot(current) });
  }
  const tiles = new Map(
    [...rows].map(([key, { level, index, parts }]) => [
      key,
      { level, index, hashes: concatBytes(...parts) },
    ]),
  );
  return { frontier: current, tiles, heads };
}

function continued(
  open: ReadonlyMap<string, Uint8Array>,
  key: string,
  offset: number,
): Uint8Array[] {
  if (offset === 0) return [];
  const bytes = open.get(key);
  if (bytes?.length !== offset * HASH)
    throw new RangeError(`tile ${key} is not where the log ends`);
  return [bytes];
}
