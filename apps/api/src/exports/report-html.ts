import { dayInWords, momentInWords, standingOf, type PackSummary } from './pack-summary.ts';

/** Text as HTML text or attribute value. */
const escape = (text: string): string =>
  text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

const cell = (value: string | number | null): string => escape(String(value ?? '–'));

const STYLE = `
  :root{color-scheme:light dark;--ink:#16242b;--paper:#fbfaf6;--line:#c9c5b8;--quiet:#55626a;--accent:#0b5563}
  @media (prefers-color-scheme:dark){:root{--ink:#ece9e0;--paper:#12191d;--line:#3c474d;--quiet:#a9b3b8;--accent:#7cc5d3}}
  body{margin:0 auto;max-width:70rem;padding:2rem 1.25rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
  h1{font-size:1.75rem;line-height:1.2} h2{margin-top:2.5rem;font-size:1.25rem} h3{font-size:1.05rem}
  .scroll{overflow-x:auto} table{border-collapse:collapse;width:100%;font-size:.9rem}
  th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
  caption{text-align:left;color:var(--quiet);padding-bottom:.4rem} code{overflow-wrap:anywhere}
  pre{white-space:pre-wrap;overflow-wrap:anywhere} a{color:var(--accent)} .quiet{color:var(--quiet)} dt{font-weight:600} dd{margin:0 0 .6rem}
  @media print{body{max-width:none;padding:0}}`;

function table(
  caption: string,
  heads: readonly string[],
  rows: Iterable<readonly (string | number | null)[]>,
): string {
  const head = heads.map((text) => `<th scope="col">${escape(text)}</th>`).join('');
  const body = Array.from(
    rows,
    (row) => `<tr>${row.map((v) => `<td>${cell(v)}</td>`).join('')}</tr>`,
  );
  if (body.length === 0) return `<p class="quiet">${escape(caption)}: none.</p>\n`;
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table>` +
    `<caption>${escape(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody></table></div>\n`
  );
}

/** The report as one page that needs nothing else: no script, no network, section by section. */
export function* reportHtml(summary: PackSummary): Iterable<string> {
  const { about, systems, decisions, evidence, runs, monitors, gaps, record } = summary;
  const title = `Evidence pack ${about.reference}: ${about.aiSystem?.name ?? about.organisation.name}`;
  yield (
    `<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>\n` +
    `<h1>${escape(title)}</h1>\n`
  );
  yield (
    `<dl><dt>Organisation</dt><dd>${escape(about.organisation.name)}</dd>` +
    `<dt>About</dt><dd>${escape(aboutInWords(summary))}</dd>` +
    `<dt>Scope of the management system</dt><dd>${cell(about.scopeStatement || null)}</dd>` +
    `<dt>Up to</dt><dd>${escape(momentInWords(about.cutOff))}</dd>` +
    `<dt>Made by</dt><dd>${escape(about.madeBy)}</dd>` +
    `<dt>Record</dt><dd>${escape(recordInWords(summary))}</dd></dl>\n` +
    `<p>${escape(HOW_TO_CHECK)}</p>\n`
  );
  yield '<h2 id="gaps">What is not in this pack</h2>\n';
  yield table(
    'Not included',
    ['What', 'Why'],
    gaps.map(({ what, why }) => [what, why]),
  );
  yield '<h2 id="exceptions">Declared exceptions to separation of duties</h2>\n';
  yield table(
    'Exceptions',
    ['Rule', 'Why', 'Compensating control', 'Declared by', 'Declared', 'Until', 'State'],
    about.exceptions.map((one) => [
      ...[one.rule, one.reason, one.compensatingControl, one.declaredBy],
      ...[dayInWords(one.declaredAt), dayInWords(one.expiresOn), one.state],
    ]),
  );
  yield '<h2 id="requirements">Clauses and controls</h2>\n';
  yield table(
    'Every clause and control, with evidence, a justified exclusion or a gap',
    ['Number', 'Topic', 'Standing', 'In words', 'Evidence'],
    summary.requirements.map((r) => {
      const { state, words } = standingOf(r);
      return [r.id, r.title, state, words, r.evidence.join(', ') || null];
    }),
  );
  yield '<h2 id="ai-systems">AI systems</h2>\n';
  yield table(
    'AI systems',
    ['Reference', 'Name', 'Stage', 'Tier', 'Residual risk', 'Owner', 'Next review', 'Missing'],
    systems.map((s) => [
      ...[s.reference, s.name, s.stage, s.tier, s.residualLevel, s.owner],
      ...[s.nextReviewOn && dayInWords(s.nextReviewOn), s.missing.join(', ') || null],
    ]),
  );
  yield '<h2 id="decisions">Decisions</h2>\n';
  yield table(
    'Decisions',
    [
      'Reference',
      'AI system',
      'Question',
      'Outcome',
      'Reason',
      'By',
      'When',
      'Decided on (SHA-256)',
    ],
    decisions.map((d) => [
      ...[d.reference, d.aiSystem.name, d.question, d.outcome, d.reason],
      ...[`${d.by}, ${d.role}`, momentInWords(d.at), d.capsuleHash],
    ]),
  );
  yield '<h2 id="runs">Runs</h2>\n';
  yield table(
    'Runs',
    ['AI system', 'Workflow', 'Version', 'State', 'Outcome', 'Started', 'Ended'],
    runs.map((r) => [
      ...[r.aiSystem.name, r.workflow.name, r.workflow.version, r.status, r.outcome],
      ...[momentInWords(r.startedAt), r.endedAt && momentInWords(r.endedAt)],
    ]),
  );
  yield '<h2 id="monitoring">Monitoring</h2>\n';
  yield table(
    'Measurements',
    ['AI system', 'Metric', 'From', 'To', 'Value', 'State', 'By'],
    monitors.flatMap((m) =>
      m.measurements.map((x) => [
        ...[m.aiSystem.name, m.metric, dayInWords(x.windowFrom), dayInWords(x.windowTo)],
        ...[x.value, x.state, x.by],
      ]),
    ),
  );
  yield '<h2 id="evidence">Evidence</h2>\n';
  yield table(
    'Evidence, every version',
    ['Reference', 'Shows', 'Serves', 'Version', 'File or link', 'Added by', 'Added', 'SHA-256'],
    evidence.flatMap((e) =>
      e.versions.map((v) => [
        ...[e.reference, e.shows, e.requirements.join(', ') || null, v.version],
        ...[v.fileName ?? v.link, v.addedBy, momentInWords(v.addedAt), v.sha256],
      ]),
    ),
  );
  if (record.checkpoint)
    yield `<h2 id="record">Signed head of the record</h2>\n<pre>${escape(record.checkpoint)}</pre>\n`;
  yield '</main></body></html>\n';
}

/** What to do with a pack, in two sentences. */
export const HOW_TO_CHECK =
  'To check that nothing here was changed, unpack the file and run: bash verify.sh . <key>. ' +
  'Take the public key from the organisation or from the address of its Plumbline, never from this pack.';

/** Whether the pack is about one AI system or the client. */
export const aboutInWords = ({ about, systems }: PackSummary): string =>
  about.aiSystem
    ? `One AI system: ${about.aiSystem.reference} ${about.aiSystem.name}`
    : `The whole organisation, ${systems.length} AI systems`;

/** How much of the record is here and proven. */
export const recordInWords = ({ record }: PackSummary): string =>
  `${record.entries} entries, ${record.entries - record.unproven} of them proven to be in a signed ` +
  `record of ${record.size}`;
