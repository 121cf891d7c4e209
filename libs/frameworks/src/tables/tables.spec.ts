import { describe, expect, it } from '@jest/globals';
import {
  type DecisionTable,
  dictionaryOf,
  evaluateTable,
  type FactDeclaration,
  type Facts,
} from '@plumbline/workflow-engine';
import { choice, declare } from '../authoring.ts';
import { organisationFacts, subjectFacts } from '../facts.ts';
import { standardTables } from '../library.ts';
import { measurementLevels, tiers } from '../vocabulary.ts';
import { approverTable } from './approver.ts';
import { metricBreachTable } from './metric-breach.ts';
import { orgSizeTable, sizeProfileOf } from './org-size.ts';
import { pathTable } from './path.ts';
import { reviewIntervalTable } from './review-interval.ts';
import { riskLevelOf, riskLevelTable, worstHarmCel, worstScoreCel } from './risk-level.ts';
import { tierTable } from './tier.ts';

const number = { kind: 'number' } as const;
const yesNo = { kind: 'boolean' } as const;

const facts: readonly FactDeclaration[] = [
  ...subjectFacts,
  ...organisationFacts,
  ...declare('calculated', {
    hardTrigger: [yesNo, ''],
    triageScore: [number, ''],
    impactFloor: [choice(tiers), ''],
    worstLevel: [choice(measurementLevels), ''],
    windowsInBreach: [number, ''],
    sensitiveBreach: [yesNo, ''],
    score: [number, ''],
    harm: [number, ''],
  }),
];
const dictionary = dictionaryOf(facts);

function answer(table: DecisionTable, given: Facts): Facts | null {
  return evaluateTable(table, dictionary, given)?.outputs ?? null;
}

describe('DT-TIER', () => {
  const plain = {
    regClass: 'minimal',
    sensitiveUse: false,
    hardTrigger: false,
    triageScore: 0,
    impactFloor: 'minimal',
  };

  it.each([
    [
      'Copilot: drafting and summarising internal text',
      [0, 0, 1, 2, 0, 1, 0, 1],
      'minimal',
      'minimal',
    ],
    ['Developer code assistant', [0, 0, 0, 2, 1, 0, 0, 1], 'minimal', 'minimal'],
    ['Lead scoring for sales', [1, 0, 2, 2, 0, 0, 0, 2], 'minimal', 'limited'],
    ['Website support chatbot', [1, 2, 2, 1, 1, 3, 1, 2], 'transparency', 'limited'],
    ['Agent issuing refunds', [2, 2, 2, 2, 2, 2, 1, 3], 'minimal', 'high'],
    ['CV screening tool', [3, 1, 2, 2, 1, 2, 1, 2], 'high-risk-annex-iii', 'high'],
    ['Clinical letter summariser', [1, 0, 2, 3, 1, 1, 2, 2], 'minimal', 'high'],
    [
      'Emotion detection of call-centre staff',
      [2, 0, 1, 2, 1, 1, 1, 2],
      'prohibited',
      'prohibited',
    ],
  ] as const)('%s', (_, scores, regClass, tier) => {
    const [t1, t2, , t4, t5, t6, t7] = scores;
    const given = {
      ...plain,
      regClass,
      triageScore: scores.reduce((sum: number, score) => sum + score, 0),
      hardTrigger: t1 === 3 || (t2 >= 3 && t6 >= 2) || t4 === 3 || t5 >= 3 || t7 >= 3,
    };
    expect(answer(tierTable, given)).toMatchObject({ tier });
  });

  it.each([
    [{ regClass: 'hold' }, 'high', 'full', true],
    [{ regClass: 'high-risk-annex-i' }, 'high', 'full', false],
    [{ sensitiveUse: true }, 'high', 'full', false],
    [{ hardTrigger: true }, 'high', 'full', false],
    [{ triageScore: 14 }, 'high', 'full', false],
    [{ impactFloor: 'high' }, 'high', 'full', false],
    [{ triageScore: 13 }, 'limited', 'standard', false],
    [{ triageScore: 5 }, 'minimal', 'light', false],
    [{ triageScore: 6 }, 'limited', 'standard', false],
    [{ impactFloor: 'limited' }, 'limited', 'standard', false],
    [{ regClass: 'derogated' }, 'limited', 'standard', false],
    [{ regClass: 'gpai' }, 'limited', 'standard', false],
    [{ regClass: 'out-of-scope' }, 'minimal', 'light', false],
    [{ regClass: 'prohibited', sensitiveUse: null }, 'prohibited', 'stop', false],
  ])('%j gives %s', (change, tier, path, hold) => {
    expect(answer(tierTable, { ...plain, ...change })).toEqual({ tier, path, hold });
  });

  it.each(Object.keys(plain))('fails closed while %s is unknown', (name) => {
    expect(answer(tierTable, { ...plain, [name]: null })).toEqual({
      tier: 'high',
      path: 'full',
      hold: true,
    });
  });
});

describe('DT-RISK-LEVEL', () => {
  it.each([
    [[2, 2, 1, 1], 'low', 4],
    [[3, 3, 2, 1], 'moderate', 9],
    [[2, 3, 5, 1], 'high', 10],
    [[1, 1, 5, 1], 'high', 5],
    [[1, 1, 1, 5], 'high', 5],
    [[4, 5, 4, 2], 'critical', 20],
    [[1, 5, 1, 1], 'moderate', 5],
  ] as const)(
    '%j is %s',
    ([likelihood, impactOrg, impactIndividuals, impactSociety], level, score) => {
      expect(riskLevelOf({ likelihood, impactOrg, impactIndividuals, impactSociety })).toEqual({
        level,
        score,
      });
    },
  );

  it('refuses missing scores, and says which', () => {
    const some = { likelihood: 1, impactOrg: null, impactIndividuals: 2, impactSociety: null };
    expect(riskLevelOf(some)).toEqual({ missing: ['impactOrg', 'impactSociety'] });
    const table = riskLevelTable('residualLevel', 'score', 'harm');
    expect(answer(table, { score: null, harm: 5 })).toBeNull();
    expect(answer(table, { score: 20, harm: null })).toBeNull();
  });

  it('gives a list the level of its highest risk, for all 625 pairs of scores', () => {
    const table = riskLevelTable('residualLevel', 'score', 'harm');
    const order = ['low', 'moderate', 'high', 'critical'];
    const five = [1, 2, 3, 4, 5];
    const risks = five.flatMap((likelihood) =>
      five.flatMap((impactOrg) =>
        five.flatMap((impactIndividuals) =>
          five.map((impactSociety) => ({
            likelihood,
            impactOrg,
            impactIndividuals,
            impactSociety,
          })),
        ),
      ),
    );
    expect(risks).toHaveLength(625);
    const scored = (risk: (typeof risks)[number]) => {
      const result = riskLevelOf(risk);
      if ('missing' in result) throw new Error('Nothing is missing here.');
      const harm = Math.max(risk.impactIndividuals, risk.impactSociety);
      return { ...result, harm };
    };
    risks.forEach((risk, at) => {
      const [one, other] = [scored(risk), scored(risks[(at * 7 + 3) % risks.length]!)];
      const worst = Math.max(order.indexOf(one.level), order.indexOf(other.level));
      const given = {
        score: Math.max(one.score, other.score),
        harm: Math.max(one.harm, other.harm),
      };
      expect(answer(table, given)).toEqual({ residualLevel: order[worst] });
    });
  });

  it('reads the scores before and after treatment', () => {
    expect(worstScoreCel('risks')).toContain('r.likelihood * max(r.impactOrg');
    expect(worstScoreCel('risks', 'residual')).toContain('r.residualLikelihood');
    expect(worstHarmCel('risks', 'residual')).toContain('r.residualImpactSociety');
  });
});

describe('DT-APPROVER', () => {
  it.each([
    [{ tier: 'minimal', orgSize: 'medium', residualLevel: 'low' }, 'client.aims_manager', 1, null],
    [
      { tier: 'minimal', orgSize: 'micro', residualLevel: 'moderate' },
      'client.aims_manager',
      1,
      null,
    ],
    [{ tier: 'limited', orgSize: 'small', residualLevel: 'moderate' }, 'client.approver', 1, null],
    [{ tier: 'limited', orgSize: 'micro', residualLevel: 'low' }, 'client.top_management', 1, null],
    [
      { tier: 'high', orgSize: 'micro', residualLevel: 'moderate' },
      'client.top_management',
      1,
      null,
    ],
    [{ tier: 'high', orgSize: 'large', residualLevel: 'moderate' }, 'client.approver', 2, null],
    [
      { tier: 'limited', orgSize: 'medium', residualLevel: 'high' },
      'client.top_management',
      1,
      'client.approver',
    ],
    [{ tier: 'high', orgSize: 'micro', residualLevel: 'high' }, 'client.top_management', 1, null],
  ])('%j: %s × %d', (given, role, count, also) => {
    expect(answer(approverTable, given)).toEqual({
      role,
      count,
      also,
      blocked: null,
    });
  });

  it.each([
    { tier: 'high', orgSize: 'large', residualLevel: 'critical' },
    { tier: 'minimal', orgSize: 'micro', residualLevel: 'critical' },
    { tier: 'prohibited', orgSize: 'large', residualLevel: 'low' },
    { tier: null, orgSize: 'large', residualLevel: 'low' },
    { tier: null, orgSize: 'large', residualLevel: 'high' },
    { tier: 'high', orgSize: null, residualLevel: 'low' },
    { tier: 'limited', orgSize: null, residualLevel: 'high' },
    { tier: 'limited', orgSize: 'micro', residualLevel: null },
  ])('blocks for %j', (given) => {
    expect(answer(approverTable, given)?.['blocked']).toMatch(/\w/);
  });
});

describe('DT-REVIEW-INTERVAL', () => {
  it.each([
    [{ tier: 'minimal', residualLevel: 'low' }, 'P12M'],
    [{ tier: 'limited', residualLevel: 'moderate' }, 'P12M'],
    [{ tier: 'high', residualLevel: 'moderate' }, 'P6M'],
    [{ tier: 'limited', residualLevel: 'high' }, 'P3M'],
    [{ tier: 'high', residualLevel: 'low', severeIncidentLast6Months: true }, 'P3M'],
    [{ tier: null, residualLevel: 'low' }, 'P3M'],
    [{ tier: 'limited', residualLevel: null }, 'P3M'],
  ])('%j: %s', (given, reviewInterval) => {
    expect(answer(reviewIntervalTable, given)).toEqual({ reviewInterval });
  });
});

describe('DT-ORG-SIZE', () => {
  it.each([
    [1, 'micro', 1.5],
    [9, 'micro', 1.5],
    [10, 'small', 1.25],
    [49, 'small', 1.25],
    [50, 'medium', 1],
    [249, 'medium', 1],
    [250, 'large', 1],
    [null, 'large', 1],
  ])('%s people: %s', (headcount, size, dueFactor) => {
    expect(sizeProfileOf(headcount)).toMatchObject({ size, dueFactor });
    expect(answer(orgSizeTable, { headcount })).toMatchObject({ orgSize: size, dueFactor });
  });
});

describe('DT-PATH', () => {
  it.each([
    ['minimal', 'light', 17],
    ['limited', 'standard', 39],
    ['high', 'full', 48],
    ['prohibited', 'stop', 0],
    [null, 'stop', 0],
  ])('%s: %s', (tier, path, impactQuestions) => {
    expect(answer(pathTable, { tier })).toMatchObject({ path, impactQuestions });
  });
});

describe('DT-METRIC-BREACH', () => {
  it.each([
    ['critical', 'limited', 1, false, 'incident'],
    ['breach', 'high', 1, true, 'review-and-risk'],
    ['breach', 'high', 1, false, 'review'],
    ['breach', 'limited', 1, true, 'look'],
    ['breach', 'limited', 2, false, 'review'],
    ['warn', 'high', 0, false, 'look'],
    ['late', 'high', 0, false, 'fix-data'],
    ['insufficient-data', 'limited', 0, false, 'fix-data'],
    ['ok', 'high', 0, false, 'none'],
    [null, 'high', 0, false, 'review'],
  ])('%s, %s, %d windows: %s', (worstLevel, tier, windowsInBreach, sensitiveBreach, response) => {
    const given = { worstLevel, tier, windowsInBreach, sensitiveBreach };
    expect(answer(metricBreachTable, given)).toEqual({ response });
  });
});

describe('every table of the library', () => {
  it.each(standardTables.map((table) => [table.key, table] as const))(
    '%s is complete or refuses on purpose',
    (key, table) => {
      const last = table.rules.at(-1);
      if (key === 'DT-RISK-LEVEL' || table.hit === 'shortest') expect(last?.when).toBeDefined();
      else expect(last?.when).toBeUndefined();
      for (const { then } of table.rules) {
        const outputs = table.outputs.map(({ name }) => name);
        for (const name of Object.keys(then)) expect(outputs).toContain(name);
      }
    },
  );
});
