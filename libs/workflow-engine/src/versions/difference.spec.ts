import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { differenceOf } from './difference.ts';
import { language } from '../testing/language.data.ts';
import { approval, end, parallel, task } from '../testing/samples.data.ts';

type StepIn<Type> = Step & { readonly type: Type };

/** The definition with one step changed. */
function withStep<Type extends Step['type']>(
  id: string,
  type: Type,
  change: (step: StepIn<Type>) => Partial<StepIn<Type>>,
  source: WorkflowDefinition = language,
): WorkflowDefinition {
  const changed = (step: Step): Step =>
    step.id === id && step.type === type
      ? Object.assign({}, step, change(step as StepIn<Type>))
      : step;
  return { ...source, steps: source.steps.map(changed) };
}

const withoutStep = (id: string): WorkflowDefinition => ({
  ...language,
  steps: language.steps.filter((step) => step.id !== id),
});

describe('the same definition', () => {
  it.each([
    ['approval', approval],
    ['parallel', parallel],
    ['language', language],
  ])('differs in nothing from itself or its copy (%s)', (_, definition) => {
    const same = differenceOf(definition, structuredClone(definition));
    expect(same).toMatchObject({ changes: [], noticeable: [] });
    expect(new Set(Object.values(same.steps))).toEqual(new Set(['same']));
    expect(Object.keys(same.steps)).toHaveLength(definition.steps.length);
  });

  it('does not mind the order of properties, nor one that is left undefined', () => {
    const turned = JSON.parse(JSON.stringify(approval), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? { ...Object.fromEntries(Object.entries(value).reverse()), left: undefined }
        : value,
    ) as WorkflowDefinition;
    expect(differenceOf(approval, turned).changes).toEqual([]);
  });
});

describe('a change', () => {
  it.each<[string, WorkflowDefinition, string, string]>([
    [
      'of a deadline',
      withStep('begin', 'task', () => ({ due: [{ due: { amount: 5, unit: 'business-days' } }] })),
      'steps.begin.due',
      '“Do begin” is now due in 5 business days, was due on “start date” when “tier” is “high”, else in 3 business days (also while on hold).',
    ],
    [
      'of who does a step',
      withStep('collect', 'form', () => ({ role: 'client.risk_owner' })),
      'steps.collect.role',
      '“Collect answers” is now for “risk owner”, was “staff”.',
    ],
    [
      'of a name',
      withStep('agree', 'approval', () => ({ name: 'Agree on it' })),
      'steps.agree.name',
      '“Agree” is now called “Agree on it”.',
    ],
    [
      'of a condition of a way',
      withStep('collect', 'form', ({ next }) => ({
        next: [{ ...next[0]!, when: { fact: 'score', is: 'at-least', value: 4 } }, next[1]!],
      })),
      'steps.collect.next.0.when',
      'The way from “Collect answers” to “Work it out” is now taken when “Score” is at least 4, was when “score > 3” holds.',
    ],
    [
      'by another way',
      withStep('begin', 'task', ({ next }) => ({
        next: [{ to: 'stopped', when: { fact: 'tier', is: 'equal', value: 'high' } }, ...next],
      })),
      'steps.begin.next.0',
      '“Do begin” can now lead to “stopped” when “tier” is “high”.',
    ],
    [
      'by an outcome less',
      withStep('agree', 'approval', ({ outcomes }) => ({ outcomes: outcomes.slice(0, 1) })),
      'steps.agree.outcomes.no',
      '“Agree” can no longer be decided as “no”.',
    ],
    [
      'of a quorum',
      withStep('agree', 'approval', () => ({
        quorum: { seats: [{ role: 'client.approver', count: 3 }], needs: 'all' },
      })),
      'steps.agree.quorum',
      '“Agree” is now decided by 3 × “approver”, all are needed, was by 2 × “approver” and 1 × “top management”, 2 are needed, with a veto of “top management”, one after another, without seeing the others’ votes.',
    ],
    [
      'of an option',
      withStep('collect', 'form', ({ form }) => ({
        form: {
          ...form,
          sections: form.sections.map((section) => ({
            ...section,
            fields: section.fields.map((field) =>
              field.type === 'select'
                ? { ...field, options: [...field.options, { key: 'max', label: 'Very high' }] }
                : field,
            ),
          })),
        },
      })),
      'steps.collect.form.level.options',
      '“Level” of “Collect answers” now offers “Very high”.',
    ],
    [
      'of a row of a table',
      withStep('tier', 'table', ({ table }) => ({
        table: {
          ...table,
          rules: table.rules.map((row, at) =>
            at === 1 ? { ...row, then: { tier: 'high' } } : row,
          ),
        },
      })),
      'steps.tier.table.rules.1',
      'Row 2 of the table “Governance tier” of “Set the tier” (when “Score” is at least 6) now gives tier “high”, was tier “limited”.',
    ],
    [
      'of a boundary',
      withStep('begin', 'task', ({ boundaries }) => ({ boundaries: boundaries?.slice(1) })),
      'steps.begin.boundaries.late',
      '“Do begin” lost “Nobody answers”: after 1 calendar day “Nudge” starts beside it.',
    ],
    [
      'of an escalation',
      withStep('begin', 'task', ({ escalation }) => ({ escalation: escalation?.slice(0, 3) })),
      'steps.begin.escalation.3',
      '“Do begin”: at 200 % of its time no longer it goes to “owner”.',
    ],
    [
      'of a fact',
      {
        ...language,
        facts: language.facts.map((fact) =>
          fact.name === 'note' ? { ...fact, type: { kind: 'number' } } : fact,
        ),
      },
      'facts.note',
      'Fact “note” is now a number, was a text.',
    ],
    [
      'of a step’s kind',
      {
        ...language,
        steps: language.steps.map((step) => (step.id === 'send' ? task('send', 'agree') : step)),
      },
      'steps.send',
      '“Do send” is now a task, was a signal.',
    ],
    ['by a step less', withoutStep('nudged'), 'steps.nudged', '“Nudged” was removed.'],
    [
      'by one step more',
      { ...language, steps: [...language.steps, end('late')] },
      'steps.late',
      '“late” was added: an ending.',
    ],
  ])('%s is named with its place, in plain words', (_, after, place, text) => {
    expect(differenceOf(language, after).changes).toContainEqual(
      expect.objectContaining({ place, text }),
    );
  });

  it('marks every step of both versions for the graph', () => {
    const after = {
      ...withStep('agree', 'approval', () => ({ question: 'Really?' }), withoutStep('nudged')),
      steps: [
        ...withStep('agree', 'approval', () => ({ question: 'Really?' }), withoutStep('nudged'))
          .steps,
        end('late'),
      ],
    };
    expect(differenceOf(language, after).steps).toMatchObject({
      ...{ agree: 'changed', nudged: 'removed', late: 'added', begin: 'same' },
    });
  });

  it('is turned round when the versions are', () => {
    const after = withStep('begin', 'task', ({ escalation }) => ({
      escalation: escalation?.slice(1),
    }));
    expect(differenceOf(language, after).changes).toMatchObject([{ kind: 'removed' }]);
    expect(differenceOf(after, language).changes).toMatchObject([{ kind: 'added' }]);
  });
});

/** Another value where only certain words may stand. */
const otherWord: Readonly<Record<string, readonly string[]>> = {
  unit: ['business-days', 'calendar-days'],
  order: ['together', 'one-by-one'],
  effect: ['approve', 'reject'],
  hit: ['first', 'highest'],
  source: ['form', 'run'],
  is: ['known', 'unknown'],
  waivable: ['never', 'micro'],
  needs: ['any', 'all'],
  assign: ['round-robin', 'familiar'],
  to: ['begin', 'done'],
  gives: ['text', 'number'],
};
const kinds: Readonly<Record<string, string>> = {
  text: 'longtext',
  number: 'date',
  reassign: 'remind',
};
const optional = new Set(
  (
    'description when requirements evidence boundaries roleFrom assignee assign performer minutes ' +
    'escalation undoneBy each separation sendBackTo approvers quorum outcomeFact gate failed ' +
    'set takes keptFor roles people writes enough note onePage intro hint why maxLength min max ' +
    'suggestions pauses collect veto ordered blind parties applies repairNeedsTwo'
  ).split(' '),
);

/** The value with one thing changed, added or left out, for every place where that can be. */
function* mutants(value: unknown, name = ''): Generator {
  if (typeof value === 'string') {
    const other = otherWord[name];
    if (['kind', 'type', 'action'].includes(name)) {
      if (kinds[value]) yield kinds[value];
    } else yield other?.find((word) => word !== value) ?? `${value}x`;
  } else if (typeof value === 'number') yield value + 1;
  else if (typeof value === 'boolean') yield !value;
  else if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    for (const [at, item] of items.entries()) {
      for (const mutant of mutants(item)) yield items.with(at, mutant);
      yield items.toSpliced(at, 1);
      yield items.toSpliced(at, 0, structuredClone(item));
    }
    if (items.length > 1) yield items.toReversed();
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) {
      for (const mutant of mutants(part, key)) yield { ...value, [key]: mutant };
      const { [key]: _, ...others } = value as Record<string, unknown>;
      if (optional.has(key)) yield others;
    }
  }
}

describe('whatever is written differently', () => {
  const around = [...mutants({ ...language, steps: [] })] as WorkflowDefinition[];
  const changed = [
    ...language.steps.flatMap((step, at) =>
      [...mutants(step)].map((mutant) => language.steps.with(at, mutant as Step)),
    ),
    language.steps.toReversed(),
  ];
  const all: readonly WorkflowDefinition[] = [
    ...around.map((definition) => ({ ...definition, steps: language.steps })),
    ...changed.map((steps) => ({ ...language, steps })),
  ];

  it('is found and told in whole sentences, both ways', () => {
    expect(all.length).toBeGreaterThan(700);
    for (const mutant of all) {
      for (const { changes } of [differenceOf(language, mutant), differenceOf(mutant, language)]) {
        if (changes.length === 0) throw new Error(`Not found: ${JSON.stringify(mutant)}`);
        for (const { text } of changes) {
          expect(text).toMatch(/^[“A-Z].*\.$/s);
          expect(text).not.toMatch(/undefined|null|\[object|NaN|\bX\b|\.\./);
        }
      }
    }
  });
});

describe('what people will notice', () => {
  it('is nothing when only the definition’s insides change', () => {
    const after = withStep('begin', 'task', () => ({ description: 'Other words.', minutes: 5 }));
    expect(differenceOf(language, after).changes).toHaveLength(2);
    expect(differenceOf(language, after).noticeable).toEqual([]);
  });

  it('names new and lost work by who does it', () => {
    const after = {
      ...withoutStep('begin'),
      steps: [...withoutStep('begin').steps, task('new', 'x')],
    };
    expect(differenceOf(language, after).noticeable).toEqual([
      'New work for “staff”: “Do new”.',
      'No more work for “staff”: “Do begin” is gone.',
    ]);
  });

  it('tells many changed questions of a step together', () => {
    const after = withStep('collect', 'form', ({ form }) => ({
      form: { ...form, sections: form.sections.slice(0, 1).map((one) => ({ ...one, fields: [] })) },
    }));
    expect(differenceOf(language, after).noticeable).toEqual([
      '“Collect answers” has 8 changes of its questions: 8 gone.',
    ]);
  });
});
