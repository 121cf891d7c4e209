import { describe, expect, it } from '@jest/globals';
import { dictionaryOf, evaluateTable, validateDefinition } from '@plumbline/workflow-engine';
import { annexAreas } from '../eu-ai-act/eu-ai-act.data.ts';
import { treeEnds, type TreeAnswers, walkTree } from '../eu-ai-act/classification.ts';
import { regClasses } from '../vocabulary.ts';
import { play } from '../testing/journey.ts';
import { classify } from './classify.ts';

const plain = {
  ...{ isAi: 'yes', inEu: 'yes', excludedUse: 'no', euRole: ['deployer'], prohibitedUse: 'no' },
  ...{ safetyComponent: 'no', sensitiveAreas: ['none'], gpaiProvider: 'no', meetsPeople: 'no' },
};

const strictness = (regClass: string) => regClasses.findIndex(({ key }) => key === regClass);

describe('the classification', () => {
  it('can be published', () => {
    expect(validateDefinition(classify)).toEqual([]);
  });

  it.each([
    ['confirmed', 'minimal', {}],
    ['confirmed', 'not-ai', { isAi: 'no' }],
    ['confirmed', 'out-of-scope', { inEu: 'no' }],
    ['confirmed', 'out-of-scope', { excludedUse: 'yes' }],
    ['prohibited', 'prohibited', { prohibitedUse: 'yes' }],
    ['prohibited', 'prohibited', { inEu: 'no', prohibitedUse: 'yes' }],
    ['on-hold', 'hold', { prohibitedUse: 'unsure' }],
    ['confirmed', 'high-risk-annex-i', { safetyComponent: 'yes', thirdPartyCheck: 'unsure' }],
    ['confirmed', 'minimal', { safetyComponent: 'yes', thirdPartyCheck: 'no' }],
    ['confirmed', 'high-risk-annex-iii', { sensitiveAreas: ['biometrics'], profiling: 'yes' }],
    [
      'confirmed',
      'high-risk-annex-iii',
      { sensitiveAreas: ['biometrics'], profiling: 'no', derogationGrounds: ['none'] },
    ],
    [
      'confirmed',
      'derogated',
      { sensitiveAreas: ['biometrics'], profiling: 'no', derogationGrounds: ['preparatory'] },
    ],
    [
      'confirmed',
      'high-risk-annex-iii',
      {
        sensitiveAreas: ['biometrics'],
        profiling: 'no',
        derogationGrounds: ['preparatory'],
        significantRisk: 'unsure',
      },
    ],
    ['confirmed', 'gpai', { gpaiProvider: 'yes' }],
    ['confirmed', 'gpai-systemic', { gpaiProvider: 'yes', systemicRisk: 'unsure' }],
    ['confirmed', 'transparency', { meetsPeople: 'unsure' }],
  ])('ends as %s with class %s for %j', (ending, regClass, change) => {
    const journey = play(classify, { answers: { ...plain, ...change } });
    expect(journey.state.outcome).toBe(ending);
    expect(journey.writes).toMatchObject({ regClass });
  });

  it('finds sensitive use outside the EU, and lets the derogation take it out', () => {
    const cv = { ...plain, inEu: 'no', sensitiveAreas: ['employment-and-workers'] };
    expect(play(classify, { answers: { ...cv, profiling: 'yes' } }).writes).toMatchObject({
      regClass: 'out-of-scope',
      sensitiveUse: true,
    });
    const narrow = { ...cv, profiling: 'no', derogationGrounds: ['narrow-task'] };
    expect(play(classify, { answers: narrow }).writes).toMatchObject({ sensitiveUse: false });
  });

  it('finds decisions without a person, unsure counting as such', () => {
    const answers = { ...plain, significantDecision: 'unsure', noHumanInvolvement: 'yes' };
    expect(play(classify, { answers }).writes).toMatchObject({ soleDecision: true });
  });

  it('asks the questions again when the approver wants changes', () => {
    const { tasks } = play(classify, { answers: plain, decide: { confirm: 'ask-for-changes' } });
    expect(tasks.map(({ step }) => step)).toEqual([
      ...['scope', 'people', 'confirm'],
      ...['scope', 'people', 'confirm'],
    ]);
  });

  it('agrees with the tree, whatever is answered', () => {
    const dictionary = dictionaryOf(classify.facts);
    const table = classify.steps.find(({ id }) => id === 'tree');
    if (table?.type !== 'table') throw new Error('There is no table.');
    let compared = 0;
    for (const answers of everyAnswer()) {
      const ends = [walkTree(answers), walkTree(answers, 'N11'), walkTree(answers, 'N13')]
        .filter((end) => end !== null)
        .map((end) => treeEnds[end]!);
      const main = ends[0]!;
      // Beside a class of N6 to N10, the duties of N11 to N13 only count when they are stricter.
      const beside = ['not-ai', 'out-of-scope', 'prohibited', 'hold'].includes(main);
      const expected = beside
        ? main
        : ends.toSorted((a, b) => strictness(a) - strictness(b)).at(-1);
      const result = evaluateTable(table.table, dictionary, factsOf(answers));
      expect([answers, result?.outputs['regClass']]).toEqual([answers, expected]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(500);
  });
});

/** Every way to answer the tree inside the EU, each node answered only where it matters. */
function* everyAnswer(): Generator<TreeAnswers> {
  const three = ['yes', 'no', 'unsure'] as const;
  for (const N1 of three) {
    if (N1 === 'no') yield { N1 };
    else
      for (const N3 of three) {
        const scope = { N1, N2: 'yes', N3 } as const;
        if (N3 === 'yes') yield scope;
        else
          for (const N5 of three) {
            if (N5 !== 'no') yield { ...scope, N5 };
            else
              for (const part of products())
                for (const N11 of three)
                  for (const N12 of N11 === 'no' ? [undefined] : three)
                    for (const N13 of three) yield { ...scope, N5, ...part, N11, N12, N13 };
          }
      }
  }
}

function* products(): Generator<TreeAnswers> {
  for (const N6 of ['yes', 'no', 'unsure'] as const) {
    for (const N7 of N6 === 'no' ? [undefined] : (['yes', 'no', 'unsure'] as const)) {
      if (N6 !== 'no' && N7 !== 'no') yield { N6, N7 };
      else {
        yield { N6, N7, N8: 'no' };
        yield { N6, N7, N8: 'yes', N9: 'yes' };
        yield { N6, N7, N8: 'yes', N9: 'no', N10: 'no' };
        yield { N6, N7, N8: 'yes', N9: 'no', N10: 'yes' };
      }
    }
  }
}

function factsOf(answers: TreeAnswers) {
  const { N8, N9, N10 } = answers;
  return {
    isAi: answers['N1'] ?? null,
    inEu: answers['N2'] ?? null,
    excludedUse: answers['N3'] ?? null,
    prohibitedUse: answers['N5'] ?? null,
    safetyComponent: answers['N6'] ?? null,
    thirdPartyCheck: answers['N7'] ?? null,
    sensitiveAreas: N8 === undefined ? null : N8 === 'yes' ? [annexAreas[0]!.key] : ['none'],
    derogationFound: N9 === 'no' && N10 === 'yes',
    gpaiProvider: answers['N11'] ?? null,
    systemicRisk: answers['N12'] ?? null,
    meetsPeople: answers['N13'] ?? null,
  };
}
