import { describe, expect, it } from '@jest/globals';
import type { Import, ImportMapping } from '@plumbline/contracts';
import { mappingProblems } from './check-mapping.ts';
import { ColumnProfile } from './column-profile.ts';
import { Identities } from './identity.ts';
import { problemsCsv, safeCell } from './problems-csv.ts';
import { readDate, RowMapper } from './row-mapper.ts';
import { suggestMapping, suggestTargets } from './suggest.ts';

const mapping = (
  targets: Record<string, string | null>,
  more: Partial<ImportMapping> = {},
): ImportMapping => ({
  columns: Object.entries(targets).map(([column, target]) => ({ column, target, values: {} })),
  identity: [],
  createOrganisations: false,
  ...more,
});

describe('a row', () => {
  const columns = ['Name', 'What', 'Kind', 'Data', 'Stage', 'Go', 'Owner', 'Note'];
  const plan = mapping({
    ...{ Name: 'name', What: 'purpose', Kind: 'kind', Data: 'dataKinds', Stage: 'stage' },
    ...{ Go: 'targetDate', Owner: 'owner', Note: 'extra' },
  });
  plan.columns[4]!.values = { 'In  Production': 'live', Unknown: null };
  const mapper = new RowMapper(columns, plan);
  const map = (cells: Partial<Record<(typeof columns)[number], string>>) =>
    mapper.map({ row: 7, cells: columns.map((column) => cells[column] ?? '') });

  it('becomes a system, each value where its column goes', () => {
    const mapped = map({
      ...{ Name: '  Chat\n bot ', What: 'Answers.\nKindly.', Kind: 'AI AGENT (acts with tools)' },
      ...{ Data: 'Personal data; public', Stage: ' in production ', Go: '25 Nov 2026' },
      ...{ Owner: 'ana@example.org', Note: ' as is ' },
    });
    expect(mapped).toMatchObject({
      name: 'Chat bot',
      fields: {
        purpose: 'Answers.\nKindly.',
        kind: 'ai-agent',
        dataKinds: ['personal-data', 'public'],
        targetDate: '2026-11-25',
      },
      people: { owner: 'ana@example.org', overseer: '' },
      stage: 'live',
      extra: { Note: 'as is' },
      problems: [],
    });
  });

  it('says nothing about what it leaves empty, or what its mapping leaves out', () => {
    const mapped = map({ Name: 'Chat', Kind: ' ', Stage: 'unknown' });
    expect(mapped).toMatchObject({ fields: {}, stage: null, extra: {}, problems: [] });
  });

  it.each([
    ['no name', {}, null, 'error', /no name/],
    ['an unknown option', { Name: 'a', Kind: 'robot' }, 'Kind', 'error', /“robot” is no value/],
    ['an unknown part', { Name: 'a', Data: 'public; secret' }, 'Data', 'error', /“secret”/],
    ['a bad date', { Name: 'a', Go: '3/4/2026' }, 'Go', 'error', /cannot be read as a date/],
    ['a name too long', { Name: 'x'.repeat(301) }, 'Name', 'warning', /301 characters; 300/],
  ])('with %s has a problem with its place and a cure', (_, cells, column, severity, problem) => {
    const { problems } = map(cells);
    expect(problems).toEqual([
      {
        row: 7,
        column,
        severity,
        value: problems[0]?.value,
        problem: expect.stringMatching(problem),
        cure: expect.stringMatching(/\.$/),
      },
    ]);
  });

  it('keeps the whole of a text that is cut', () => {
    const { name, extra } = map({ Name: 'x'.repeat(301) });
    expect(name).toBe(`${'x'.repeat(299)}…`);
    expect(extra).toEqual({ Name: 'x'.repeat(301) });
  });
});

describe('readDate', () => {
  it.each([
    ['2026-11-25', '2026-11-25'],
    ['2026-11-25T10:00:00Z', '2026-11-25'],
    ['25 November 2026', '2026-11-25'],
    ['1 Feb. 2026', '2026-02-01'],
    ['2026-02-30', null],
    ['31 April 2026', null],
    ['11/25/2026', null],
    ['25.11.2026', null],
    ['N/A', null],
    ['1 Fob 2026', null],
    ['0001-01-01', null],
  ])('reads %s as %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });
});

describe('an identity', () => {
  it('counts equal rows in their order, so that all of them are found again', () => {
    const ids = () => {
      const identities = new Identities();
      return ['A', 'A', 'B', 'A'].map((name, at) =>
        identities.byColumns('org', ['Bureau', name], at + 2),
      );
    };
    const first = ids();
    expect(first.map(({ externalId }) => externalId)).toEqual([
      'Bureau / A',
      'Bureau / A (2)',
      'Bureau / B',
      'Bureau / A (3)',
    ]);
    expect(first.map(({ like }) => like)).toEqual([null, 2, null, 2]);
    expect(new Set(first.map(({ key }) => key)).size).toBe(4);
    expect(ids()).toEqual(first);
  });

  it('keeps organisations apart, and ids apart from columns', () => {
    const identities = new Identities();
    const ours = identities.byColumns('ours', ['A'], 2);
    const theirs = identities.byColumns('theirs', ['A'], 3);
    expect([ours.like, theirs.like]).toEqual([null, null]);
    expect(identities.byId('ours', 'A', 4)).toMatchObject({ takenBy: null });
    expect(identities.byId('ours', 'A', 5)).toMatchObject({ takenBy: 4 });
    expect(identities.byId('theirs', 'A', 6)).toMatchObject({ takenBy: null });
  });

  it('cannot be forged by moving text from one column to the next', () => {
    const identities = new Identities();
    const one = identities.byColumns('org', ['a', 'b c'], 2);
    const two = identities.byColumns('org', ['a b', 'c'], 3);
    expect(one.key).not.toBe(two.key);
  });
});

describe('a suggestion', () => {
  it.each([
    [
      ['Name', 'Vendor', 'Status', 'Shoe size'],
      ['name', 'supplier', 'stage', 'extra'],
    ],
    [
      ['AI system name', 'ID', 'Owner e-mail', 'Risk-class'],
      ['name', 'external-id', 'extra', 'tier'],
    ],
    [
      ['name', 'Title'],
      ['name', 'extra'],
    ],
  ])('for %j is %j', (columns, targets) => {
    expect(suggestTargets(columns)).toEqual(targets);
  });

  it('maps values that match by themselves', () => {
    const profile = new ColumnProfile(['Name', 'Stage']);
    for (const stage of ['Live', 'live', 'under review', 'Flying', '']) profile.add(['x', stage]);
    const [name, stage] = suggestMapping(profile.columns()).columns;
    expect(name).toEqual({ column: 'Name', target: 'name', values: {} });
    expect(stage).toEqual({
      ...{ column: 'Stage', target: 'stage' },
      values: { Live: 'live', live: 'live', 'under review': 'under-review' },
    });
  });

  it('shows samples, and values with their numbers only where they are few', () => {
    const profile = new ColumnProfile(['Few', 'Many']);
    for (let at = 0; at < 100; at += 1) profile.add([at % 3 === 0 ? 'yes' : 'no', `value ${at}`]);
    const [few, many] = profile.columns();
    expect(few?.distinct).toEqual([
      { value: 'no', count: 66 },
      { value: 'yes', count: 34 },
    ]);
    expect(many).toMatchObject({
      distinct: null,
      samples: ['value 0', 'value 1', 'value 2', 'value 3'],
    });
  });
});

describe('a mapping', () => {
  const columns = ['Name', 'Client', 'Stage'].map((name): Import['columns'][number] => ({
    name,
    samples: [],
    distinct: null,
    suggestion: null,
  }));
  const good = mapping({ Name: 'name', Client: 'organisation' });

  it('can be used when a name is in it, and the client at a firm', () => {
    expect(mappingProblems(columns, good, 'firm')).toEqual([]);
    expect(mappingProblems(columns, mapping({ Name: 'name' }), 'client')).toEqual([]);
  });

  it.each<[string, ImportMapping, RegExp]>([
    ['no name', mapping({ Client: 'organisation' }), /column with the name/],
    ['no client', mapping({ Name: 'name' }), /column that names the client/],
    [
      'an unknown column',
      mapping({ Name: 'name', Client: 'organisation', Oops: 'tier' }),
      /no column “Oops”/,
    ],
    [
      'an unknown target',
      mapping({ Name: 'name', Client: 'organisation', Stage: 'speed' }),
      /“speed” is nothing/,
    ],
    [
      'a target twice',
      mapping({ Name: 'name', Client: 'organisation', Stage: 'name' }),
      /“Name” already goes/,
    ],
    ['an unknown identity', { ...good, identity: ['Oops'] }, /no column “Oops”/],
    [
      'an unknown value',
      {
        ...good,
        columns: [...good.columns, { column: 'Stage', target: 'stage', values: { On: 'on' } }],
      },
      /“on” is no value/,
    ],
  ])('with %s is refused', (_, wrong, reason) => {
    const problems = mappingProblems(columns, wrong, 'firm');
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('the problems as CSV', () => {
  it.each([
    ['=HYPERLINK("http://evil")', `"'=HYPERLINK(""http://evil"")"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['plain', 'plain'],
    ['with, comma', '"with, comma"'],
    ['two\nlines', '"two\nlines"'],
  ])('write %j as %s', (value, cell) => {
    expect(safeCell(value)).toBe(cell);
  });

  it('open in a spreadsheet program', () => {
    const problem = {
      row: 2,
      column: 'Stage',
      value: '=1',
      severity: 'error',
      problem: 'No.',
      cure: 'Do.',
    } as const;
    expect(problemsCsv([problem])).toBe(
      `\uFEFFRow,Column,Value,Severity,Problem,What to do\r\n2,Stage,"'=1",error,No.,Do.\r\n`,
    );
  });
});
