import { outsideFacts } from '@plumbline/frameworks';
import { type Step, validateDefinition } from '@plumbline/workflow-engine';
import type { Design } from './design.ts';
import { fixOf } from './fixes.ts';
import { designOf, ending, work, words } from './testing.ts';

const placeOf = (place: string, { definition }: Design): string | null =>
  definition.steps.find(({ id }) => `${place}.`.startsWith(`steps.${id}.`))?.id ?? null;

describe('fixOf', () => {
  it.each([
    ['no-end', designOf(work('a', 'a'))],
    ['unknown-step', designOf(work('a', 'gone', 'end'), ending())],
    ['unknown-stage', designOf({ ...work('a', 'end'), stage: 'none' }, ending())],
    [
      'undeclared-fact',
      designOf({ ...work('a', 'end'), when: { fact: 'tier', is: 'known' } }, ending()),
    ],
    [
      'bad-send-back',
      designOf({ ...work('a', 'b'), sendBackTo: ['b'] } as Step, work('b', 'end'), ending()),
    ],
  ])('mends %s', (code, design) => {
    const problem = validateDefinition(design.definition).find((one) => one.code === code);
    expect(problem).toBeDefined();
    const fix =
      problem && fixOf(design, problem, placeOf(problem.place, design), words, outsideFacts);
    const mended = fix?.command(design).design ?? design;
    const left = validateDefinition(mended.definition).map((one) => one.code);
    expect(left).not.toContain(code);
  });

  it('leaves alone what only the author can say', () => {
    const design = designOf({ ...work('a', 'end'), when: { cel: '' } }, ending());
    for (const problem of validateDefinition(design.definition)) {
      expect(fixOf(design, problem, 'a', words, outsideFacts)).toBeNull();
    }
  });
});
