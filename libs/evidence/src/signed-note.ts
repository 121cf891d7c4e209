import { ed25519 } from '@noble/curves/ed25519.js';
import { base64, concatBytes, fromBase64, hex, sameBytes, utf8 } from './encoding.ts';
import { hashBytes } from './merkle.ts';

/** The C2SP algorithm byte of an Ed25519 note signature. */
const ED25519 = Uint8Array.of(1);

/** A key that signs notes under a name: raw 32-byte Ed25519 seed and public key. */
export interface NoteSigner {
  readonly name: string;
  readonly seed: Uint8Array;
}

/** A key that checks notes signed under a name. */
export interface NoteVerifier {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

/** A signed note taken apart; nothing about its signatures has been checked yet. */
export interface Note {
  /** The signed text, with its last line feed. */
  readonly text: string;
  readonly signatures: readonly {
    readonly name: string;
    readonly keyHash: Uint8Array;
    readonly signature: Uint8Array;
  }[];
}

/** The public half of a 32-byte Ed25519 seed. */
export const publicKeyOf = (seed: Uint8Array): Uint8Array => ed25519.getPublicKey(seed);

/** A raw 64-byte Ed25519 signature. */
export const sign = (bytes: Uint8Array, seed: Uint8Array): Uint8Array => ed25519.sign(bytes, seed);

/** Whether `signature` is the holder's of `publicKey` over `bytes`, by the strict rules of RFC 8032. */
export function isSignedBy(
  bytes: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    return ed25519.verify(signature, bytes, publicKey, { zip215: false });
  } catch {
    // The library throws on bytes that are no point or no scalar: such a signature is simply not valid.
    return false;
  }
}

/** The four bytes by which a signature line tells its key (C2SP signed-note). */
export const keyHash = (key: NoteVerifier): Uint8Array =>
  hashBytes(concatBytes(utf8(`${key.name}\n`), ED25519, key.publicKey)).subarray(0, 4);

/** The one-line text of a verifier key: `<name>+<hash>+<base64 key>`. */
export const verifierKeyText = (key: NoteVerifier): string =>
  `${key.name}+${hex(keyHash(key))}+${base64(concatBytes(ED25519, key.publicKey))}`;

/** `text` with its signature line; the text must end with a line feed and hold no empty line at its end. */
export function signNote(text: string, signer: NoteSigner): string {
  if (!text.endsWith('\n') || text.endsWith('\n\n'))
    throw new RangeError('a note ends with one line feed');
  if (!/^[^\s+]+$/.test(signer.name)) throw new RangeError('a key name has no space and no plus');
  const publicKey = publicKeyOf(signer.seed);
  const line = concatBytes(
    keyHash({ name: signer.name, publicKey }),
    sign(utf8(text), signer.seed),
  );
  return `${text}\n— ${signer.name} ${base64(line)}\n`;
}

/** A note's text and signature lines, or null when it is not a note. */
export function parseNote(note: string): Note | null {
  const blank = note.lastIndexOf('\n\n');
  if (blank < 0 || !note.endsWith('\n')) return null;
  const signatures = note
    .slice(blank + 2, -1)
    .split('\n')
    .map((line) => /^— ([^\s+]+) (\S+)$/u.exec(line))
    .map((parts) => {
      const bytes = parts && fromBase64(parts[2]!);
      return bytes && bytes.length > 4
        ? { name: parts[1]!, keyHash: bytes.subarray(0, 4), signature: bytes.subarray(4) }
        : null;
    });
  if (signatures.some((line) => line === null)) return null;
  return { text: note.slice(0, blank + 1), signatures: signatures.filter((line) => line !== null) };
}

/** Whether the note carries a valid signature of `verifier`; lines of other keys do not matter. */
export const isNoteSignedBy = (note: Note, verifier: NoteVerifier): boolean =>
  note.signatures.some(
    (line) =>
      line.name === verifier.name &&
      sameBytes(line.keyHash, keyHash(verifier)) &&
      isSignedBy(utf8(note.text), line.signature, verifier.publicKey),
  );
