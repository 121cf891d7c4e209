import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, sameBytes } from './encoding.ts';

/** A complete subtree: the 2^level leaves that start at index × 2^level. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** The leaves from `from` up to, not including, `to`. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** What is needed to append to a log: its size and its complete subtrees, the largest first. */
export interface Frontier {
  readonly size: number;
  readonly nodes: readonly Uint8Array[];
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** SHA-256. */
export const hashBytes = (bytes: Uint8Array): Uint8Array => sha256(bytes);

/** RFC 6962 hash of an entry. */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concatBytes(LEAF, entry));

/** RFC 6962 hash of two subtrees. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array =>
  sha256(concatBytes(NODE, left, right));

/** The log without entries. */
export const emptyFrontier: Frontier = { size: 0, nodes: [] };

/**
 * The frontier after one more leaf hash. `completed` is told of every subtree that is now complete,
 * the leaf itself first: two hashes per leaf on average.
 */
export function appendLeaf(
  frontier: Frontier,
  leaf: Uint8Array,
  completed: (node: NodeId, hash: Uint8Array) => void = () => undefined,
): Frontier {
  const nodes = [...frontier.nodes];
  let hash = leaf;
  let level = 0;
  let index = frontier.size;
  completed({ level, index }, hash);
  while (index % 2 === 1) {
    hash = nodeHash(nodes.pop()!, hash);
    level += 1;
    index = (index - 1) / 2;
    completed({ level, index }, hash);
  }
  return { size: frontier.size + 1, nodes: [...nodes, hash] };
}

/** The root of the log that `frontier` describes; of an empty log the hash of nothing (RFC 6962 §2.1). */
export const frontierRoot = (frontier: Frontier): Uint8Array =>
  frontier.size === 0 ? sha256(new Uint8Array()) : foldRight(frontier.nodes);

/** The root over leaf hashes held in memory. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  let frontier = emptyFrontier;
  for (const leaf of leaves) frontier = appendLeaf(frontier, leaf);
  return frontierRoot(frontier);
}

/** A subtree root for every node of a proof; each inner list is folded into one proof hash. */
export type ProofPlan = readonly (readonly NodeId[])[];

/** Which complete subtrees an inclusion proof of entry `index` in a log of `size` is made of. */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
    throw new RangeError(`no entry ${index} in a log of ${size}`);
  }
  const spans: Span[] = [];
  let whole: Span = { from: 0, to: size };
  while (whole.to - whole.from > 1) {
    const middle = whole.from + splitPoint(whole.to - whole.from);
    const left = { from: whole.from, to: middle };
    const right = { from: middle, to: whole.to };
    spans.unshift(index < middle ? right : left);
    whole = index < middle ? left : right;
  }
  return spans.map(nodesOf);
}

/** Which complete subtrees show that the log of `newSize` extends the log of `oldSize`. */
export function planConsistency(oldSize: number, newSize: number): ProofPlan {
  if (!(Number.isSafeInteger(oldSize) && oldSize >= 1 && oldSize <= newSize)) {
    throw new RangeError(`a log of ${newSize} cannot extend one of ${oldSize}`);
  }
  const spans: Span[] = [];
  let whole: Span = { from: 0, to: newSize };
  // Whether the old log's root is the span in hand: then the verifier has it and needs no copy.
  let isOldRoot = true;
  while (whole.to !== oldSize) {
    const middle = whole.from + splitPoint(whole.to - whole.from);
    const left = { from: whole.from, to: middle };
    const right = { from: middle, to: whole.to };
    if (oldSize <= middle) {
      spans.unshift(right);
      whole = left;
    } else {
      spans.unshift(left);
      whole = right;
      isOldRoot = false;
    }
  }
  if (!isOldRoot) spans.unshift(whole);
  return spans.map(nodesOf);
}

/** The hashes of a planned proof, where `read` gives the root of a complete subtree. */
export const proofHashes = (plan: ProofPlan, read: (node: NodeId) => Uint8Array): Uint8Array[] =>
  plan.map((nodes) => foldRight(nodes.map(read)));

/** Whether `proof` shows that `leaf` is entry `index` of the log of `size` with `root` (RFC 9162 §2.1.3.2). */
export function verifyInclusion(
  claim: { index: number; size: number; leaf: Uint8Array; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  const { index, size, leaf, root } = claim;
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) {
    return false;
  }
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(hash, root);
}

/** A signed head: how many entries, and the root over them. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Whether `proof` shows that `newer` extends `older` and changed nothing in it (RFC 9162 §2.1.4.2). */
export function verifyConsistency(older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  if (!Number.isSafeInteger(older.size) || !Number.isSafeInteger(newer.size)) return false;
  if (older.size < 1 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && sameBytes(older.root, newer.root);

  let at = older.size - 1;
  let last = newer.size - 1;
  while (at % 2 === 1) {
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  // A complete old tree is itself the first node, so the proof does not repeat it.
  const steps = at === 0 ? [older.root, ...proof] : [...proof];
  const first = steps.shift();
  if (!first) return false;
  let oldHash = first;
  let newHash = first;
  for (const sibling of steps) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(oldHash, older.root) && sameBytes(newHash, newer.root);
}

/** The largest power of two smaller than `size` (size ≥ 2). */
function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The complete subtrees that make up a span of a plan, the largest first. */
function nodesOf(span: Span): NodeId[] {
  const nodes: NodeId[] = [];
  for (let from = span.from; from < span.to;) {
    let level = 0;
    while (2 ** (level + 1) <= span.to - from) level += 1;
    nodes.push({ level, index: from / 2 ** level });
    from += 2 ** level;
  }
  return nodes;
}

function foldRight(nodes: readonly Uint8Array[]): Uint8Array {
  return nodes.reduceRight((right, left) => nodeHash(left, right));
}
