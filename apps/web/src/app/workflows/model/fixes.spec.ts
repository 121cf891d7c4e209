import { type Step, validateDefinition } from '@plumbline/workflow-engine';
import type { Design } from './design.ts';
import { fixOf } from './fixes.ts';
import { designOf, ending, work, words } from './testing.ts';

const placeOf = (place: string, { definition }: Design): string | null =>
  definition.steps.find(({ id }) => `${place}.`.startsWith(`steps.${id}.`))?.id ?? null;

const table = (inputs: readonly string[]): Step => ({
  ...{ id: 't', stage: 'one', name: 'T', type: 'table', next: [{ to: 'end' }] },
  table: {
    ...{ key: 't', name: 'T', hit: 'first', inputs },
    outputs: [{ name: 'out', type: { kind: 'boolean' }, source: 'table' }],
    rules: [{ when: { fact: 'tier', is: 'known' }, then: { out: true } }],
  },
});
const facts = (design: Design): Design => ({
  ...design,
  definition: {
    ...design.definition,
    facts: [
      { name: 'tier', type: { kind: 'text' }, source: 'subject' },
      { name: 'other', type: { kind: 'text' }, source: 'subject' },
      { name: 'out', type: { kind: 'boolean' }, source: 'table' },
    ],
  },
});
const always = (...to: readonly string[]): Step => ({
  ...work('a'),
  ...{ next: to.map((one) => ({ to: one })) },
});

describe('fixOf', () => {
  it.each([
    ['no-way-on', designOf(work('a', 'b'), work('b'), ending())],
    ['no-end', designOf(work('a', 'a'))],
    ['unknown-step', designOf(work('a', 'gone', 'end'), ending())],
    ['unreachable-step', designOf(work('a', 'end'), work('b', 'end'), ending())],
    ['unknown-stage', designOf({ ...work('a', 'end'), stage: 'none' }, ending())],
    ['never-chosen', designOf(always('b', 'end'), work('b', 'end'), ending())],
    ['bad-table', facts(designOf(table([]), ending()))],
    ['bad-table', facts(designOf(table(['tier', 'other']), ending()))],
    [
      'undeclared-fact',
      designOf({ ...work('a', 'end'), when: { fact: 'tier', is: 'known' } }, ending()),
    ],
    [
      'bad-send-back',
      designOf({ ...work('a', 'b'), sendBackTo: ['b'] } as Step, work('b', 'end'), ending()),
    ],
    ['cannot-skip', designOf(work('a', 'end'), { ...ending(), when: { cel: 'true' } })],
  ])('mends %s', (code, design) => {
    const problem = validateDefinition(design.definition).find((one) => one.code === code);
    expect(problem).toBeDefined();
    const fix = problem && fixOf(design, problem, placeOf(problem.place, design), words);
    const mended = fix?.command(design).design ?? design;
    const left = validateDefinition(mended.definition).map((one) => one.code);
    expect(left).not.toContain(code);
  });

  it('leaves alone what only the author can say', () => {
    const design = designOf({ ...work('a', 'end'), when: { cel: '' } }, ending());
    for (const problem of validateDefinition(design.definition)) {
      expect(fixOf(design, problem, 'a', words)).toBeNull();
    }
  });
});
