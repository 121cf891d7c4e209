import fc from 'fast-check';
import {
  askedAnswers,
  calculatedAnswers,
  checkAnswers,
  completeAnswers,
  visibleFields,
  visibleRowFields,
} from './answers.ts';
import type { FactDeclaration, Facts } from '../expressions/condition.ts';
import { dictionaryOf } from '../expressions/dictionary.ts';
import type { Field, FormDefinition } from '../definition/form.ts';
import { sampleAnswers } from './sample-answers.ts';

const option = (key: string) => ({ key, label: key });

const fields: readonly Field[] = [
  { key: 'name', label: 'Name', type: 'text', required: true, maxLength: 10 },
  { key: 'purpose', label: 'Purpose', type: 'longtext', required: false },
  { key: 'people', label: 'People affected', type: 'number', required: false, min: 0, max: 1000 },
  { key: 'goLive', label: 'Go-live', type: 'date', required: false },
  { key: 'owner', label: 'Owner', type: 'person', required: false },
  { key: 'team', label: 'Team', type: 'people', required: false },
  { key: 'bought', label: 'Bought?', type: 'yes-no', required: true },
  {
    ...{ key: 'supplier', label: 'Supplier', type: 'text', required: true },
    when: { fact: 'bought', is: 'equal', value: true },
  },
  { key: 'profiling', label: 'Profiling?', type: 'yes-no-unsure', required: false },
  {
    key: 'kind',
    label: 'Kind',
    type: 'select',
    required: false,
    options: [option('tool'), option('agent')],
  },
  {
    key: 'data',
    label: 'Data',
    type: 'multiselect',
    required: false,
    options: [option('health'), option('none')],
  },
  {
    key: 'harm',
    label: 'Harm',
    type: 'scale',
    required: false,
    min: 1,
    max: 3,
    labels: ['a', 'b', 'c'],
  },
  { key: 'proof', label: 'Proof', type: 'evidence', required: false },
];

const risks: Field & { readonly type: 'repeat' } = {
  ...{ key: 'risks', label: 'Risks', type: 'repeat', required: true, itemName: 'risk' },
  ...{ minRows: 1, maxRows: 3 },
  fields: [
    { key: 'title', label: 'Title', type: 'text', required: true },
    { key: 'treated', label: 'Treated?', type: 'yes-no', required: true },
    {
      ...{ key: 'how', label: 'How', type: 'text', required: true },
      when: {
        all: [
          { fact: 'treated', is: 'equal', value: true },
          { fact: 'bought', is: 'known' },
        ],
      },
    },
  ],
};

const form: FormDefinition = {
  sections: [
    { key: 'use', title: 'Use', fields },
    {
      ...{ key: 'risk', title: 'Risks', fields: [risks] },
      when: { fact: 'tier', is: 'equal', value: 'high' },
    },
  ],
};

const text = { kind: 'text' } as const;
const dictionary = dictionaryOf([
  { name: 'tier', type: text, source: 'subject' },
  ...(
    [
      ['name', text],
      ['purpose', text],
      ['people', { kind: 'number' }],
      ['goLive', { kind: 'date' }],
      ['owner', { kind: 'person' }],
      ['team', { kind: 'people' }],
      ['bought', { kind: 'boolean' }],
      ['supplier', text],
      ['profiling', { kind: 'choice', options: ['yes', 'no', 'unsure'] }],
      ['kind', { kind: 'choice', options: ['tool', 'agent'] }],
      ['data', { kind: 'choices', options: ['health', 'none'] }],
      ['harm', { kind: 'number' }],
      ['proof', { kind: 'evidence' }],
      ['risks', { kind: 'list', of: { title: text, treated: { kind: 'boolean' }, how: text } }],
    ] as const
  ).map(([name, type]): FactDeclaration => ({ name, type, source: 'form' })),
]);

const good: Facts = { name: 'Helper', bought: false };
const check = (answers: Facts, facts: Facts = {}) => checkAnswers(form, dictionary, facts, answers);

describe('answers', () => {
  it('are well when every required question is answered', () => {
    expect(check(good)).toEqual([]);
  });

  it.each<[string, Facts, string | RegExp]>([
    ['name', { name: '   ' }, 'Answer “Name”.'],
    ['name', { name: 'Much too long' }, '“Name” may have 10 characters; it has 13. Shorten it.'],
    ['name', { name: 7 }, 'Answer “Name” in words.'],
    ['name', { name: 'a\u0000b' }, /cannot be kept/],
    ['name', { name: 'a\ud800' }, /cannot be kept/],
    ['purpose', { purpose: 'x'.repeat(10_001) }, /10000 characters/],
    ['people', { people: '7' }, 'Give a number for “People affected”.'],
    ['people', { people: Number.NaN }, /Give a number/],
    ['people', { people: -1 }, '“People affected” must be 0 or more.'],
    ['people', { people: 1001 }, '“People affected” must be 1000 or less.'],
    ['goLive', { goLive: '2027-02-30' }, /Give a real date/],
    ['goLive', { goLive: '31.01.2027' }, /Give a real date/],
    ['owner', { owner: 7 }, /Choose a person/],
    ['team', { team: ['ana', 'ana'] }, /each once/],
    ['team', { team: 'ana' }, /Choose people/],
    ['bought', { bought: null }, 'Answer “Bought?”.'],
    ['bought', { bought: 'yes' }, /yes or no/],
    ['supplier', { bought: true }, 'Answer “Supplier”.'],
    ['profiling', { profiling: 'maybe' }, /yes, no or unsure/],
    ['kind', { kind: 'constructor' }, /options offered/],
    ['data', { data: ['health', 'health'] }, /each once/],
    ['data', { data: ['other'] }, /options offered/],
    ['harm', { harm: 1.5 }, /whole number/],
    ['harm', { harm: 4 }, /3 or less/],
    ['proof', { proof: [''] }, /Choose evidence/],
    ['supplier', { supplier: 'Acme' }, /not asked/],
    ['stranger', { stranger: 1 }, /no such question/],
    ['risks', { risks: [], name: 'x' }, /not asked/],
  ])('%s: %j', (path, change, message) => {
    const problems = check({ ...good, ...change });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('of rows carry the row in their path', () => {
    const facts = { tier: 'high' };
    const rows: readonly Facts[] = [
      { title: 'Bias', treated: false },
      { title: '', treated: true },
      { title: 'Leak', treated: false, how: 'x', other: 1 },
    ];
    expect(check({ ...good, risks: rows }, facts).map(({ path }) => path)).toEqual([
      ...['risks.1.title', 'risks.1.how', 'risks.2.how', 'risks.2.other'],
    ]);
    expect(check({ ...good, risks: [...rows, ...rows] }, facts)[0]?.message).toBe(
      '“Risks” may have 3 × risk; it has 6. Remove some.',
    );
    expect(check({ ...good, risks: ['Bias'] }, facts)[0]?.message).toBe('Answer “Risks” in rows.');
    expect(check(good, facts)).toEqual([{ path: 'risks', message: 'Answer “Risks”.' }]);
  });

  it('may leave out optional rows', () => {
    const optional: FormDefinition = {
      sections: [{ ...form.sections[1]!, fields: [{ ...risks, required: false, minRows: 0 }] }],
    };
    const facts = { tier: 'high' };
    expect(checkAnswers(optional, dictionary, facts, {})).toEqual([]);
    expect(checkAnswers(optional, dictionary, facts, { risks: [] })).toEqual([]);
    expect(sampleAnswers(optional, dictionary, facts)).toEqual({});
  });

  it('to questions that are not asked are dropped, and become unknown facts', () => {
    const all: Facts = {
      ...good,
      supplier: 'Acme',
      risks: [{ title: 'Bias', treated: false, how: 'x' }],
    };
    expect(askedAnswers(form, dictionary, {}, all)).toEqual(good);
    const asked = askedAnswers(form, dictionary, { tier: 'high' }, all);
    expect(asked).toEqual({ ...good, risks: [{ title: 'Bias', treated: false }] });
    expect(completeAnswers(form, dictionary, {}, { ...good, purpose: ' ' })).toMatchObject({
      ...{ name: 'Helper', purpose: null, supplier: null, risks: null, harm: null },
    });
  });

  it('show what is asked next, in the form and in its rows', () => {
    const keys = (answers: Facts, facts: Facts = {}) =>
      visibleFields(form, dictionary, facts, answers).map(({ key, fields: asked }) => [
        key,
        asked.some((field) => field.key === 'supplier'),
      ]);
    expect(keys({})).toEqual([['use', false]]);
    expect(keys({ bought: true }, { tier: 'high' })).toEqual([
      ['use', true],
      ['risk', false],
    ]);
    // What an earlier visit answered does not count: only the answers given now do.
    expect(keys({}, { bought: true })).toEqual([['use', false]]);
    const context = { dictionary, facts: {}, answers: good };
    const asked = visibleRowFields(risks, context, { treated: true });
    expect(asked.map(({ key }) => key)).toEqual(['title', 'treated', 'how']);
  });

  it('made as samples are always well', () => {
    for (const tier of ['high', 'low']) {
      for (const bought of [true, false]) {
        const answers = sampleAnswers(form, dictionary, { tier }, { bought });
        expect(check(answers, { tier })).toEqual([]);
      }
    }
  });

  it('of any kind are judged without failing', () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            [...fields.map(({ key }) => key), 'risks', '__proto__', 'constructor'].map((key) => [
              key,
              fc.jsonValue(),
            ]),
          ),
          { requiredKeys: [] },
        ),
        (answers) => {
          const given = answers as Facts;
          const problems = check(given, { tier: 'high' });
          expect(Array.isArray(problems)).toBe(true);
          const asked = askedAnswers(form, dictionary, { tier: 'high' }, given);
          for (const key of Object.keys(asked)) expect(dictionary.types.has(key)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what a form works out', () => {
  const number = { kind: 'number' } as const;
  const priced = dictionaryOf([
    { name: 'price', type: number, source: 'form' },
    { name: 'count', type: number, source: 'form' },
    { name: 'each', type: number, source: 'form' },
    { name: 'dear', type: { kind: 'boolean' }, source: 'form' },
    { name: 'why', type: { kind: 'text' }, source: 'form' },
    { name: 'parts', type: { kind: 'list', of: { cost: number, double: number } }, source: 'form' },
  ]);
  const worked = (key: string, cel: string, gives: 'number' | 'yes-no' = 'number'): Field => ({
    ...{ key, label: key, type: 'calculated', required: true, value: { cel }, gives },
  });
  const asked = (key: string): Field => ({ key, label: key, type: 'number', required: false });
  const prices: FormDefinition = {
    sections: [
      {
        ...{ key: 's', title: 'S' },
        fields: [
          ...[asked('price'), asked('count'), worked('each', 'price / count')],
          worked('dear', 'each > 10', 'yes-no'),
          {
            ...{ key: 'why', label: 'Why', type: 'text', required: true },
            when: { fact: 'dear', is: 'equal', value: true },
          },
          {
            ...{ key: 'parts', label: 'Parts', type: 'repeat', required: false, itemName: 'part' },
            ...{ minRows: 0, maxRows: 3, fields: [asked('cost'), worked('double', 'cost * 2')] },
          },
        ],
      },
    ],
  };
  const complete = (answers: Facts) => completeAnswers(prices, priced, {}, answers);

  it('is kept with the answers, also in rows, and opens questions', () => {
    const answers = { price: 30, count: 2, why: 'Good.', parts: [{ cost: 4 }] };
    expect(checkAnswers(prices, priced, {}, answers)).toEqual([]);
    expect(complete(answers)).toMatchObject({
      ...{ each: 15, dear: true, parts: [{ cost: 4, double: 8 }] },
    });
    expect(calculatedAnswers(prices, priced, {}, { price: 30 })).toEqual({
      each: null,
      dear: null,
    });
  });

  it('is not known where it cannot be worked out, and asked for by nobody', () => {
    expect(complete({ price: 30, count: 0 })).toMatchObject({ each: null, dear: null, why: null });
    expect(sampleAnswers(prices, priced, {})).toEqual({});
  });

  it('cannot be typed', () => {
    const typed = { price: 1, each: 99, parts: [{ double: 3 }] };
    expect(checkAnswers(prices, priced, {}, typed).map(({ path }) => path)).toEqual([
      ...['each', 'parts.0.double'],
    ]);
    expect(askedAnswers(prices, priced, {}, typed)).toEqual({ price: 1, parts: [{}] });
  });
});
