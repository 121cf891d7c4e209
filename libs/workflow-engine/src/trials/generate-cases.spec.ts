import { generateCases } from './generate-cases.ts';
import { parseCases } from './parse-cases.ts';
import { runCases } from './run-cases.ts';
import { language } from '../testing/language.data.ts';
import { aDefinition, approval, end, parallel, task } from '../testing/samples.data.ts';

describe('cases that are made up', () => {
  it.each([
    ['approval', approval, []],
    ['parallel', parallel, []],
    // A calculation that does not fail, and a branch for what is known only later.
    ['language', language, ['steps.work-out.failed', 'steps.split.branches.left', 'steps.pause']],
  ])('pass, and cover all that can be covered (%s)', (_, definition, uncovered) => {
    const made = generateCases(definition);
    const result = runCases(definition, made.cases);
    expect(result.cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(made.uncovered.map(({ place }) => place)).toEqual(uncovered);
    expect(result.uncovered).toEqual(made.uncovered);
    expect(parseCases(made.cases).problems).toEqual([]);
    expect(made.cases.length).toBeLessThan(25);
  });

  it('are always the same', () => {
    expect(generateCases(approval)).toEqual(generateCases(structuredClone(approval)));
  });

  it('find the answers that conditions ask for, and say what they did not find', () => {
    const definition = aDefinition(
      'ask',
      [
        {
          ...task('ask', 'rest'),
          ...{
            form: {
              sections: [
                {
                  ...{ key: 's', title: 'S' },
                  fields: [
                    {
                      key: 'level',
                      label: 'Level',
                      type: 'select',
                      required: true,
                      options: [
                        { key: 'low', label: 'Low' },
                        { key: 'high', label: 'High' },
                      ],
                    },
                    {
                      key: 'cost',
                      label: 'Cost',
                      type: 'number',
                      required: true,
                      min: 0,
                      max: 100,
                    },
                  ],
                },
              ],
            },
            next: [
              {
                to: 'both',
                when: {
                  all: [
                    { fact: 'level', is: 'equal', value: 'high' },
                    { fact: 'cost', is: 'above', value: 50 },
                  ],
                },
              },
              { to: 'never', when: { fact: 'cost', is: 'above', value: 100 } },
              { to: 'rest' },
            ],
          },
        },
        ...[end('both'), end('never'), end('rest')],
      ],
      [
        { name: 'level', type: { kind: 'choice', options: ['low', 'high'] }, source: 'form' },
        { name: 'cost', type: { kind: 'number' }, source: 'form' },
      ],
    );
    const { cases, uncovered } = generateCases(definition);
    expect(cases.map(({ expects }) => expects?.ending).sort()).toEqual(['both', 'rest']);
    expect(uncovered.map(({ place }) => place)).toEqual(['steps.ask.next.1', 'steps.never']);
  });
});
