import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import { dayInWords, momentInWords, standingOf, type PackSummary } from './pack-summary.ts';
import { aboutInWords, HOW_TO_CHECK, recordInWords } from './report-html.ts';

/** Rows of one table in the PDF: it is for reading; the workbooks have everything. */
const MOST_ROWS = 300;

const fonts = dirname(
  createRequire(import.meta.url).resolve('pdfmake/fonts/Roboto/Roboto-Regular.ttf'),
);
const font = (name: string): string => join(fonts, name);

pdfmake.setFonts({
  Roboto: {
    normal: font('Roboto-Regular.ttf'),
    bold: font('Roboto-Medium.ttf'),
    italics: font('Roboto-Italic.ttf'),
    bolditalics: font('Roboto-MediumItalic.ttf'),
  },
});
// Nothing is fetched, and only the fonts above are read, whatever a text in the report says.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => dirname(path) === fonts);

type Cell = string | number | null;

const text = (value: Cell): string => String(value ?? '–');

function table(heads: readonly string[], widths: readonly (string | number)[], rows: Cell[][]) {
  if (rows.length === 0) return [{ text: 'None.', style: 'quiet' }];
  const shown = rows.slice(0, MOST_ROWS);
  return [
    {
      layout: 'lightHorizontalLines',
      table: {
        headerRows: 1,
        widths,
        body: [
          heads.map((head) => ({ text: head, bold: true })),
          ...shown.map((row) => row.map((value) => ({ text: text(value) }))),
        ],
      },
    },
    ...(rows.length > shown.length
      ? [
          {
            text: `${shown.length} of ${rows.length} shown; all are in the workbooks.`,
            style: 'quiet',
          },
        ]
      : []),
  ];
}

const section = (title: string, ...content: object[]) => [
  { text: title, style: 'section', headlineLevel: 1 },
  ...content,
];

/** The report as a tagged PDF with fonts of its own. The same summary gives the same bytes. */
export function reportPdf(summary: PackSummary): Promise<Buffer> {
  const { about, systems, decisions, evidence, gaps } = summary;
  const subject = about.aiSystem?.name ?? about.organisation.name;
  const cutOff = new Date(about.cutOff);
  const definition = {
    pageSize: 'A4',
    pageMargins: [42, 48, 42, 48],
    version: '1.7',
    language: 'en-GB',
    tagged: true,
    displayTitle: true,
    info: {
      title: `Evidence pack ${about.reference}: ${subject}`,
      author: about.organisation.name,
      creator: 'Plumbline',
      producer: 'Plumbline',
      creationDate: cutOff,
      modDate: cutOff,
    },
    defaultStyle: { font: 'Roboto', fontSize: 8.5, lineHeight: 1.2 },
    styles: {
      title: { fontSize: 20, bold: true, margin: [0, 0, 0, 8] },
      section: { fontSize: 13, bold: true, margin: [0, 16, 0, 6] },
      quiet: { color: '#55626a', margin: [0, 4, 0, 0] },
    },
    footer: (page: number, pages: number) => ({
      text: `${about.reference} · up to ${momentInWords(about.cutOff)} · page ${page} of ${pages}`,
      alignment: 'center',
      fontSize: 7.5,
      color: '#55626a',
      margin: [0, 16, 0, 0],
    }),
    content: [
      { text: `Evidence pack: ${subject}`, style: 'title' },
      ...table(
        ['', ''],
        [130, '*'],
        [
          ['Organisation', about.organisation.name],
          ['About', aboutInWords(summary)],
          ['Scope of the management system', about.scopeStatement || null],
          ['Up to', momentInWords(about.cutOff)],
          ['Made by', about.madeBy],
          ['Record', recordInWords(summary)],
        ],
      ),
      { text: HOW_TO_CHECK, style: 'quiet' },
      ...section(
        'What is not in this pack',
        ...table(
          ['What', 'Why'],
          ['*', '*'],
          gaps.map(({ what, why }) => [what, why]),
        ),
      ),
      ...section(
        'Declared exceptions to separation of duties',
        ...table(
          ['Rule', 'Why', 'Compensating control', 'Declared', 'Until', 'State'],
          [45, '*', '*', 95, 70, 50],
          about.exceptions.map((one) => [
            ...[one.rule, one.reason, one.compensatingControl],
            `${one.declaredBy}, ${dayInWords(one.declaredAt)}`,
            ...[dayInWords(one.expiresOn), one.state],
          ]),
        ),
      ),
      ...section(
        'Clauses and controls',
        ...table(
          ['Number', 'Topic', 'Standing', 'In words'],
          [45, 150, 45, '*'],
          summary.requirements.map((requirement) => {
            const { state, words } = standingOf(requirement);
            return [requirement.id, requirement.title, state, words];
          }),
        ),
      ),
      ...section(
        'AI systems',
        ...table(
          ['Reference', 'Name', 'Stage', 'Tier', 'Owner', 'Next review'],
          [52, '*', 60, 50, 90, 80],
          systems.map((s) => [
            ...[s.reference, s.name, s.stage, s.tier, s.owner],
            s.nextReviewOn && dayInWords(s.nextReviewOn),
          ]),
        ),
      ),
      ...section(
        'Decisions',
        ...table(
          ['Reference', 'Question', 'Outcome', 'Reason', 'By', 'When'],
          [52, 110, 60, '*', 80, 70],
          decisions.map((d) => [
            ...[d.reference, d.question, d.outcome, d.reason],
            ...[`${d.by}, ${d.role}`, momentInWords(d.at)],
          ]),
        ),
      ),
      ...section(
        'Evidence',
        ...table(
          ['Reference', 'Shows', 'Serves', 'File or link', 'Added'],
          [52, '*', 70, 120, 80],
          evidence.map((e) => {
            const newest = e.versions.at(0);
            return [
              ...[e.reference, e.shows, e.requirements.join(', ') || null],
              ...[
                newest?.fileName ?? newest?.link ?? null,
                newest ? dayInWords(newest.addedAt) : null,
              ],
            ];
          }),
        ),
      ),
    ],
  };
  return pdfmake.createPdf(definition).getBuffer();
}
