/** One of the workflow patterns of the Workflow Patterns Initiative, and how it is met here. */
export interface Pattern {
  /** `WCP-1` … `WCP-43` for control flow, `WRP-1` … `WRP-43` for people. */
  readonly id: string;
  readonly name: string;
  /** The group it belongs to. */
  readonly group: string;
  /** What it asks for, in our own words. */
  readonly meaning: string;
  /** Whether the language says it in one word, by putting several together, or not at all. */
  readonly verdict: 'direct' | 'by idiom' | 'not supported';
  /** By what it is met, or why it is not. */
  readonly how: string;
}

/** A part of the page about patterns. */
export interface PatternPart {
  readonly title: string;
  readonly intro: string;
  readonly patterns: readonly Pattern[];
}

/** The page about patterns, as Markdown, before it is formatted. */
export function patternPage(parts: readonly PatternPart[]): string {
  return [
    '# Workflow patterns',
    '',
    'The [Workflow Patterns Initiative](http://www.workflowpatterns.com) has named what workflows ask',
    'of an engine. This page says for each of its patterns whether a workflow here can do it: in one',
    'word of the language (direct), by putting several words together (by idiom), or not, and why.',
    'Every one that is claimed is proved by a test.',
    ...parts.flatMap(partOf),
    '',
  ].join('\n');
}

/** A page with the alignment of its tables and the breaks of its lines left out. */
export function unformatted(page: string): string {
  return page.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ').trim();
}

function partOf({ title, intro, patterns }: PatternPart): readonly string[] {
  const groups = [...new Set(patterns.map(({ group }) => group))];
  const count = (verdict: Pattern['verdict']): number =>
    patterns.filter((pattern) => pattern.verdict === verdict).length;
  return [
    ...['', `## ${title}`, '', intro, ''],
    `${patterns.length} patterns: ${count('direct')} direct, ${count('by idiom')} by idiom, ` +
      `${count('not supported')} not supported.`,
    ...groups.flatMap((group) => [
      ...[
        '',
        `### ${group}`,
        '',
        '| Pattern | Asks for | Here | By what, or why not |',
        '| --- | --- | --- | --- |',
      ],
      ...patterns.filter((pattern) => pattern.group === group).map(rowOf),
    ]),
  ];
}

function rowOf({ id, name, meaning, verdict, how }: Pattern): string {
  return `| ${id} ${name} | ${meaning} | ${verdict} | ${how} |`;
}
