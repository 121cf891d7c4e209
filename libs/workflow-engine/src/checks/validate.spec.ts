import type { DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { FactDeclaration } from '../expressions/condition.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import type { Field } from '../definition/form.ts';
import { aDefinition, approval, end, outcome, parallel, task } from '../testing/samples.data.ts';
import { validateDefinition } from './validate.ts';

const { facts } = approval;

/** The approval sample with one step changed. */
function withStep<Kind extends Step['type']>(
  id: string,
  change: (step: Step & { readonly type: Kind }) => Partial<Step & { readonly type: Kind }>,
): WorkflowDefinition {
  return {
    ...approval,
    steps: approval.steps.map((step) =>
      step.id === id
        ? ({ ...step, ...change(step as Step & { readonly type: Kind }) } as Step)
        : step,
    ),
  };
}

const withFacts = (...more: readonly FactDeclaration[]): WorkflowDefinition => ({
  ...approval,
  facts: [...facts, ...more],
});

const withField = (field: Field, ...more: readonly FactDeclaration[]): WorkflowDefinition => ({
  ...withStep<'form'>('describe', ({ form: { sections } }) => ({
    form: { sections: sections.map((one) => ({ ...one, fields: [...one.fields, field] })) },
  })),
  facts: [...facts, ...more],
});

const form = (name: string, type: FactDeclaration['type']): FactDeclaration => ({
  ...{ name, type, source: 'form' },
});

const check = (id: string, to: string, change: Partial<Step> = {}): Step =>
  ({ type: 'check', id, stage: 'main', name: id, next: [{ to }], ...change }) as Step;
const split = (id: string, join: string, ...starts: string[]): Step => ({
  ...{ type: 'parallel', id, stage: 'main', name: id, join },
  branches: starts.map((start, at) => ({ id: `b${at}`, start })),
});
const join = (id: string, closes: string, to: string): Step => ({
  ...{ type: 'join', id, stage: 'main', name: id, closes },
  next: [{ to }],
});
const decide = (id: string, ...to: string[]): Step => ({
  ...{ type: 'approval', id, stage: 'main', name: id, role: 'client.approver', question: '?' },
  ...{ separation: [], shows: [] },
  outcomes: to.map((target) => outcome(target, 'approve', target)),
});

const call = (change: Partial<Step & { type: 'sub-workflow' }> = {}): WorkflowDefinition =>
  aDefinition(
    'call',
    [
      {
        ...{ type: 'sub-workflow', id: 'call', stage: 'main', name: 'Call', calls: 'WF-OTHER' },
        ...{ input: [], output: [], outcomeFact: 'result', next: [{ to: 'done' }] },
        ...change,
      },
      end('done'),
    ],
    [
      { name: 'result', type: { kind: 'text' }, source: 'run' },
      { name: 'size', type: { kind: 'number' }, source: 'run' },
    ],
  );
const other: WorkflowDefinition = {
  ...aDefinition('do', [task('do', 'done'), end('done')]),
  key: 'WF-OTHER',
  facts: [{ name: 'title', type: { kind: 'text' }, source: 'run' }],
};

type Case = readonly [
  code: DefinitionProblemCode,
  what: string,
  definition: WorkflowDefinition,
  place: string,
  severity?: 'warning',
];

const graph: readonly Case[] = [
  [
    'duplicate-name',
    'two steps of one name',
    aDefinition('a', [task('a', 'e'), end('e'), end('e')]),
    'steps.e',
  ],
  ['bad-name', 'a bad step name', aDefinition('a/b', [task('a/b', 'e'), end('e')]), 'steps.a/b'],
  [
    'bad-name',
    'an inherited name',
    aDefinition('constructor', [task('constructor', 'e'), end('e')]),
    'steps.constructor',
  ],
  ['unknown-step', 'no start', aDefinition('x', [end('e')]), 'start'],
  [
    'unknown-step',
    'a transition into nothing',
    aDefinition('a', [task('a', 'x'), end('e')]),
    'steps.a.next.0',
  ],
  [
    'unknown-stage',
    'an unknown stage',
    withStep('describe', () => ({ stage: 'x' })),
    'steps.describe',
  ],
  [
    'unreachable-step',
    'a step apart',
    aDefinition('a', [task('a', 'e'), task('b', 'e'), end('e')]),
    'steps.b',
  ],
  [
    'no-way-on',
    'a dead end',
    aDefinition('a', [task('a', 'e', { next: [] }), end('e')]),
    'steps.a.next',
  ],
  [
    'no-default',
    'only conditional ways on',
    aDefinition('a', [task('a', 'e', { next: [{ to: 'e', when: { cel: 'true' } }] }), end('e')]),
    'steps.a.next',
  ],
  [
    'never-chosen',
    'ways after the default',
    aDefinition('a', [task('a', 'e', { next: [{ to: 'e' }, { to: 'e' }] }), end('e')]),
    'steps.a.next.1',
  ],
  [
    'no-outcome',
    'an approval without a route',
    aDefinition('a', [decide('a'), end('e')]),
    'steps.a.outcomes',
  ],
  [
    'no-outcome',
    'only an approval behind a gate',
    withStep<'approval'>('decide', ({ outcomes }) => ({ outcomes: outcomes.slice(0, 2) })),
    'steps.decide.outcomes',
    'warning',
  ],
  [
    'cannot-skip',
    'a conditional end',
    withStep('approved', () => ({ when: { cel: 'true' } })),
    'steps.approved.when',
  ],
  ['no-end', 'no ending', aDefinition('a', [task('a', 'b'), task('b', 'a')]), 'steps'],
  [
    'bad-send-back',
    'a later step to send back to',
    withStep<'form'>('describe', () => ({ sendBackTo: ['approved'] })),
    'steps.describe.sendBackTo',
  ],
  [
    'automatic-loop',
    'checks in a circle',
    aDefinition('a', [
      task('a', 'b'),
      check('b', 'c', { next: [{ to: 'e', when: { cel: '1 > 2' } }, { to: 'c' }] }),
      check('c', 'b'),
      end('e'),
    ]),
    'steps.b',
  ],
  [
    'automatic-loop',
    'a circle of steps that may be skipped',
    aDefinition('a', [
      task('a', 'b'),
      task('b', 'e', {
        when: { cel: '1 > 2' },
        next: [{ to: 'e', when: { cel: '1 > 2' } }, { to: 'c' }],
      }),
      check('c', 'b'),
      end('e'),
    ]),
    'steps.b',
    'warning',
  ],
];

const long = Array.from({ length: 400 }, (_, at) =>
  task(`t${at}`, at === 399 ? 'e' : `t${at + 1}`),
);
const sizes: readonly Case[] = [
  ['too-large', 'too many steps', aDefinition('t0', [...long, end('e')]), 'steps'],
];

const blocks: readonly Case[] = [
  [
    'block-structure',
    'one branch',
    aDefinition('p', [split('p', 'j', 'a'), task('a', 'j'), join('j', 'p', 'e'), end('e')]),
    'steps.p',
  ],
  [
    'block-structure',
    'a join that closes another',
    aDefinition('p', [
      split('p', 'e', 'a', 'b'),
      task('a', 'j'),
      task('b', 'j'),
      join('j', 'p', 'e'),
      end('e'),
    ]),
    'steps.p',
  ],
  [
    'block-structure',
    'a join of no parallel step',
    aDefinition('a', [task('a', 'j'), join('j', 'a', 'e'), end('e')]),
    'steps.j',
  ],
  [
    'block-structure',
    'a way into a branch',
    aDefinition('x', [
      decide('x', 'p', 'a'),
      split('p', 'j', 'a', 'b'),
      task('a', 'j'),
      task('b', 'j'),
      join('j', 'p', 'e'),
      end('e'),
    ]),
    'steps.p',
  ],
  [
    'block-structure',
    'a way from one branch into the other',
    aDefinition('p', [
      split('p', 'j', 'a', 'b'),
      task('a', 'c'),
      task('b', 'c'),
      task('c', 'j'),
      join('j', 'p', 'e'),
      end('e'),
    ]),
    'steps.c.next.0',
  ],
  [
    'block-structure',
    'branches with one start',
    aDefinition('p', [split('p', 'j', 'a', 'a'), task('a', 'j'), join('j', 'p', 'e'), end('e')]),
    'steps.p',
  ],
  [
    'left-behind',
    'a plain way out of a block',
    aDefinition('p', [
      split('p', 'j', 'a', 'b'),
      task('a', 'j', { next: [{ to: 'e', when: { cel: '1 > 2' } }, { to: 'j' }] }),
      task('b', 'j'),
      join('j', 'p', 'e'),
      end('e'),
    ]),
    'steps.a.next.0',
    'warning',
  ],
];

const rules: readonly Case[] = [
  [
    'expression',
    'broken CEL',
    withStep('describe', () => ({ when: { cel: 'score >' } })),
    'steps.describe.when',
  ],
  [
    'undeclared-fact',
    'an unknown fact',
    withStep('describe', () => ({ when: { fact: 'colour', is: 'known' } })),
    'steps.describe.when',
  ],
  [
    'expression',
    'an option that is not offered',
    withStep<'approval'>('decide', () => ({
      due: [
        {
          when: { fact: 'tier', is: 'equal', value: 'huge' },
          due: { amount: 1, unit: 'business-days' },
        },
      ],
    })),
    'steps.decide.due.0.when',
  ],
  [
    'expression',
    'a gate of the wrong type',
    withStep<'approval'>('decide', () => ({
      gate: [{ key: 'g', label: 'g', cure: 'c', holds: { cel: 'score' } }],
    })),
    'steps.decide.gate.0.holds',
  ],
  [
    'duplicate-name',
    'a gate condition twice',
    withStep<'approval'>('decide', ({ gate = [] }) => ({ gate: [...gate, ...gate] })),
    'steps.decide.gate.trained',
  ],
  [
    'undeclared-fact',
    'an ending that writes an unknown fact',
    withStep<'end'>('approved', () => ({ writes: [{ field: 'x', value: { cel: 'colour' } }] })),
    'steps.approved.writes.0',
  ],
  [
    'bad-name',
    'a bad field to write',
    withStep<'end'>('approved', () => ({ writes: [{ field: '__proto__', value: { cel: '1' } }] })),
    'steps.approved.writes',
  ],
  ['duplicate-name', 'a fact declared twice', withFacts(facts[0]!), 'facts.name'],
  [
    'bad-name',
    'a bad fact name',
    withFacts(form('__proto__', { kind: 'text' })),
    'facts.__proto__',
  ],
  [
    'bad-type',
    'a choice of nothing',
    withFacts(form('c', { kind: 'choice', options: [] })),
    'facts.c',
  ],
  [
    'bad-type',
    'a choice with a repeated option',
    withFacts(form('c', { kind: 'choice', options: ['a', 'a'] })),
    'facts.c',
  ],
  [
    'bad-name',
    'a bad row field',
    withFacts(form('l', { kind: 'list', of: { 'a b': { kind: 'text' } } })),
    'facts.l',
  ],
  [
    'bad-name',
    'a bad role',
    withStep<'form'>('describe', () => ({ role: 'Owner' })),
    'steps.describe.role',
  ],
  [
    'undeclared-fact',
    'an unknown assignee',
    withStep<'form'>('describe', () => ({ assignee: 'boss' })),
    'steps.describe.assignee',
  ],
  [
    'bad-type',
    'an assignee who is no person',
    withStep<'form'>('describe', () => ({ assignee: 'name' })),
    'steps.describe.assignee',
  ],
  [
    'wrong-source',
    'a performer into a fact of the subject',
    withStep<'form'>('describe', () => ({ performer: 'owner' })),
    'steps.describe.performer',
  ],
  [
    'undeclared-fact',
    'an unknown fact to show',
    withStep<'approval'>('decide', () => ({ shows: ['colour'] })),
    'steps.decide.shows',
  ],
  [
    'undeclared-fact',
    'an unknown fact in the question',
    withStep<'approval'>('decide', () => ({ question: 'Is {colour} fine?' })),
    'steps.decide.question',
  ],
  [
    'bad-type',
    'an outcome that the fact cannot hold',
    {
      ...approval,
      facts: facts.map((one) =>
        one.name === 'outcome' ? { ...one, type: { kind: 'choice', options: ['approve'] } } : one,
      ),
    },
    'steps.decide.outcomeFact',
  ],
  [
    'wrong-source',
    'a calculation into a form’s fact',
    aDefinition(
      'a',
      [check('a', 'e', { set: [{ fact: 'n', value: { cel: '1' } }] }), end('e')],
      [form('n', { kind: 'number' })],
    ),
    'steps.a.set.0',
  ],
  [
    'expression',
    'a calculation of the wrong type',
    aDefinition(
      'a',
      [check('a', 'e', { set: [{ fact: 'n', value: { cel: '"x"' } }] }), end('e')],
      [{ name: 'n', type: { kind: 'number' }, source: 'calculated' }],
    ),
    'steps.a.set.0',
  ],
  [
    'bad-separation',
    'a rule that keeps nobody apart',
    withStep<'approval'>('decide', () => ({
      separation: [{ id: 'SOD-01', because: 'x', waivable: 'never' }],
    })),
    'steps.decide.separation.0',
  ],
  [
    'bad-separation',
    'an unknown step',
    withStep<'approval'>('decide', () => ({
      separation: [{ id: 'SOD-01', steps: ['x'], because: 'x', waivable: 'never' }],
    })),
    'steps.decide.separation.0',
  ],
  [
    'bad-separation',
    'the step itself',
    withStep<'approval'>('decide', () => ({
      separation: [{ id: 'SOD-01', steps: ['decide'], because: 'x', waivable: 'never' }],
    })),
    'steps.decide.separation.0',
  ],
  [
    'bad-separation',
    'a step that never comes before',
    aDefinition('a', [
      task('a', 'b', {
        separation: [{ id: 'SOD-05', steps: ['b'], because: 'x', waivable: 'never' }],
      }),
      ...[task('b', 'e'), end('e')],
    ]),
    'steps.a.separation.0',
    'warning',
  ],
  [
    'bad-type',
    'a party who is no person',
    withStep<'approval'>('decide', () => ({
      separation: [{ id: 'SOD-01', parties: ['name'], because: 'x', waivable: 'never' }],
    })),
    'steps.decide.separation.0',
  ],
  [
    'bad-number',
    'an endless deadline',
    withStep<'form'>('describe', () => ({
      due: [{ due: { amount: Infinity, unit: 'business-days' } }],
    })),
    'steps.describe.due.0',
  ],
  [
    'read-before-written',
    'a fact that is set later',
    withStep<'form'>('describe', () => ({ when: { fact: 'tier', is: 'equal', value: 'high' } })),
    'steps.describe.when',
    'warning',
  ],
];

const number: Field = { key: 'n', label: 'n', type: 'number', required: false };
const forms: readonly Case[] = [
  ['undeclared-fact', 'a question without a fact', withField(number), 'steps.describe.form.n'],
  [
    'wrong-source',
    'a question for a fact of the subject',
    withField(number, { name: 'n', type: { kind: 'number' }, source: 'subject' }),
    'steps.describe.form.n',
  ],
  [
    'bad-form',
    'a question for a fact of another type',
    withField(number, form('n', { kind: 'text' })),
    'steps.describe.form.n',
  ],
  [
    'duplicate-name',
    'a question asked twice',
    withField({ ...number, key: 'score' }),
    'steps.describe.form.fields.score',
  ],
  [
    'bad-form',
    'a condition on a later question',
    withStep<'form'>('describe', ({ form: { sections } }) => ({
      form: { sections: sections.map((one) => ({ ...one, when: { fact: 'score', is: 'known' } })) },
    })),
    'steps.describe.form.use.when',
  ],
  [
    'undeclared-fact',
    'a condition on an unknown fact',
    withField({ ...number, when: { fact: 'x', is: 'known' } }, form('n', { kind: 'number' })),
    'steps.describe.form.n.when',
  ],
  [
    'bad-form',
    'least above most',
    withField({ ...number, min: 2, max: 1 }, form('n', { kind: 'number' })),
    'steps.describe.form.n',
  ],
  [
    'bad-form',
    'a choice of nothing',
    withField(
      { key: 'n', label: 'n', type: 'select', required: false, options: [] },
      form('n', { kind: 'choice', options: ['a'] }),
    ),
    'steps.describe.form.n',
  ],
  [
    'bad-form',
    'an option that the fact lacks',
    withField(
      {
        key: 'n',
        label: 'n',
        type: 'select',
        required: false,
        options: [{ key: 'b', label: 'b' }],
      },
      form('n', { kind: 'choice', options: ['a'] }),
    ),
    'steps.describe.form.n',
  ],
  [
    'bad-form',
    'a scale without its labels',
    withField(
      { key: 'n', label: 'n', type: 'scale', required: false, min: 1, max: 5, labels: [] },
      form('n', { kind: 'number' }),
    ),
    'steps.describe.form.n',
  ],
  [
    'bad-form',
    'more rows at least than at most',
    withField(
      {
        key: 'n',
        label: 'n',
        type: 'repeat',
        required: false,
        itemName: 'row',
        minRows: 2,
        maxRows: 1,
        fields: [],
      },
      form('n', { kind: 'list', of: {} }),
    ),
    'steps.describe.form.n',
  ],
  [
    'undeclared-fact',
    'a cell that the rows lack',
    withField(
      {
        key: 'n',
        label: 'n',
        type: 'repeat',
        required: false,
        itemName: 'row',
        minRows: 0,
        maxRows: 1,
        fields: [number],
      },
      form('n', { kind: 'list', of: {} }),
    ),
    'steps.describe.form.n.n',
  ],
];

const tableStep = (approval.steps[1] as Step & { type: 'table' }).table;
const withTable = (change: Partial<typeof tableStep>): WorkflowDefinition =>
  withStep<'table'>('tier', ({ table }) => ({ table: { ...table, ...change } }));
const withApprovers = (then: Record<string, string | number>): WorkflowDefinition =>
  withStep<'approval'>('decide', ({ approvers }) => ({
    approvers: { ...approvers!, rules: [...approvers!.rules, { then }] },
  }));
const tables: readonly Case[] = [
  ['bad-table', 'a row that reads what is no input', withTable({ inputs: [] }), 'steps.tier.table'],
  [
    'bad-table',
    'an input that no row reads',
    withTable({ inputs: ['score', 'name'] }),
    'steps.tier.table',
    'warning',
  ],
  [
    'undeclared-fact',
    'an unknown input',
    withTable({ inputs: ['score', 'x'] }),
    'steps.tier.table',
  ],
  ['bad-table', 'no rows', withTable({ rules: [] }), 'steps.tier.table'],
  ['bad-table', 'nothing to set', withTable({ outputs: [] }), 'steps.tier.table'],
  [
    'bad-table',
    'an output of another type',
    withTable({ outputs: [{ name: 'tier', type: { kind: 'text' }, source: 'table' }] }),
    'steps.tier.table',
  ],
  [
    'wrong-source',
    'an output that a form sets',
    withTable({
      outputs: [{ name: 'name', type: { kind: 'text' }, source: 'table' }],
      rules: [{ then: { name: 'x' } }],
    }),
    'steps.tier.table',
  ],
  [
    'bad-table',
    'a value that the choice lacks',
    withTable({ rules: [...tableStep.rules, { then: { tier: 'huge' } }] }),
    'steps.tier.table.rules.3',
  ],
  [
    'bad-table',
    'a value for no output',
    withTable({ rules: [...tableStep.rules, { then: { colour: 'red' } }] }),
    'steps.tier.table.rules.3',
  ],
  [
    'bad-table',
    'the shortest of no durations',
    withTable({ hit: 'shortest' }),
    'steps.tier.table.rules.0',
  ],
  [
    'never-chosen',
    'rows after the catch-all',
    withTable({ rules: [{ then: { tier: 'high' } }, ...tableStep.rules] }),
    'steps.tier.table.rules.1',
  ],
  [
    'expression',
    'a broken row',
    withTable({ rules: [{ when: { cel: 'score >' }, then: { tier: 'high' } }] }),
    'steps.tier.table.rules.0.when',
  ],
  [
    'bad-table',
    'approvers without a role',
    withApprovers({ count: 2 }),
    'steps.decide.approvers.rules.4',
  ],
  [
    'bad-table',
    'an approver output without effect',
    withStep<'approval'>('decide', ({ approvers }) => ({
      approvers: {
        ...approvers!,
        outputs: [...approvers!.outputs, { name: 'plus', type: { kind: 'text' }, source: 'table' }],
      },
    })),
    'steps.decide.approvers',
  ],
];

/** The sample approves for nobody on purpose in some cases: that its tables say so is not looked at. */
const wrong = (definition: WorkflowDefinition) =>
  validateDefinition(definition).filter(({ code }) => code !== 'incomplete-table');

describe('a definition', () => {
  it.each([approval, parallel, other])('that is well has no problems', (definition) => {
    expect(wrong(definition)).toEqual([]);
  });

  const cases = [...graph, ...sizes, ...blocks, ...rules, ...forms, ...tables];

  it.each(
    cases.map(([code, what, definition, place, severity = 'error']) => ({
      ...{ code, what, definition, place, severity },
    })),
  )('$code: $what', ({ code, definition, place, severity }) => {
    const found = validateDefinition(definition);
    expect(found).toContainEqual(expect.objectContaining({ code, place, severity }));
    for (const { message } of found) expect(message).toMatch(/\.$/);
  });

  it.each<[DefinitionProblemCode, string, WorkflowDefinition, readonly WorkflowDefinition[]]>([
    ['unknown-workflow', 'a missing workflow', call(), []],
    ['recursive-workflow', 'itself', call({ calls: 'WF-SAMPLE' }), [call({ calls: 'WF-SAMPLE' })]],
    [
      'recursive-workflow',
      'itself through another',
      call(),
      [call(), { ...call({ calls: 'WF-SAMPLE' }), key: 'WF-OTHER' }],
    ],
    [
      'undeclared-fact',
      'with an unknown input',
      call({ input: [{ theirs: 'x', ours: 'size' }] }),
      [other],
    ],
    [
      'bad-type',
      'with an input of another type',
      call({ input: [{ theirs: 'title', ours: 'size' }] }),
      [other],
    ],
    [
      'undeclared-fact',
      'for an unknown output',
      call({ output: [{ theirs: 'x', ours: 'size' }] }),
      [other],
    ],
  ])('%s: calling %s', (code, _, definition, library) => {
    expect(validateDefinition(definition, library)).toContainEqual(
      expect.objectContaining({ code, severity: 'error' }),
    );
  });

  it('that calls properly has no problems', () => {
    expect(validateDefinition(call(), [call(), other])).toEqual([]);
  });

  it('is judged as a whole: several problems are all named', () => {
    const broken = withStep<'approval'>('decide', () => ({ shows: ['x', 'y'], question: '{z}' }));
    expect(wrong(broken)).toHaveLength(3);
  });
});
