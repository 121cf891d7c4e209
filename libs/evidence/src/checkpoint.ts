import { base64, fromBase64 } from './encoding.ts';
import type { Head } from './merkle.ts';
import { type NoteVerifier, isNoteSignedBy, parseNote, signNote } from './signed-note.ts';

/** A head of one log, named by its origin (C2SP tlog-checkpoint). */
export interface Checkpoint extends Head {
  readonly origin: string;
}

/** The signed text of a checkpoint; the key's name is the origin. */
export const signCheckpoint = (checkpoint: Checkpoint, seed: Uint8Array): string =>
  signNote(`${checkpoint.origin}\n${checkpoint.size}\n${base64(checkpoint.root)}\n`, {
    name: checkpoint.origin,
    seed,
  });

/** A checkpoint's content, or null when it is not one. Its signature is not looked at. */
export function parseCheckpoint(note: string): Checkpoint | null {
  const parsed = parseNote(note);
  if (!parsed) return null;
  const [origin, size, root, ...rest] = parsed.text.split('\n');
  const bytes = fromBase64(root ?? '');
  if (!origin || !/^(0|[1-9]\d{0,15})$/.test(size ?? '') || bytes?.length !== 32) return null;
  // Extension lines would be signed words that nobody here reads.
  if (rest.length !== 1 || !Number.isSafeInteger(Number(size))) return null;
  return { origin, size: Number(size), root: bytes };
}

/** The checkpoint if it is well formed and signed by `publicKey` under its own origin, else null. */
export function openCheckpoint(note: string, publicKey: Uint8Array): Checkpoint | null {
  const parsed = parseNote(note);
  const checkpoint = parseCheckpoint(note);
  if (!parsed || !checkpoint) return null;
  const verifier: NoteVerifier = { name: checkpoint.origin, publicKey };
  return isNoteSignedBy(parsed, verifier) ? checkpoint : null;
}
