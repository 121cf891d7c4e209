import { utf8 } from './encoding.ts';

/** Where things lie in an evidence pack: BagIt 1.0 (RFC 8493) with a record and its proofs. */
export const PACK = {
  bagit: 'bagit.txt',
  info: 'bag-info.txt',
  manifest: 'manifest-sha256.txt',
  tagManifest: 'tagmanifest-sha256.txt',
  signature: 'signatures/tagmanifest-sha256.txt.sig',
  packKey: 'keys/pack.pub.pem',
  recordKey: 'keys/record.pub.pem',
  checkpoint: 'tlog/checkpoint',
  proofs: 'tlog/proofs/',
  events: 'data/record/events.jsonl',
  payloads: 'data/record/payloads.jsonl',
  unproven: 'data/record/unproven.jsonl',
  payload: 'data/',
} as const;

/** The proof of the `line`-th entry of the events file (the first is 1). */
export const proofPath = (line: number): string => `${PACK.proofs}${line}.tlog-proof`;

/** Paths that a pack may hold: plain ASCII, no empty, hidden or parent parts. */
export const isPackPath = (path: string): boolean =>
  /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/.test(path);

/** What `bagit.txt` says, always. */
export const BAGIT_TEXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** What `bag-info.txt` tells about a pack. */
export interface PackInfo {
  readonly organisation: string;
  readonly identifier: string;
  /** The moment up to which the pack tells things, RFC 3339. */
  readonly cutOff: string;
  readonly scope: string;
  readonly payloadBytes: number;
  readonly payloadFiles: number;
  readonly entries: number;
  readonly entriesUnproven: number;
}

/** The text of `bag-info.txt`. The same scope and cut-off give the same text. */
export const packInfoText = (info: PackInfo): string =>
  [
    ['Source-Organization', info.organisation],
    ['External-Identifier', info.identifier],
    ['Bagging-Date', info.cutOff.slice(0, 10)],
    ['Payload-Oxum', `${info.payloadBytes}.${info.payloadFiles}`],
    ['Plumbline-Cut-Off', info.cutOff],
    ['Plumbline-Scope', info.scope],
    ['Plumbline-Record-Entries', String(info.entries)],
    ['Plumbline-Record-Entries-Without-Proof', String(info.entriesUnproven)],
  ]
    // A line break in a name would start a field of its own.
    .map(([label, value]) => `${label}: ${value!.replace(/[\r\n]+/g, ' ')}\n`)
    .join('');

/** The fields of a `bag-info.txt`, by label. */
export const parsePackInfo = (info: string): ReadonlyMap<string, string> =>
  new Map(
    info
      .split('\n')
      .map((line) => /^([^:\s]+): (.*)$/.exec(line))
      .filter((field) => field !== null)
      .map((field) => [field[1]!, field[2]!]),
  );

/** A manifest's text: one `hash  path` line per file, sorted by path as bytes. */
export const manifestText = (hashes: ReadonlyMap<string, string>): string =>
  [...hashes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hash}  ${path}\n`)
    .join('');

/** The paths and hashes of a manifest, or null when a line is malformed, repeated or not ended. */
export function parseManifest(manifest: string): ReadonlyMap<string, string> | null {
  const lines = manifest.split('\n');
  if (lines.pop() !== '') return null;
  const hashes = new Map<string, string>();
  for (const line of lines) {
    const parts = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line);
    if (!parts || !isPackPath(parts[2]!) || hashes.has(parts[2]!)) return null;
    hashes.set(parts[2]!, parts[1]!);
  }
  return hashes;
}

/** One line of the payloads file: what happened, and the salt that binds it to its entry. */
export const payloadLine = (event: string, payload: string, saltHex: string): string =>
  `{"event":"${event}","payload":${payload},"salt":"${saltHex}"}\n`;

/** The parts of a payloads line, the payload as the exact bytes that were committed to. */
export function parsePayloadLine(
  line: string,
): { event: string; payload: Uint8Array; saltHex: string } | null {
  const parts = /^\{"event":"([0-9a-f-]{36})","payload":(.*),"salt":"([0-9a-f]{32})"\}$/s.exec(
    line,
  );
  return parts && { event: parts[1]!, payload: utf8(parts[2]!), saltHex: parts[3]! };
}
