import {
  applyMapping,
  firstMapping,
  mapColumn,
  mappingProblems,
  obviousOption,
  unmatched,
  type Target,
} from './mapping.ts';

const STAGES = [
  { key: 'live', label: 'In use' },
  { key: 'under-review', label: 'Under review' },
];
const target = (key: string, more: Partial<Target> = {}): [string, Target] => [
  key,
  { key, label: key, options: null, many: false, ...more },
];
const targets = new Map([
  target('name'),
  target('organisation'),
  target('external-id'),
  target('purpose'),
  target('supplier'),
  target('stage', { options: STAGES }),
  target('extra', { many: true }),
]);
const column = (name: string, suggestion: string | null = null, values: string[] = []) => ({
  name,
  samples: values,
  distinct: values.length > 0 ? values.map((value) => ({ value, count: 1 })) : null,
  suggestion,
});

describe('obviousOption', () => {
  it.each([
    ['Live', 'live'],
    ['IN USE', 'live'],
    ['Under Review', 'under-review'],
    ['Implementation and Assessment', undefined],
  ])('reads %s as %s', (value, key) => {
    expect(obviousOption(value, STAGES)).toBe(key);
  });
});

describe('firstMapping', () => {
  const columns = [
    column('Agency', 'organisation'),
    column('Use case', 'name'),
    column('Status', 'stage', ['Live', 'Planned']),
  ];

  it('takes suggestions, matches values that name themselves, and goes by organisation and name', () => {
    const mapping = firstMapping({ columns, mapping: null }, targets);
    expect(mapping.columns[2]).toEqual({
      column: 'Status',
      target: 'stage',
      values: { Live: 'live' },
    });
    expect(mapping.identity).toEqual(['Agency', 'Use case']);
    expect(unmatched(columns[2]!, mapping.columns[2]!, targets)).toBe(1);
  });

  it('keeps what was chosen before', () => {
    const chosen = { columns: [], identity: ['Use case'], createOrganisations: true };
    expect(firstMapping({ columns, mapping: chosen }, targets)).toBe(chosen);
  });
});

describe('mapColumn', () => {
  it('has no values to match where any text will do', () => {
    const vendor = column('Vendor', null, ['A', 'B']);
    const mapping = mapColumn(vendor, 'supplier', targets);
    expect(mapping.values).toEqual({});
    expect(unmatched(vendor, mapping, targets)).toBe(0);
  });
});

describe('mappingProblems', () => {
  const to = (name: string, key: string | null) => ({ column: name, target: key, values: {} });
  const mapping = { createOrganisations: false, identity: ['Use case'] };

  it('is content with a name and an identity', () => {
    expect(mappingProblems({ ...mapping, columns: [to('Use case', 'name')] }, targets)).toEqual([]);
  });

  it('wants a name', () => {
    expect(mappingProblems({ ...mapping, columns: [to('Use case', 'purpose')] }, targets)).toEqual([
      { kind: 'needsName' },
    ]);
  });

  it('wants something that tells rows apart, unless there is an id', () => {
    const columns = [to('Use case', 'name')];
    expect(mappingProblems({ ...mapping, identity: [], columns }, targets)).toEqual([
      { kind: 'needsIdentity' },
    ]);
    const withId = [...columns, to('Nr', 'external-id')];
    expect(mappingProblems({ ...mapping, identity: [], columns: withId }, targets)).toEqual([]);
  });

  it('refuses two columns for one field, but not for what is kept as it is', () => {
    const columns = [to('A', 'name'), to('B', 'name'), to('C', 'extra'), to('D', 'extra')];
    expect(mappingProblems({ ...mapping, columns }, targets)).toEqual([
      { kind: 'twice', target: 'name', columns: ['A', 'B'] },
    ]);
  });
});

describe('applyMapping', () => {
  it('matches by name and leaves new columns alone', () => {
    const now = {
      columns: [
        { column: 'Use case', target: null, values: {} },
        { column: 'New', target: 'extra', values: {} },
      ],
      identity: [],
      createOrganisations: false,
    };
    const saved = {
      columns: [
        { column: 'Use case', target: 'name', values: {} },
        { column: 'Gone', target: 'purpose', values: {} },
      ],
      identity: ['Use case', 'Gone'],
      createOrganisations: true,
    };
    expect(applyMapping(now, saved)).toEqual({
      matched: 1,
      mapping: {
        columns: [saved.columns[0], now.columns[1]],
        identity: ['Use case'],
        createOrganisations: true,
      },
    });
  });
});
