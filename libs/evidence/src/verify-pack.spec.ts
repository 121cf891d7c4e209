import { canonicalJson } from './canonical-json.ts';
import { signCheckpoint } from './checkpoint.ts';
import { fromHex, hex, text, utf8 } from './encoding.ts';
import { eventBytes, payloadBytes, payloadCommit } from './event.ts';
import { hashBytes, leafHash, planInclusion, proofHashes, rootOf } from './merkle.ts';
import { BAGIT_TEXT, manifestText, PACK, packInfoText, payloadLine, proofPath } from './pack.ts';
import { publicKeyPem } from './public-key.ts';
import { publicKeyOf, sign } from './signed-note.ts';
import { writeTlogProof } from './tlog-proof.ts';
import { verifyPack } from './verify-pack.ts';

const packSeed = fromHex('01'.repeat(32));
const recordSeed = fromHex('02'.repeat(32));
const salt = '0a'.repeat(16);
const payloads = [
  { name: 'Copilot' },
  { stage: 'live' },
  { outcome: 'approve', reason: 'Low impact' },
];
const events = payloads.map((payload, at) =>
  eventBytes({
    v: 1,
    id: `01939f1e-7f2a-7000-8000-00000000000${at}`,
    at: `2026-11-24T16:2${at}:00.000Z`,
    actor: 'a1b2',
    action: 'ai-system.changed',
    entity: 'ai-system',
    entityId: '01939f1e-7f2a-7000-8000-000000000099',
    commit: payloadCommit(fromHex(salt), payloadBytes(payload)),
  }),
);

/** Everything but the lists and the signature, which `seal` adds. */
function contents({ unproven = 0 } = {}): Map<string, Uint8Array> {
  const leaves = events.map(leafHash);
  const read = ({ level, index }: { level: number; index: number }) =>
    rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const checkpoint = signCheckpoint(
    { origin: 'plumbline.example/northgate-foods/1', size: leaves.length, root: rootOf(leaves) },
    recordSeed,
  );
  const proven = events.slice(0, events.length - unproven);
  const lines = (bytes: readonly Uint8Array[]) =>
    utf8(bytes.map((line) => `${text(line)}\n`).join(''));
  return new Map<string, Uint8Array>([
    [PACK.bagit, utf8(BAGIT_TEXT)],
    [
      PACK.info,
      utf8(
        packInfoText({
          organisation: 'Northgate Foods',
          identifier: 'NF-7K2M',
          cutOff: '2026-11-24T16:30:00.000Z',
          scope: 'one AI system',
          payloadBytes: 1,
          payloadFiles: 1,
          entries: events.length,
          entriesUnproven: unproven,
        }),
      ),
    ],
    [PACK.packKey, utf8(publicKeyPem(publicKeyOf(packSeed)))],
    [PACK.recordKey, utf8(publicKeyPem(publicKeyOf(recordSeed)))],
    [PACK.checkpoint, utf8(checkpoint)],
    [PACK.events, lines(proven)],
    ...(unproven > 0 ? [[PACK.unproven, lines(events.slice(-unproven))] as const] : []),
    [
      PACK.payloads,
      utf8(
        payloads
          .map((payload, at) =>
            payloadLine(`01939f1e-7f2a-7000-8000-00000000000${at}`, canonicalJson(payload), salt),
          )
          .join(''),
      ),
    ],
    ['data/index.html', utf8('<!doctype html><title>Pack</title>')],
    ...proven.map(
      (_, index) =>
        [
          proofPath(index + 1),
          utf8(
            writeTlogProof({
              index,
              hashes: proofHashes(planInclusion(index, leaves.length), read),
              checkpoint,
            }),
          ),
        ] as const,
    ),
  ]);
}

function seal(files: Map<string, Uint8Array>, seed = packSeed): Map<string, Uint8Array> {
  const hashesOf = (belongs: (path: string) => boolean) =>
    manifestText(
      new Map(
        [...files]
          .filter(([path]) => belongs(path))
          .map(([path, bytes]) => [path, hex(hashBytes(bytes))]),
      ),
    );
  files.set(PACK.manifest, utf8(hashesOf((path) => path.startsWith(PACK.payload))));
  files.set(PACK.tagManifest, utf8(hashesOf((path) => !path.startsWith(PACK.payload))));
  files.set(PACK.signature, sign(files.get(PACK.tagManifest)!, seed));
  return files;
}

const check = (files: Map<string, Uint8Array>, options = {}) =>
  verifyPack(files, publicKeyOf(packSeed), options);
const edit = (path: string, change: (t: string) => string) => (files: Map<string, Uint8Array>) =>
  void files.set(path, utf8(change(text(files.get(path)!))));

describe('verifying a pack', () => {
  it('says that a whole pack is genuine', () => {
    const report = check(seal(contents()));
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({
      ok: true,
      result: 'genuine',
      heading: 'This file is genuine',
      text: 'Made by Northgate Foods on 24 November 2026; all 3 entries checked; nothing has changed.',
    });
    expect(report.checks.map(({ id, ok }) => [id, ok])).toEqual([
      ['signature', true],
      ['files', true],
      ['checkpoint', true],
      ['entries', true],
      ['payloads', true],
    ]);
  });

  it.each([
    ['entries had no proof yet', { unproven: 1 }, {}, '2 of 3 entries checked.'],
    ['the check was cut short', {}, { maxEntries: 1 }, '1 of 3 entries checked.'],
  ])('never says all was checked when %s', (_, made, options, words) => {
    const report = check(seal(contents(made)), options);
    expect(report).toMatchObject({ ok: false, result: 'partial', text: words, problems: [] });
    expect(report.heading).toBe('The file matches. Part of the record was checked');
  });

  it('does not know a pack that another key signed, or something else', () => {
    expect(
      check(
        seal(contents().set(PACK.packKey, utf8(publicKeyPem(publicKeyOf(recordSeed)))), recordSeed),
      ).result,
    ).toBe('unknown');
    expect(check(new Map([['letter.txt', utf8('hello')]]))).toMatchObject({
      ok: false,
      result: 'unknown',
    });
    expect(check(new Map())).toMatchObject({ ok: false, result: 'unknown' });
  });

  it('tells which file differs, with both hashes', () => {
    const files = seal(contents());
    edit('data/index.html', (html) => html.replace('Pack', 'Park'))(files);
    const report = check(files);
    expect(report).toMatchObject({
      ok: false,
      result: 'changed',
      heading: 'This file has been changed',
    });
    expect(report.problems[0]).toMatchObject({
      path: 'data/index.html',
      expected: expect.any(String),
      found: expect.any(String),
    });
    expect(report.text).toContain('Expected');
  });

  it('finds every single flipped bit, removed file and added file', () => {
    const whole = seal(contents());
    const missed: string[] = [];
    for (const [path, bytes] of whole) {
      const removed = new Map(whole);
      removed.delete(path);
      if (check(removed).ok) missed.push(`removed ${path}`);
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 5)) {
        const flipped = new Map(whole);
        flipped.set(
          path,
          bytes.map((byte, index) => (index === at ? byte ^ (1 << (at % 8)) : byte)),
        );
        if (check(flipped).ok) missed.push(`flipped ${path}:${at}`);
      }
    }
    for (const path of [
      'data/x',
      'x',
      'tlog/proofs/9.tlog-proof',
      'signatures/x',
      'data/record/unproven.jsonl',
    ]) {
      if (check(new Map(whole).set(path, utf8('x'))).ok) missed.push(`added ${path}`);
    }
    expect(missed).toEqual([]);
  });

  // A dishonest maker signs the lists again after the change: the record must still tell.
  it.each<[string, (files: Map<string, Uint8Array>) => void, string]>([
    [
      'an entry is changed',
      edit(PACK.events, (t) => t.replace('16:20', '16:19')),
      'is not in the signed record',
    ],
    [
      'an entry is left out',
      edit(PACK.events, (t) => t.slice(t.indexOf('\n') + 1)),
      'proofs for 2 entries',
    ],
    [
      'entries change places',
      edit(PACK.events, (t) => t.split('\n').slice(0, 3).reverse().join('\n') + '\n'),
      'is not in the signed record',
    ],
    [
      'a payload is changed',
      edit(PACK.payloads, (t) => t.replace('Low impact', 'No impact')),
      'was bound to',
    ],
    [
      'a payload has no entry',
      edit(PACK.payloads, (t) => t.replace('000000000001"', '000000000008"')),
      'was bound to',
    ],
    [
      'the head is changed',
      edit(PACK.checkpoint, (t) => t.replace('\n3\n', '\n4\n')),
      'not signed by its key',
    ],
    [
      'a proof is about another head',
      edit(proofPath(2), (t) => t.replace('\n3\n', '\n4\n')),
      'about another head',
    ],
    [
      'a proof is exchanged',
      (files) => void files.set(proofPath(2), files.get(proofPath(1))!),
      'not in the order',
    ],
    ['a path leads out', (files) => void files.set('data/../x', utf8('x')), 'missing or malformed'],
  ])('finds out when %s and the lists are signed again', (_, change, words) => {
    const files = contents();
    change(files);
    const report = check(seal(files));
    expect(report.ok).toBe(false);
    expect(report.problems.map(({ text: t }) => t).join('\n')).toContain(words);
  });
});
