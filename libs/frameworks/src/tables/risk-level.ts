import type { DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { riskLevels } from '../vocabulary.ts';

export type RiskLevel = 'low' | 'moderate' | 'high' | 'critical';

/** Names the scales and the table below, wherever a score is given; raised when one of them changes. */
export const riskCriteriaVersion = 'Standard criteria, version 1';

/** The four scores of a risk, each from 1 to 5; `null` while one is missing. */
export interface RiskScores {
  readonly likelihood: number | null;
  readonly impactOrg: number | null;
  readonly impactIndividuals: number | null;
  readonly impactSociety: number | null;
}

/** The level of one risk, or which scores are missing: a risk without scores has no level. */
export function riskLevelOf(
  scores: RiskScores,
): { readonly level: RiskLevel; readonly score: number } | { readonly missing: readonly string[] } {
  const { likelihood, impactOrg, impactIndividuals, impactSociety } = scores;
  if (
    likelihood === null ||
    impactOrg === null ||
    impactIndividuals === null ||
    impactSociety === null
  ) {
    return {
      missing: Object.entries(scores)
        .filter(([, value]) => value === null)
        .map(([name]) => name),
    };
  }
  const score = likelihood * Math.max(impactOrg, impactIndividuals, impactSociety);
  const floor = Math.max(impactIndividuals, impactSociety) === 5;
  const level =
    score >= 20 ? 'critical' : score >= 10 || floor ? 'high' : score >= 5 ? 'moderate' : 'low';
  return { level, score };
}

/** CEL for the highest score of a list of risks; unknown when one score is missing. */
export function worstScoreCel(list: string, prefix: '' | 'residual' = ''): string {
  const [likelihood, org, individuals, society] = names(prefix);
  return `highest(${list}.map(r, r.${likelihood} * max(r.${org}, r.${individuals}, r.${society})))`;
}

/** CEL for the highest impact on individuals or society in a list of risks. */
export function worstHarmCel(list: string, prefix: '' | 'residual' = ''): string {
  const [, , individuals, society] = names(prefix);
  return `highest(${list}.map(r, max(r.${individuals}, r.${society})))`;
}

function names(prefix: '' | 'residual'): readonly [string, string, string, string] {
  return prefix
    ? [
        'residualLikelihood',
        'residualImpactOrg',
        'residualImpactIndividuals',
        'residualImpactSociety',
      ]
    : ['likelihood', 'impactOrg', 'impactIndividuals', 'impactSociety'];
}

/**
 * DT-RISK-LEVEL for the highest risk of a list: the same bands and floors as {@link riskLevelOf}.
 * It has no row for an unknown score, so a risk without scores goes no further.
 */
export function riskLevelTable(
  output: 'inherentLevel' | 'residualLevel',
  score: string,
  harm: string,
): DecisionTable {
  return {
    key: 'DT-RISK-LEVEL',
    name: 'Risk level',
    hit: 'first',
    inputs: [score, harm],
    outputs: declare('table', { [output]: [choice(riskLevels), 'Risk level'] }),
    rules: [
      {
        when: when.all(when.atLeast(score, 20), when.known(harm)),
        then: { [output]: 'critical' },
      },
      {
        when: when.all(when.atLeast(score, 10), when.known(harm)),
        then: { [output]: 'high' },
      },
      {
        when: when.all(when.known(score), when.equal(harm, 5)),
        then: { [output]: 'high' },
        note: 'A worst impact of 5 on individuals or society is never below high.',
      },
      {
        when: when.all(when.atLeast(score, 5), when.known(harm)),
        then: { [output]: 'moderate' },
      },
      {
        when: when.all({ fact: score, is: 'below', value: 5 }, when.known(harm)),
        then: { [output]: 'low' },
      },
    ],
  };
}
