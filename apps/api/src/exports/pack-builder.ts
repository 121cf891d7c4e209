import { rm, mkdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  BAGIT_TEXT,
  manifestText,
  PACK,
  packInfoText,
  publicKeyOf,
  publicKeyPem,
  sign,
  utf8,
} from '@plumbline/evidence';
import { collect, copyEvidence, type Progress } from './pack-collector.ts';
import { PackFolder, type PackedFile } from './pack-folder.ts';
import type { OpenFile, PackSource } from './pack-source.ts';
import type { Gap, PackSummary } from './pack-summary.ts';
import { zipOf } from './pack-zip.ts';
import { aboutInWords, reportHtml } from './report-html.ts';
import { reportPdf } from './report-pdf.ts';
import verifyScript from './verify.sh';
import { decisionsWorkbook, registerWorkbook } from './workbooks.ts';

/** The seeds that sign: the record's public half goes into the pack, the pack's signs it. */
export interface PackKeys {
  readonly pack: Uint8Array;
  readonly record: Uint8Array;
}

/** A finished pack on disk, to be taken as a stream before its folder is removed. */
export interface BuiltPack {
  readonly files: number;
  readonly gaps: readonly Gap[];
  zip(): Readable;
}

/**
 * Builds an evidence pack in an empty folder of its own. `withSource` gives the data of one moment;
 * evidence files are copied after that moment is let go, since a file of a hash never changes.
 */
export async function buildPack(
  root: string,
  {
    withSource,
    open,
    keys,
    progress,
  }: {
    withSource: <T>(work: (source: PackSource) => Promise<T>) => Promise<T>;
    open: OpenFile;
    keys: PackKeys;
    progress: Progress;
  },
): Promise<BuiltPack> {
  await rm(root, { recursive: true, force: true });
  await mkdir(root, { recursive: true });
  const folder = new PackFolder(root);
  const collected = await withSource((source) => collect(source, folder, progress));
  const summary = await copyEvidence(collected, folder, open, progress);
  await writeReports(summary, folder, progress);
  await progress('Signing', 0, 1);
  await seal(summary, folder, keys);
  const paths = [...folder.files.keys()];
  return { files: paths.length, gaps: summary.gaps, zip: () => zipOf(root, paths) };
}

async function writeReports(
  summary: PackSummary,
  folder: PackFolder,
  progress: Progress,
): Promise<void> {
  const reports: [string, () => Promise<Uint8Array>][] = [
    ['data/report.pdf', () => reportPdf(summary)],
    ['data/register.xlsx', () => registerWorkbook(summary)],
    ['data/decisions.xlsx', () => decisionsWorkbook(summary)],
  ];
  let done = 0;
  const total = reports.length + 1;
  await folder.write('data/report.html', Readable.from(reportHtml(summary)));
  for (const [path, make] of reports) {
    done += 1;
    await progress('Writing reports', done, total);
    await folder.write(path, await make());
  }
}

/** Adds what makes it a bag and signs it: the signature covers the tag list, which covers all else. */
async function seal(summary: PackSummary, folder: PackFolder, keys: PackKeys): Promise<void> {
  const payload = [...folder.files].filter(([path]) => path.startsWith(PACK.payload));
  await folder.write(PACK.manifest, manifestText(hashesOf(payload)));
  await folder.write(PACK.bagit, BAGIT_TEXT);
  await folder.write(
    PACK.info,
    packInfoText({
      organisation: summary.about.organisation.name,
      identifier: summary.about.reference,
      cutOff: summary.about.cutOff,
      scope: aboutInWords(summary),
      payloadBytes: payload.reduce((sum, [, { size }]) => sum + size, 0),
      payloadFiles: payload.length,
      entries: summary.record.entries,
      entriesUnproven: summary.record.unproven,
    }),
  );
  await folder.write(PACK.packKey, publicKeyPem(publicKeyOf(keys.pack)));
  await folder.write(PACK.recordKey, publicKeyPem(publicKeyOf(keys.record)));
  await folder.write('verify.sh', verifyScript);
  await folder.write('README.txt', readme(summary));
  const tags = [...folder.files].filter(([path]) => !path.startsWith(PACK.payload));
  const list = manifestText(hashesOf(tags));
  await folder.write(PACK.tagManifest, list);
  await folder.write(PACK.signature, sign(utf8(list), keys.pack));
}

const hashesOf = (files: readonly (readonly [string, PackedFile])[]) =>
  new Map(files.map(([path, { sha256 }]) => [path, sha256]));

const readme = ({ about, gaps, record }: PackSummary): string => `EVIDENCE PACK ${about.reference}

${about.organisation.name}, up to ${about.cutOff}.

READ FIRST
  data/report.html       the report, in any browser, without a network
  data/report.pdf        the same, for printing
  data/register.xlsx     AI systems, clauses and controls, evidence, measurements
  data/decisions.xlsx    decisions and their conditions

WHAT ELSE IS IN IT
  data/ai-systems/       each AI system as the register shows it
  data/runs/             each run with everything that happened in it
  data/decisions/        each decision; *.capsule.json is what was decided on, frozen
  data/workflows/        the workflow versions that the runs followed
  data/monitors/         what is watched, with all measurements
  data/evidence/         the evidence files, named by their SHA-256; data/evidence.json lists them
  data/requirements.json every clause and control: evidence, a justified exclusion, or a gap
  data/gaps.json         what could not be included, and why (${gaps.length})
  data/record/           entries of the record (${record.entries}) and what each was bound to
  tlog/                  the signed head of the record and a proof for each entry

CHECK IT
  bash verify.sh . <public key.pem>
  Take the public key from the organisation, or from the address of its Plumbline followed by
  /api/verification-keys, never from the folder keys/ of this pack. It needs bash, coreutils,
  findutils, grep, sed, awk, unzip and openssl, and no network.
  Or open the page /verify of any Plumbline: the file stays on your machine.

WHAT IT SHOWS AND WHAT NOT
  The record is tamper-evident: an entry that was changed, removed, added or moved after it was
  signed shows. It does not show that what people entered was true when they entered it.
`;
