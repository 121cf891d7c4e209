import { hex, utf8 } from './encoding.ts';
import {
  emptyFrontier,
  frontierRoot,
  leafHash,
  planConsistency,
  planInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import {
  appendToTiles,
  consistencyFromTiles,
  inclusionFromTiles,
  openTiles,
  tileKey,
  tilesOf,
} from './tiles.ts';

const SIZE = 66_000; // one past a full tile of the second level
const leaves = Array.from({ length: SIZE }, (_, at) => leafHash(utf8(String(at))));

/** A log kept as rows, as the database does. */
function grow(batches: readonly number[]) {
  const stored = new Map<string, Uint8Array>();
  let frontier = emptyFrontier;
  let at = 0;
  for (const batch of batches) {
    const open = new Map(
      openTiles(frontier.size).map((tile) => [tileKey(tile), stored.get(tileKey(tile))!] as const),
    );
    const appended = appendToTiles(frontier, open, leaves.slice(at, at + batch), new Set([300]));
    for (const [key, { hashes }] of appended.tiles) stored.set(key, hashes);
    frontier = appended.frontier;
    at += batch;
    if (appended.heads[0])
      expect(hex(appended.heads[0].root)).toBe(hex(rootOf(leaves.slice(0, 300))));
  }
  return { stored, frontier };
}

describe('tiles', () => {
  const { stored, frontier } = grow([1, 254, 1, 1, 999, 64_279, 465]);
  const root = frontierRoot(frontier);
  const only = (plan: ReturnType<typeof planInclusion>) =>
    new Map(tilesOf(plan).map((tile) => [tileKey(tile), stored.get(tileKey(tile))!] as const));

  it('hold the same whether appended at once or in parts', () => {
    const whole = grow([SIZE]);
    expect(hex(root)).toBe(hex(frontierRoot(whole.frontier)));
    expect([...stored].map(([key, bytes]) => [key, hex(bytes)]).sort()).toEqual(
      [...whole.stored].map(([key, bytes]) => [key, hex(bytes)]).sort(),
    );
    expect([...stored.keys()].filter((key) => key.startsWith('2/'))).toEqual(['2/0']);
  });

  it.each([0, 1, 255, 256, 257, 65_535, 65_536, SIZE - 1])(
    'prove entry %i from the tiles named',
    (index) => {
      const proof = inclusionFromTiles(only(planInclusion(index, SIZE)), index, SIZE);
      expect(verifyInclusion({ index, size: SIZE, leaf: leaves[index]!, root }, proof)).toBe(true);
    },
  );

  it.each([1, 255, 256, 300, 65_536, 65_999])(
    'prove that the log extends its first %i entries',
    (oldSize) => {
      const proof = consistencyFromTiles(only(planConsistency(oldSize, SIZE)), oldSize, SIZE);
      const older = { size: oldSize, root: rootOf(leaves.slice(0, oldSize)) };
      expect(verifyConsistency(older, { size: SIZE, root }, proof)).toBe(true);
    },
  );

  it('refuse to go on from a tile that was cut', () => {
    expect(() => appendToTiles(frontier, new Map(), leaves.slice(0, 1))).toThrow(
      'where the log ends',
    );
    expect(() => inclusionFromTiles(new Map(), 0, SIZE)).toThrow('does not hold');
  });
});
