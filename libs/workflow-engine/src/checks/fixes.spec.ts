import type { DefinitionProblem, DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { DecisionTable, Step, WorkflowDefinition } from '../definition/definition.ts';
import { applyFix } from './fix.ts';
import type { Field } from '../definition/form.ts';
import { aDefinition, end, task } from '../testing/samples.data.ts';
import { check, fact, form } from '../testing/steps.ts';
import { validateDefinition } from './validate.ts';

const facts = [
  fact('go', 'boolean', 'subject'),
  fact('size', 'number', 'subject'),
  fact('tier', 'text', 'table'),
];
const go = { fact: 'go', is: 'equal', value: true } as const;

function withTable(change: Partial<DecisionTable>): Step {
  return {
    ...{ type: 'table', id: 't', stage: 'main', name: 'Table', next: [{ to: 'e' }] },
    table: {
      ...{ key: 'DT-1', name: 'Table', hit: 'first', inputs: ['size'] },
      outputs: [fact('tier', 'text', 'table')],
      rules: [
        { when: { fact: 'size', is: 'at-least', value: 10 }, then: { tier: 'a' } },
        { when: { fact: 'size', is: 'below', value: 10 }, then: { tier: 'b' } },
      ],
      ...change,
    },
  };
}
const of = (...steps: Step[]) => aDefinition(steps[0]?.id ?? '', [...steps, end('e')], facts);

const problemOf = (
  definition: WorkflowDefinition,
  code: DefinitionProblemCode,
): DefinitionProblem => {
  const found = validateDefinition(definition).find((one) => one.code === code);
  if (!found) throw new Error('It is not found.');
  return found;
};

const question = (key: string): Field => ({
  key,
  label: key,
  type: 'select',
  required: true,
  options: [{ key: 'x', label: 'X' }],
});

const mendable: readonly [string, DefinitionProblemCode, WorkflowDefinition][] = [
  [
    'a step without a way on',
    'no-way-on',
    of(task('a', '', { next: [{ to: 'b', when: go }, { to: 'e' }] }), task('b', '', { next: [] })),
  ],
  [
    'no way when no condition holds',
    'no-default',
    of(task('a', '', { next: [{ to: 'e', when: go }] })),
  ],
  [
    'ways after one without a condition',
    'never-chosen',
    of(task('a', '', { next: [{ to: 'e' }, { to: 'e', when: go }] })),
  ],
  [
    'a way that no case takes',
    'never-chosen',
    of(
      check(
        'a',
        '',
        {},
        {
          next: [{ to: 'e', when: { any: [go, { not: go }] } }, { to: 'e', when: go }, { to: 'e' }],
        },
      ),
    ),
  ],
  ['a step that nothing leads to', 'unreachable-step', of(task('a', 'e'), task('b', 'e'))],
  [
    'an ending that is skipped',
    'cannot-skip',
    aDefinition('a', [task('a', 'e'), { ...end('e'), when: go }], facts),
  ],
  ['a question without a fact', 'undeclared-fact', of(form('a', 'e', [question('kind')]))],
  ['inputs that no row looks at', 'bad-table', of(withTable({ inputs: ['size', 'go'] }))],
  ['rows that look at other facts', 'bad-table', of(withTable({ inputs: [] }))],
  [
    'a row that never counts',
    'never-chosen',
    of(
      withTable({
        rules: [
          { when: { fact: 'size', is: 'above', value: 3 }, then: { tier: 'a' } },
          { when: { fact: 'size', is: 'above', value: 5 }, then: { tier: 'b' } },
          { then: { tier: 'c' } },
        ],
      }),
    ),
  ],
];

describe('a fix', () => {
  it.each(mendable)('mends %s, and nothing else is wrong then', (_, code, definition) => {
    const before = JSON.stringify(definition);
    const { fix } = problemOf(definition, code);
    if (!fix) throw new Error('There is no fix.');
    expect(fix.words).toMatch(/^[A-Z].*\.$/);
    const mended = applyFix(definition, fix);
    if (!mended) throw new Error('The fix does not fit.');
    expect(validateDefinition(mended)).toEqual([]);
    expect(JSON.stringify(definition)).toBe(before);
  });

  it('does not fit a definition that has changed since', () => {
    const [, code, definition] = mendable[0] ?? [];
    if (!definition || !code) throw new Error('The samples have changed.');
    const { fix } = problemOf(definition, code);
    if (!fix) throw new Error('There is no fix.');
    const changed = { ...definition, steps: definition.steps.slice(1) };
    expect(applyFix(changed, fix)).toBeNull();
  });

  it.each([
    [{ op: 'remove', path: '/nothing' }],
    [{ op: 'remove', path: '/steps/9' }],
    [{ op: 'remove', path: '/steps/-1' }],
    [{ op: 'replace', path: '/steps/0/none/deeper', value: 1 }],
    [{ op: 'add', path: '/surplus', value: 1 }],
    [{ op: 'add', path: '/__proto__/polluted', value: 1 }],
    [{ op: 'remove', path: '' }],
    [{ op: 'replace', path: '', value: null }],
    [{ op: 'test', path: '/name', value: 'Another' }],
  ] as const)('that leads nowhere or to no definition changes nothing: %j', (change) => {
    expect(applyFix(of(task('a', 'e')), { words: 'No.', changes: [change] })).toBeNull();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('the cases of a step', () => {
  const messages = (definition: WorkflowDefinition) =>
    validateDefinition(definition).map(({ message }) => message);

  it('show a combination that no row fits', () => {
    const rules = [
      { when: { all: [{ fact: 'size', is: 'above', value: 3 }, go] }, then: { tier: 'a' } },
    ] as const;
    expect(messages(of(withTable({ inputs: ['size', 'go'], rules })))).toEqual([
      'No row fits when “size” is 2 and “go” is yes: the run does not go on then. Add a row.',
    ]);
  });

  it('show rows that hold at once where they may not', () => {
    const rules = [
      { when: { fact: 'size', is: 'at-least', value: 3 }, then: { tier: 'a' } },
      { when: { fact: 'size', is: 'at-most', value: 3 }, then: { tier: 'b' } },
    ] as const;
    expect(messages(of(withTable({ hit: 'unique', rules })))).toEqual([
      'Rows 1 and 2 hold at once when “size” is 3.',
    ]);
    expect(messages(of(withTable({ hit: 'first', rules })))).toEqual([]);
    const same = rules.map(({ when }) => ({ when, then: { tier: 'a' } }));
    expect(messages(of(withTable({ hit: 'any', rules: same })))).toEqual([]);
  });

  it('are not made up where an expression is written by hand', () => {
    const rules = [{ when: { cel: 'size > 3.0' }, then: { tier: 'a' } }];
    expect(messages(of(withTable({ rules })))).toEqual([]);
  });
});
