import type { DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { everything } from '../testing/everything.data.ts';
import { validateDefinition } from './validate.ts';

/** The definition with parts of one step changed. */
function withStep(id: string, change: object): WorkflowDefinition {
  const steps = everything.steps.map((step) => (step.id === id ? { ...step, ...change } : step));
  return { ...everything, steps };
}

const found = (definition: WorkflowDefinition) =>
  validateDefinition(definition).map(({ code, place }) => [code, place]);

const each = { over: 'places', as: 'place', order: 'together' } as const;
const late = { id: 'late', label: 'Late', interrupts: true, to: 'out' } as const;
const days = (amount: number) => ({ amount, unit: 'calendar-days' }) as const;

describe('a definition with every word of the language', () => {
  it('has nothing wrong', () => {
    expect(validateDefinition(everything)).toEqual([]);
  });

  it.each<[string, string, object, DefinitionProblemCode, string]>([
    [
      'an each over no list',
      'review',
      { each: { ...each, over: 'size' } },
      'bad-type',
      'each.over',
    ],
    [
      'an undeclared item',
      'review',
      { each: { ...each, as: 'none' } },
      'undeclared-fact',
      'each.as',
    ],
    [
      'an item set elsewhere',
      'review',
      { each: { ...each, as: 'level' } },
      'wrong-source',
      'each.as',
    ],
    [
      'an item that cannot hold it',
      'review',
      { each: { ...each, over: 'team', as: 'place' } },
      'bad-each',
      'each.as',
    ],
    [
      'the list as its own item',
      'review',
      { each: { ...each, as: 'places' } },
      'bad-each',
      'each.as',
    ],
    [
      'gathering in no list',
      'review',
      { each: { ...each, collect: 'vendor' } },
      'bad-type',
      'each.collect',
    ],
    [
      'a column that nothing gives',
      'buy',
      { each: { ...each, collect: 'reviews', as: 'vendor' } },
      'bad-each',
      'each.collect',
    ],
    [
      'none that are enough',
      'review',
      { each: { ...each, enough: { count: 0 } } },
      'bad-each',
      'each.enough',
    ],
    [
      'enough by an unknown fact',
      'review',
      { each: { ...each, enough: { when: { cel: 'nope' } } } },
      'undeclared-fact',
      'each.enough.when',
    ],
    [
      'a boundary twice',
      'answer',
      {
        boundaries: [
          { ...late, after: days(1) },
          { ...late, after: days(2) },
        ],
      },
      'duplicate-name',
      'boundaries.late',
    ],
    [
      'a boundary in no time',
      'answer',
      { boundaries: [{ ...late, after: days(-1) }] },
      'bad-number',
      'boundaries.late.after',
    ],
    [
      'a boundary to nowhere',
      'answer',
      { boundaries: [{ ...late, to: 'none', after: days(1) }] },
      'unknown-step',
      'boundaries.late',
    ],
    [
      'a boundary for the very signal',
      'answer',
      { boundaries: [{ ...late, signal: 'vendor' }] },
      'bad-signal',
      'boundaries.late',
    ],
    [
      'a side path into the run',
      'answer',
      { boundaries: [{ ...late, interrupts: false, to: 'describe', after: days(1) }] },
      'block-structure',
      'boundaries.late',
    ],
    ['the end of a path elsewhere', 'send', { next: [{ to: 'told' }] }, 'block-structure', ''],
    ['a side path without an end', 'remind', { next: [{ to: 'remind' }] }, 'automatic-loop', ''],
    [
      'a take of what a form asks',
      'answer',
      { takes: [{ ours: 'title', theirs: 'x' }] },
      'wrong-source',
      'takes',
    ],
    ['a signal without a name', 'answer', { signal: 'a b' }, 'bad-name', 'signal'],
    ['a signal kept for ever', 'answer', { keptFor: days(20_000) }, 'bad-number', 'keptFor'],
    [
      'sending an unknown fact',
      'send',
      { facts: [{ ours: 'none', theirs: 'x' }] },
      'undeclared-fact',
      'facts',
    ],
    ['telling nobody', 'remind', { roles: [], people: [] }, 'bad-signal', ''],
    ['telling a number', 'remind', { people: ['size'] }, 'bad-type', 'people'],
    ['telling of an unknown fact', 'remind', { text: 'About {none}.' }, 'undeclared-fact', 'text'],
    ['a join for more than there are', 'joined', { enough: { count: 3 } }, 'bad-number', 'enough'],
    [
      'a branch by an unknown fact',
      'split',
      {
        branches: [
          { id: 'one', start: 'review' },
          { id: 'two', start: 'buy', when: { fact: 'none', is: 'known' } },
        ],
      },
      'undeclared-fact',
      'branches.two.when',
    ],
    ['undoing what cannot be undone', 'undo', { steps: ['review'] }, 'bad-undo', 'steps'],
    [
      'an undoing that does not lead back',
      'undo-buy',
      { next: [{ to: 'out' }] },
      'bad-undo',
      'steps',
    ],
    [
      'an undoing that nobody asks for',
      'review',
      { undoneBy: 'undo-buy', each: undefined },
      'bad-undo',
      'undoneBy',
    ],
    ['a role from a number', 'describe', { roleFrom: { cel: 'size' } }, 'expression', 'roleFrom'],
    ['a failed way to nowhere', 'score', { failed: 'none' }, 'unknown-step', 'failed'],
  ])('refuses %s', (_, id, change, code, where) => {
    const places = found(withStep(id, change));
    // Some are found at the step itself, some where they come from.
    const place = where === '' ? expect.stringMatching(/^steps\./) : `steps.${id}.${where}`;
    if (code === 'bad-undo' && where === 'undoneBy') {
      const some = withStep(id, change);
      const steps = some.steps.map((step) =>
        step.type === 'undo' ? { ...step, steps: ['buy'] } : step,
      );
      expect(found({ ...some, steps })).toContainEqual([code, place]);
      return;
    }
    const at = code === 'bad-undo' ? 'steps.undo.steps' : place;
    expect(places).toContainEqual([code, at]);
  });

  it.each([
    ['size', 'sum * "x"', 'expression'],
    ['sum', 'twice + 1', 'bad-form'],
    ['sum', 'likely + 1', 'bad-form'],
    ['sum', 'nothing + 1', 'undeclared-fact'],
    ['sum', 'title', 'expression'],
  ])('checks what a form works out (%s)', (_, cel, code) => {
    const [describe] = everything.steps;
    if (describe?.type !== 'form') throw new Error('The sample has changed.');
    const [section] = describe.form.sections;
    const fields = section?.fields.map((field) =>
      field.type === 'calculated' ? { ...field, value: { cel } } : field,
    );
    const form = { sections: [{ ...section, fields }] };
    expect(found(withStep('describe', { form }))).toContainEqual([
      ...[code, 'steps.describe.form.twice.value'],
    ]);
  });
});

describe('times that never come', () => {
  const due = [{ due: days(5) }];
  const gone = { ...late, after: days(3) };

  it.each<[string, string, object, string]>([
    [
      'a later boundary',
      'answer',
      { boundaries: [gone, { ...gone, id: 'later', after: days(4) }] },
      'boundaries.later',
    ],
    ['a longer wait', 'wait', { wait: days(9), boundaries: [gone] }, 'wait'],
    ['a later deadline', 'decide', { due, escalation: undefined, boundaries: [gone] }, 'due.0'],
    [
      'a level after it is gone',
      'decide',
      { due: [{ due: days(2) }], escalation: [{ at: 200, action: 'remind' }], boundaries: [gone] },
      'escalation.0',
    ],
  ])('are named: %s', (_, id, change, where) => {
    expect(found(withStep(id, change))).toContainEqual(['bad-deadline', `steps.${id}.${where}`]);
  });
});
