import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  eventBytes,
  fromHex,
  leafHash,
  payloadBytes,
  payloadCommit,
  planInclusion,
  proofHashes,
  rootOf,
  signCheckpoint,
  text,
} from '@plumbline/evidence';
import type { PackSource } from '../../src/exports/pack-source.ts';
import { NotFound } from '../../src/platform/problems.ts';

const id = (n: number) => `01939f1e-7f2a-7000-8000-${String(n).padStart(12, '0')}`;
const AT = '2026-11-24T16:20:00.000Z';
export const KEYS = { pack: fromHex('01'.repeat(32)), record: fromHex('02'.repeat(32)) };

const SUBJECT = {
  id: id(1),
  reference: 'AIS-0001',
  name: '=HYPERLINK("http://x") <CV & Screener>',
};
const FILE = Buffer.from('minutes of the risk meeting\n');
export const FILE_HASH = createHash('sha256').update(FILE).digest('hex');
export const LOST_HASH = createHash('sha256').update('lost').digest('hex');

/** The store of the fixture: one file, and one that is lost. */
export const openFile = (sha256: string): Promise<Readable> =>
  sha256 === FILE_HASH ? Promise.resolve(Readable.from([FILE])) : Promise.reject(new NotFound());

/** A small organisation with everything in it, and a record of `entries` of which some may wait. */
export function packSource({ entries = 9, waiting = 0, link = false } = {}): PackSource {
  const made = Array.from({ length: entries + waiting }, (_, n) => {
    const payload = { n, text: 'a\\n"quoted" \u00e9 %s %d \\x41', weird: '","salt":"' };
    const salt = createHash('md5').update(`salt ${n}`).digest();
    const body = eventBytes({
      v: 1,
      id: id(100 + n),
      at: AT,
      actor: 'a1b2',
      action: 'ai-system.changed',
      entity: 'ai-system',
      entityId: SUBJECT.id,
      commit: payloadCommit(salt, payloadBytes(payload)),
    });
    return { n, body, salt, payload };
  });
  const leaves = made.slice(0, entries).map(({ body }) => leafHash(body));
  const read = ({ level, index }: { level: number; index: number }) =>
    rootOf(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const head = { size: entries, root: rootOf(leaves) };
  const note = signCheckpoint({ origin: 'plumbline.example/x/1', ...head }, KEYS.record);
  const workflow = { key: 'WF-RISK', name: 'Risk assessment', version: 2, hash: 'sha256:aa' };
  const capsule = '{"facts":{"tier":"high"}}';
  return {
    about: {
      reference: 'PK-0001',
      organisation: { id: id(0), name: 'Northgate Foods', slug: 'northgate-foods' },
      scopeStatement: 'All AI used in hiring.',
      aiSystem: SUBJECT,
      cutOff: AT,
      madeBy: 'Ines Audit',
      exceptions: [
        {
          rule: 'SOD-06',
          reason: 'We are four people.',
          compensatingControl: 'The adviser looks again each month.',
          declaredBy: 'Priya Shah',
          declaredAt: '2026-11-01T09:00:00.000Z',
          expiresOn: '2027-10-31',
          state: 'in-force',
        },
      ],
    },
    counts: { items: 6, entries: entries + waiting },
    checkpoint: { note, size: entries },
    requirements: () =>
      Promise.resolve([
        requirement('6.1.2', 'AI risk assessment', { said: true, shown: true, checked: true }),
        requirement('A.5.2', 'Impact assessment process', { said: true }),
        requirement('A.10.3', 'Suppliers', { exclusion: 'No supplier takes part.' }),
      ]),
    systems: () =>
      each({
        ...SUBJECT,
        ...{ stage: 'live', tier: 'high', path: 'full', gateState: 'passed' },
        ...{ residualLevel: 'moderate', nextReviewOn: '2027-01-05', purpose: '+1-800 @SUM(A1)' },
        ...{ kind: 'ai-agent', supplier: null, owner: 'Tom Reid', overseer: null },
        ...{ builders: [], fields: {}, facts: {}, missing: ['supplier'] },
        ...{ createdAt: AT, updatedAt: AT, version: 3 },
      }),
    runs: () =>
      each({
        ...{ id: id(2), aiSystem: SUBJECT, number: 1, workflow, status: 'ended' },
        ...{ outcome: 'accepted', startedBy: 'Tom Reid', startedAt: AT, endedAt: AT },
        events: [
          { seq: 1, at: AT, type: 'started', step: null, by: 'Tom Reid', firm: null, event: {} },
        ],
      }),
    decisions: () =>
      each({
        ...{ id: id(3), reference: 'DEC-0001', aiSystem: SUBJECT, runId: id(2), workflow },
        ...{ question: 'Accept the risk?', outcome: 'approve', effect: 'approve' },
        reason: '<script>alert(1)</script>',
        conditions: [{ text: '@cmd', owner: 'Tom Reid', due: '2026-12-24' }],
        ...{ by: 'Priya Shah', role: 'Approver', at: AT, capsule },
        capsuleHash: createHash('sha256').update(capsule).digest('hex'),
        recordEventId: id(100),
      }),
    monitors: () =>
      each({
        ...{ id: id(4), aiSystem: SUBJECT, metric: 'selection-rate-ratio', direction: 'at-least' },
        ...{ warning: 0.85, breach: 0.8, every: 'month', owner: null, state: 'ok' },
        measurements: [
          {
            ...{ windowFrom: '2026-10-01', windowTo: '2026-10-31', value: 0.91, sample: 400 },
            ...{ state: 'ok', note: '', by: null, at: AT },
          },
        ],
      }),
    evidence: () =>
      each({
        ...{ id: id(5), reference: 'EVD-0001', shows: 'The risk meeting', runId: id(2) },
        ...{ requirements: ['6.1.2'], aiSystem: SUBJECT, periodFrom: null, periodTo: null },
        versions: [
          version(2, { fileName: 'minutes.txt', sha256: FILE_HASH, size: FILE.length }),
          link
            ? version(1, { link: 'https://example.org/minutes' })
            : version(1, { fileName: 'old.txt', sha256: LOST_HASH, size: 4 }),
        ],
      }),
    workflows: () => each({ ...workflow, definition: { steps: [] } }),
    entries: () =>
      each(
        ...made.map(({ n, body, salt, payload }) => ({
          id: id(100 + n),
          body: text(body),
          payload: text(payloadBytes(payload)),
          saltHex: salt.toString('hex'),
          index: n < entries ? n : null,
        })),
      ),
    proof: (index) => Promise.resolve(proofHashes(planInclusion(index, entries), read)),
  };
}

async function* each<T>(...items: T[]): AsyncIterable<T> {
  yield* await Promise.resolve(items);
}

const requirement = (
  number: string,
  title: string,
  said: Partial<{ said: boolean; shown: boolean; checked: boolean; exclusion: string }>,
) => ({
  ...{ id: number, title, said: false, shown: false, checked: false },
  ...{ evidence: [], exclusion: null },
  ...said,
});

const version = (
  number: number,
  file: Partial<{ fileName: string; sha256: string; size: number; link: string }>,
) => ({
  ...{ version: number, fileName: null, mediaType: null, size: null, sha256: null, link: null },
  ...{ addedBy: 'Tom Reid', addedAt: AT },
  ...file,
});
