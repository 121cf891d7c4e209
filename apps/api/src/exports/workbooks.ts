import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { standingOf, type PackSummary } from './pack-summary.ts';
import { normalisedZip } from './pack-zip.ts';

/** The longest text that a cell can hold. */
const LONGEST = 32_767;

type Value = string | number | null;

/** Text as a cell that no program takes for a formula, without what XML cannot hold. */
function cell(value: Value): {
  value: string | number;
  type: StringConstructor | NumberConstructor;
} {
  if (typeof value === 'number') return { value, type: Number };
  const clean = (value ?? '')
    // eslint does not matter here: these are exactly the characters that XML 1.0 forbids.
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '');
  return {
    value: clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean,
    type: String,
  };
}

function sheet(name: string, heads: readonly string[], rows: Iterable<readonly Value[]>) {
  const data: SheetData = [heads.map((value) => ({ value, type: String, fontWeight: 'bold' }))];
  for (const row of rows) data.push(row.map(cell));
  return { sheet: name, data, stickyRowsCount: 1 };
}

async function workbook(sheets: ReturnType<typeof sheet>[]): Promise<Buffer> {
  return normalisedZip(await writeXlsxFile(sheets).toBuffer());
}

/** The register: AI systems, clauses and controls, evidence, measurements. */
export const registerWorkbook = (summary: PackSummary): Promise<Buffer> =>
  workbook([
    sheet(
      'AI systems',
      [
        ...['Reference', 'Name', 'Purpose', 'Kind', 'Supplier', 'Stage', 'Tier', 'Path', 'Gate'],
        ...['Residual risk', 'Owner', 'Overseer', 'Next review', 'Missing', 'Updated (UTC)'],
      ],
      summary.systems.map((s) => [
        ...[s.reference, s.name, s.purpose, s.kind, s.supplier, s.stage, s.tier, s.path],
        ...[s.gateState, s.residualLevel, s.owner, s.overseer, s.nextReviewOn],
        ...[s.missing.join(', '), s.updatedAt],
      ]),
    ),
    sheet(
      'Clauses and controls',
      ['Number', 'Topic', 'Standing', 'In words', 'Evidence'],
      summary.requirements.map((requirement) => {
        const { state, words } = standingOf(requirement);
        return [requirement.id, requirement.title, state, words, requirement.evidence.join(', ')];
      }),
    ),
    sheet(
      'Evidence',
      [
        ...['Reference', 'Shows', 'Serves', 'AI system', 'Version', 'File', 'Link', 'SHA-256'],
        ...['From', 'To', 'Added by', 'Added (UTC)'],
      ],
      summary.evidence.flatMap((e) =>
        e.versions.map((v) => [
          ...[e.reference, e.shows, e.requirements.join(', '), e.aiSystem?.reference ?? null],
          ...[v.version, v.fileName, v.link, v.sha256, e.periodFrom, e.periodTo],
          ...[v.addedBy, v.addedAt],
        ]),
      ),
    ),
    sheet(
      'Measurements',
      ['AI system', 'Metric', 'From', 'To', 'Value', 'Sample', 'State', 'Note', 'By', 'At (UTC)'],
      summary.monitors.flatMap((m) =>
        m.measurements.map((x) => [
          ...[m.aiSystem.reference, m.metric, x.windowFrom, x.windowTo, x.value, x.sample],
          ...[x.state, x.note, x.by, x.at],
        ]),
      ),
    ),
    sheet(
      'Not included',
      ['What', 'Why'],
      summary.gaps.map(({ what, why }) => [what, why]),
    ),
  ]);

/** Every decision, with who, on what authority, why, and the hash of what it was decided on. */
export const decisionsWorkbook = (summary: PackSummary): Promise<Buffer> =>
  workbook([
    sheet(
      'Decisions',
      [
        ...['Reference', 'AI system', 'Name', 'Workflow', 'Version', 'Question', 'Outcome'],
        ...['Effect', 'Reason', 'By', 'Role', 'At (UTC)', 'Capsule SHA-256', 'Entry of the record'],
      ],
      summary.decisions.map((d) => [
        ...[d.reference, d.aiSystem.reference, d.aiSystem.name, d.workflow.key],
        ...[d.workflow.version, d.question, d.outcome, d.effect, d.reason, d.by, d.role],
        ...[d.at, d.capsuleHash, d.recordEventId],
      ]),
    ),
    sheet(
      'Conditions',
      ['Decision', 'Condition', 'Owner', 'Due'],
      summary.decisions.flatMap((d) =>
        d.conditions.map((c) => [d.reference, c.text, c.owner, c.due]),
      ),
    ),
  ]);
