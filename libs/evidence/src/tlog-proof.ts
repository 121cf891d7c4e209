import { base64, fromBase64 } from './encoding.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** Why an entry is in a log: where, the sibling hashes, and the signed head they lead to. */
export interface TlogProof {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The checkpoint's whole text. */
  readonly checkpoint: string;
}

/** The text of a proof (C2SP tlog-proof@v1). */
export const writeTlogProof = (proof: TlogProof): string =>
  [HEADER, `index ${proof.index}`, ...proof.hashes.map(base64), '', proof.checkpoint].join('\n');

/** A proof taken apart, or null when it is not one. Nothing is verified. */
export function parseTlogProof(proof: string): TlogProof | null {
  const blank = proof.indexOf('\n\n');
  if (blank < 0) return null;
  const [header, index, ...lines] = proof.slice(0, blank).split('\n');
  const position = /^index (0|[1-9]\d{0,15})$/.exec(index ?? '');
  if (header !== HEADER || !position) return null;
  const hashes = lines.map(fromBase64).filter((hash) => hash?.length === 32);
  if (hashes.length !== lines.length) return null;
  return {
    index: Number(position[1]),
    hashes: hashes.filter((hash) => hash !== null),
    checkpoint: proof.slice(blank + 2),
  };
}
