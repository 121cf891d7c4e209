import { PACK, payloadLine, proofPath, writeTlogProof } from '@plumbline/evidence';
import { Problem } from '../platform/problems.ts';
import { pathPart, type PackFolder } from './pack-folder.ts';
import type { OpenFile, PackEvidence, PackSource } from './pack-source.ts';
import type { Gap, PackSummary } from './pack-summary.ts';

/** Tells how far the work is; refuses to go on when the pack is no longer wanted. */
export type Progress = (phase: string, done: number, total: number) => Promise<void>;

/** Writes all data of one moment into the folder and answers what the reports need of it. */
export async function collect(
  source: PackSource,
  folder: PackFolder,
  progress: Progress,
): Promise<PackSummary> {
  let done = 0;
  const total = source.counts.items;
  const step = async (): Promise<void> => {
    done += 1;
    await progress('Collecting', done, Math.max(done, total));
  };
  const each = async <T, R>(items: AsyncIterable<T>, take: (item: T) => Promise<R>) => {
    const kept: R[] = [];
    for await (const item of items) {
      kept.push(await take(item));
      await step();
    }
    return kept;
  };

  await folder.writeJson('data/about.json', source.about);
  const requirements = await source.requirements();
  await folder.writeJson('data/requirements.json', requirements);
  const systems = await each(source.systems(), async (system) => {
    await folder.writeJson(`data/ai-systems/${pathPart(system.reference)}.json`, system);
    return system;
  });
  const runs = await each(source.runs(), async (run) => {
    const name = `${pathPart(run.aiSystem.reference)}-${run.number}`;
    await folder.writeJson(`data/runs/${name}.json`, run);
    const { events: _events, ...row } = run;
    return row;
  });
  const decisions = await each(source.decisions(), async ({ capsule, ...decision }) => {
    const name = `data/decisions/${pathPart(decision.reference)}`;
    await folder.writeJson(`${name}.json`, decision);
    // The exact text: its SHA-256 is the capsule's hash.
    await folder.write(`${name}.capsule.json`, capsule);
    return decision;
  });
  const monitors = await each(source.monitors(), async (monitor) => {
    await folder.writeJson(`data/monitors/${monitor.id}.json`, monitor);
    return monitor;
  });
  const evidence = await each(source.evidence(), (item) => Promise.resolve(item));
  await folder.writeJson('data/evidence.json', evidence.map(withPaths));
  await each(source.workflows(), (workflow) =>
    folder.writeJson(
      `data/workflows/${pathPart(workflow.key)}-v${workflow.version}.json`,
      workflow,
    ),
  );
  const record = await collectRecord(source, folder, progress);
  return {
    ...{ about: source.about, requirements, systems, runs, decisions, monitors, evidence, record },
    gaps: gapsOf(source, evidence, record.unproven),
  };
}

/** The entries, what they bind, and the proof of each that has a place in the signed record. */
async function collectRecord(
  source: PackSource,
  folder: PackFolder,
  progress: Progress,
): Promise<PackSummary['record']> {
  const { checkpoint, counts } = source;
  const lines: { proven: number; unproven: string[] } = { proven: 0, unproven: [] };
  const proven = async function* (): AsyncIterable<string> {
    for await (const entry of source.entries()) {
      if (checkpoint === null || entry.index === null || entry.index >= checkpoint.size) {
        lines.unproven.push(`${entry.body}\n`);
        continue;
      }
      lines.proven += 1;
      const hashes = await source.proof(entry.index);
      const proof = writeTlogProof({ index: entry.index, hashes, checkpoint: checkpoint.note });
      await folder.write(proofPath(lines.proven), proof);
      await progress('Proving the record', lines.proven, Math.max(lines.proven, counts.entries));
      yield `${entry.body}\n`;
    }
  };
  const payloads = async function* (): AsyncIterable<string> {
    for await (const { id, payload, saltHex } of source.entries())
      if (payload !== null && saltHex !== null) yield payloadLine(id, payload, saltHex);
  };
  await folder.write(PACK.events, proven());
  await folder.write(PACK.payloads, payloads());
  if (lines.unproven.length > 0) await folder.write(PACK.unproven, lines.unproven.join(''));
  if (checkpoint) await folder.write(PACK.checkpoint, checkpoint.note);
  return {
    entries: lines.proven + lines.unproven.length,
    unproven: lines.unproven.length,
    size: checkpoint?.size ?? 0,
    checkpoint: checkpoint?.note ?? null,
  };
}

function gapsOf(source: PackSource, evidence: readonly PackEvidence[], unproven: number): Gap[] {
  const gaps: Gap[] = evidence.flatMap(({ reference, versions }) =>
    versions
      .filter((version) => version.link !== null)
      .map((version) => ({
        what: `${reference} version ${version.version}: ${version.link!}`,
        why: 'It is a link. What it leads to is kept elsewhere and may change.',
      })),
  );
  if (unproven > 0)
    gaps.push({
      what: `Proofs of ${unproven} entries of the record`,
      why: 'They were not yet under a signed head when the pack was made. Make a pack later.',
    });
  if (source.checkpoint === null)
    gaps.push({ what: 'A signed head of the record', why: 'Nothing had been signed yet.' });
  return gaps;
}

/** Where the file of a version lies in the pack. */
export function evidencePath(version: {
  readonly sha256: string | null;
  readonly fileName: string | null;
}): string | null {
  if (version.sha256 === null) return null;
  const ending = /\.([A-Za-z0-9]{1,10})$/.exec(version.fileName ?? '')?.[1]?.toLowerCase();
  return `data/evidence/${version.sha256}${ending ? `.${ending}` : ''}`;
}

const withPaths = (item: PackEvidence) => ({
  ...item,
  versions: item.versions.map((version) => ({ ...version, path: evidencePath(version) })),
});

/** Copies every evidence file once. One that is lost or damaged becomes a gap, said in the pack. */
export async function copyEvidence(
  summary: PackSummary,
  folder: PackFolder,
  open: OpenFile,
  progress: Progress,
): Promise<PackSummary> {
  const files = new Map(
    summary.evidence.flatMap(({ reference, versions }) =>
      versions.map((version) => [evidencePath(version), { reference, ...version }] as const),
    ),
  );
  files.delete(null);
  const gaps: Gap[] = [...summary.gaps];
  let done = 0;
  for (const [path, { reference, fileName, sha256 }] of files) {
    const why = await copyOne(folder, path!, () => open(sha256!));
    if (why) gaps.push({ what: `${reference}: ${fileName ?? sha256!}`, why });
    done += 1;
    await progress('Copying evidence', done, files.size);
  }
  await folder.writeJson('data/gaps.json', gaps);
  return { ...summary, gaps };
}

/** Why the file could not be copied, or null when it was. */
async function copyOne(
  folder: PackFolder,
  path: string,
  open: () => ReturnType<OpenFile>,
): Promise<string | null> {
  try {
    await folder.write(path, await open());
    return null;
  } catch (error) {
    // The store says itself when a file is gone or is not what was stored; anything else is trouble.
    if (!(error instanceof Problem)) throw error;
    return error.status === 404 ? 'The file is missing from the store.' : error.message;
  }
}
