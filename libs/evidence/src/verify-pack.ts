import { openCheckpoint, type Checkpoint } from './checkpoint.ts';
import { fromHex, hex, text, utf8 } from './encoding.ts';
import { parseEvent, payloadCommit, type EventBody } from './event.ts';
import { hashBytes, leafHash, verifyInclusion } from './merkle.ts';
import {
  PACK,
  BAGIT_TEXT,
  parseManifest,
  parsePackInfo,
  parsePayloadLine,
  proofPath,
} from './pack.ts';
import { parsePublicKeyPem } from './public-key.ts';
import { isSignedBy } from './signed-note.ts';
import { parseTlogProof } from './tlog-proof.ts';
import { verdictWords, type VerifyResult } from './verdict.ts';

/** One thing that was looked at, in a sentence. */
export interface PackCheck {
  readonly id: 'signature' | 'files' | 'checkpoint' | 'entries' | 'payloads';
  readonly ok: boolean;
  readonly text: string;
}

/** One thing that is not as it was signed. */
export interface PackProblem {
  readonly path: string;
  readonly text: string;
  readonly expected?: string;
  readonly found?: string;
}

/** What checking a pack found. `ok` only when nothing is wrong and nothing was left unchecked. */
export interface PackReport {
  readonly ok: boolean;
  readonly result: VerifyResult;
  readonly heading: string;
  readonly text: string;
  readonly checks: readonly PackCheck[];
  readonly problems: readonly PackProblem[];
  readonly entries: { readonly checked: number; readonly total: number };
}

type Files = ReadonlyMap<string, Uint8Array>;

/**
 * Checks an unpacked evidence pack against the public key (raw, 32 bytes) that the reader has from
 * elsewhere: signature, every file, signed head of the record, proof of every entry. `maxEntries`
 * stops early; the result is then `partial`, never `genuine`.
 */
export function verifyPack(
  files: Files,
  publicKey: Uint8Array,
  { maxEntries = Number.POSITIVE_INFINITY }: { maxEntries?: number } = {},
): PackReport {
  const problems: PackProblem[] = [];
  const checks: PackCheck[] = [];
  const check = (
    id: PackCheck['id'],
    done: string,
    work: (report: (problem: PackProblem) => void) => void,
  ) => {
    const before = problems.length;
    work((problem) => problems.push(problem));
    const found = problems.length - before;
    checks.push({
      id,
      ok: found === 0,
      text: found === 0 ? done : `${done} Problems found: ${found}.`,
    });
  };

  check('signature', 'The list of files is signed with the key you gave.', (report) =>
    checkSignature(files, publicKey, report),
  );
  check('files', `${files.size} files compared with the signed lists.`, (report) =>
    checkFiles(files, report),
  );
  let checkpoint: Checkpoint | null = null;
  check('checkpoint', 'The head of the record is signed.', (report) => {
    checkpoint = checkCheckpoint(files, report);
  });
  const lines = readLines(files, PACK.events);
  const unproven = readLines(files, PACK.unproven).length;
  const checked = Math.min(lines.length, maxEntries);
  const total = lines.length + unproven;
  const entries = { checked, total };
  check('entries', `${checked} of ${total} entries proved to be in the record.`, (report) =>
    checkEntries(files, lines.slice(0, checked), lines.length, checkpoint, report),
  );
  check('payloads', 'What happened matches what each entry was bound to.', (report) =>
    checkPayloads(files, lines, report),
  );

  const result = resultOf(files, problems.length > 0, checked < total);
  const info = parsePackInfo(textOf(files, PACK.info) ?? '');
  const words = verdictWords(result, {
    madeBy: info.get('Source-Organization') ?? '',
    madeOn: info.get('Bagging-Date') ?? '',
    entries,
    problem: problems[0],
  });
  return { ok: result === 'genuine', result, ...words, checks, problems, entries };
}

function resultOf(files: Files, wrong: boolean, incomplete: boolean): VerifyResult {
  if (!wrong) return incomplete ? 'partial' : 'genuine';
  const isPack =
    files.has(PACK.tagManifest) || files.has(PACK.signature) || files.has(PACK.manifest);
  return isPack && !isSignedByItsOwnKeyOnly(files) ? 'changed' : 'unknown';
}

/** Whether the pack is sound in itself but its signer is not the one whose key was given. */
function isSignedByItsOwnKeyOnly(files: Files): boolean {
  const own = parsePublicKeyPem(textOf(files, PACK.packKey) ?? '');
  if (!own) return false;
  const problems: PackProblem[] = [];
  checkSignature(files, own, (problem) => problems.push(problem));
  checkFiles(files, (problem) => problems.push(problem));
  return problems.length === 0;
}

function checkSignature(
  files: Files,
  key: Uint8Array,
  report: (problem: PackProblem) => void,
): void {
  const manifest = files.get(PACK.tagManifest);
  const signature = files.get(PACK.signature);
  if (!manifest) report({ path: PACK.tagManifest, text: 'The signed list is missing.' });
  if (!signature) report({ path: PACK.signature, text: 'The signature is missing.' });
  if (manifest && signature && !isSignedBy(manifest, signature, key)) {
    report({ path: PACK.signature, text: 'The signature is not one of this key over this list.' });
  }
}

function checkFiles(files: Files, report: (problem: PackProblem) => void): void {
  if (textOf(files, PACK.bagit) !== BAGIT_TEXT) {
    report({ path: PACK.bagit, text: 'This is not what a pack starts with.' });
  }
  const inPayload = (path: string) => path.startsWith(PACK.payload);
  const isTag = (path: string) =>
    !inPayload(path) && path !== PACK.tagManifest && path !== PACK.signature;
  checkManifest(files, PACK.manifest, inPayload, report);
  checkManifest(files, PACK.tagManifest, isTag, report);
}

function checkManifest(
  files: Files,
  path: string,
  belongs: (path: string) => boolean,
  report: (problem: PackProblem) => void,
): void {
  const listed = parseManifest(textOf(files, path) ?? ' ');
  if (!listed) {
    report({ path, text: 'The list of files is missing or malformed.' });
    return;
  }
  for (const [file, expected] of listed) {
    const bytes = files.get(file);
    const found = bytes && hex(hashBytes(bytes));
    if (!found) report({ path: file, text: 'This file is missing.', expected });
    else if (found !== expected)
      report({ path: file, text: 'This file has been changed.', expected, found });
    if (!belongs(file)) report({ path: file, text: `This file does not belong in ${path}.` });
  }
  for (const file of files.keys()) {
    if (belongs(file) && !listed.has(file))
      report({ path: file, text: 'This file has been added.' });
  }
}

function checkCheckpoint(files: Files, report: (problem: PackProblem) => void): Checkpoint | null {
  const key = parsePublicKeyPem(textOf(files, PACK.recordKey) ?? '');
  const note = textOf(files, PACK.checkpoint);
  if (!key)
    report({ path: PACK.recordKey, text: 'The key of the record is missing or malformed.' });
  if (!note) report({ path: PACK.checkpoint, text: 'The signed head of the record is missing.' });
  if (!key || !note) return null;
  const checkpoint = openCheckpoint(note, key);
  if (!checkpoint)
    report({ path: PACK.checkpoint, text: 'The head of the record is not signed by its key.' });
  return checkpoint;
}

function checkEntries(
  files: Files,
  lines: readonly string[],
  all: number,
  checkpoint: Checkpoint | null,
  report: (problem: PackProblem) => void,
): void {
  const proofs = [...files.keys()].filter((path) => path.startsWith(PACK.proofs));
  if (proofs.length !== all) {
    report({ path: PACK.proofs, text: `There are ${proofs.length} proofs for ${all} entries.` });
  }
  const note = textOf(files, PACK.checkpoint);
  let previous = -1;
  lines.forEach((line, at) => {
    const path = proofPath(at + 1);
    const proof = parseTlogProof(textOf(files, path) ?? '');
    if (!proof || proof.checkpoint !== note || !checkpoint) {
      report({ path, text: 'The proof is missing, malformed or about another head.' });
      return;
    }
    if (!parseEvent(line)) report({ path: PACK.events, text: `Line ${at + 1} is not an entry.` });
    if (proof.index <= previous)
      report({ path, text: 'The entries are not in the order of the record.' });
    previous = proof.index;
    const claim = { ...checkpoint, index: proof.index, leaf: leafHash(utf8(line)) };
    if (!verifyInclusion(claim, proof.hashes)) {
      report({ path, text: `Entry ${at + 1} is not in the signed record.` });
    }
  });
}

function checkPayloads(
  files: Files,
  lines: readonly string[],
  report: (problem: PackProblem) => void,
): void {
  const entries = [...lines, ...readLines(files, PACK.unproven)];
  const events = new Map(
    entries
      .map(parseEvent)
      .filter((event): event is EventBody => event !== null)
      .map((event) => [event.id, event.commit]),
  );
  readLines(files, PACK.payloads).forEach((line, at) => {
    const parsed = parsePayloadLine(line);
    const expected = parsed && events.get(parsed.event);
    const found = parsed && payloadCommit(fromHex(parsed.saltHex), parsed.payload);
    if (!parsed || !expected || found !== expected) {
      report({ path: PACK.payloads, text: `Line ${at + 1} is not what its entry was bound to.` });
    }
  });
}

/** The file as text, or null when it is missing or is not text. */
function textOf(files: Files, path: string): string | null {
  const bytes = files.get(path);
  if (!bytes) return null;
  try {
    return text(bytes);
  } catch {
    // Not UTF-8: the caller reports the file as malformed.
    return null;
  }
}

function readLines(files: Files, path: string): string[] {
  const lines = (textOf(files, path) ?? '').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
