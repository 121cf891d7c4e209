import { parseDefinition } from '@plumbline/workflow-engine';
import { addStep } from './add-step.ts';
import { designOf, ending, work, words } from './testing.ts';
import { VERBS } from './verbs.ts';

describe('a new step', () => {
  it.each(VERBS)('of kind %s is a document that the language reads', (verb) => {
    const design = designOf(work('a', 'end'), ending());
    for (const spot of [{ after: 'a' }, { place: { x: 0, y: 0 } }]) {
      const made = addStep(verb, spot, words)(design).design;
      const { definition, problems } = parseDefinition(JSON.parse(JSON.stringify(made.definition)));
      expect(problems).toEqual([]);
      expect(definition).toEqual(made.definition);
    }
  });
});
