import { fromHex, hex, utf8 } from './encoding.ts';
import {
  appendLeaf,
  emptyFrontier,
  frontierRoot,
  leafHash,
  nodeHash,
  planConsistency,
  planInclusion,
  proofHashes,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type NodeId,
} from './merkle.ts';

/** The eight entries that the implementations of RFC 6962 test each other with. */
const ENTRIES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(fromHex);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const MOST = 70;
const leaves = Array.from({ length: MOST }, (_, at) => leafHash(utf8(`entry ${at}`)));

/** The definition of RFC 6962 §2.1, word by word: what the frontier is compared with. */
function definition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 1) return hashes[0]!;
  let k = 1;
  while (k * 2 < hashes.length) k *= 2;
  return nodeHash(definition(hashes.slice(0, k)), definition(hashes.slice(k)));
}

const read = ({ level, index }: NodeId) =>
  definition(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const flip = (bytes: Uint8Array) => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte));

describe('the Merkle tree', () => {
  it('has the known roots of RFC 6962', () => {
    expect(ROOTS.map((_, size) => hex(rootOf(ENTRIES.slice(0, size).map(leafHash))))).toEqual(
      ROOTS,
    );
  });

  it('appends to the same roots as the definition, with at most log2 n + 1 nodes', () => {
    let frontier = emptyFrontier;
    for (let size = 1; size <= MOST; size += 1) {
      frontier = appendLeaf(frontier, leaves[size - 1]!);
      expect(hex(frontierRoot(frontier))).toBe(hex(definition(leaves.slice(0, size))));
      expect(frontier.nodes.length).toBeLessThanOrEqual(Math.floor(Math.log2(size)) + 1);
    }
  });

  it(`proves every entry of every log up to ${MOST}, and no other`, () => {
    let checked = 0;
    for (let size = 1; size <= MOST; size += 1) {
      const root = definition(leaves.slice(0, size));
      for (let index = 0; index < size; index += 1) {
        const proof = proofHashes(planInclusion(index, size), read);
        const claim = { index, size, leaf: leaves[index]!, root };
        const wrong = [
          verifyInclusion({ ...claim, leaf: flip(claim.leaf) }, proof),
          verifyInclusion({ ...claim, root: flip(root) }, proof),
          verifyInclusion(claim, [...proof, root]),
          size > 1 && verifyInclusion(claim, proof.slice(1)),
          size > 1 && verifyInclusion({ ...claim, index: (index + 1) % size }, proof),
        ];
        if (verifyInclusion(claim, proof) && wrong.every((accepted) => !accepted)) checked += 1;
      }
    }
    expect(checked).toBe((MOST * (MOST + 1)) / 2);
  });

  it(`proves that every log up to ${MOST} extends each smaller one, and no other`, () => {
    let checked = 0;
    for (let newSize = 1; newSize <= MOST; newSize += 1) {
      const newer = { size: newSize, root: definition(leaves.slice(0, newSize)) };
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const older = { size: oldSize, root: definition(leaves.slice(0, oldSize)) };
        const proof = proofHashes(planConsistency(oldSize, newSize), read);
        const wrong = [
          verifyConsistency({ ...older, root: flip(older.root) }, newer, proof),
          verifyConsistency(older, { ...newer, root: flip(newer.root) }, proof),
          verifyConsistency(older, newer, [...proof, newer.root]),
          proof.length > 0 && verifyConsistency(older, newer, proof.slice(1)),
          proof.length > 0 && verifyConsistency(older, newer, [flip(proof[0]!), ...proof.slice(1)]),
        ];
        if (verifyConsistency(older, newer, proof) && wrong.every((accepted) => !accepted))
          checked += 1;
      }
    }
    expect(checked).toBe((MOST * (MOST + 1)) / 2);
  });

  it('refuses positions that a log does not have', () => {
    expect(() => planInclusion(3, 3)).toThrow(RangeError);
    expect(() => planInclusion(0.5, 3)).toThrow(RangeError);
    expect(() => planConsistency(4, 3)).toThrow(RangeError);
    expect(() => planConsistency(0, 3)).toThrow(RangeError);
    expect(verifyInclusion({ index: -1, size: 1, leaf: leaves[0]!, root: leaves[0]! }, [])).toBe(
      false,
    );
    expect(
      verifyConsistency({ size: 0, root: leaves[0]! }, { size: 1, root: leaves[0]! }, []),
    ).toBe(false);
  });
});
