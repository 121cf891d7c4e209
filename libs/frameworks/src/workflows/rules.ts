import type { DueRule, EndStep, Outcome, SeparationRule } from '@plumbline/workflow-engine';
import { when } from '../authoring.ts';

/** SOD-01: nobody decides about a system that they proposed or own. Never waived. */
export function notOwnSystem(...steps: readonly string[]): SeparationRule {
  return {
    id: 'SOD-01',
    parties: ['proposer', 'owner'],
    ...(steps.length > 0 ? { steps } : {}),
    because: 'You proposed or own this AI system, so somebody else must decide about it.',
    waivable: 'never',
  };
}

/** SOD-02: who scored a risk does not accept what is left of it. */
export function notScoredBySelf(...steps: readonly string[]): SeparationRule {
  return {
    id: 'SOD-02',
    steps,
    because: 'You scored these risks, so somebody else must accept what is left of them.',
    waivable: 'micro',
  };
}

/** SOD-03: who built or tested the system does not validate it. Never waived. */
export function notBuiltBySelf(...steps: readonly string[]): SeparationRule {
  return {
    id: 'SOD-03',
    parties: ['builders'],
    steps,
    because: 'You built or tested this AI system, so somebody independent must validate it.',
    waivable: 'never',
  };
}

/** SOD-06: the owner of an action does not judge whether it worked. */
export function notOwnAction(party: string, ...steps: readonly string[]): SeparationRule {
  return {
    id: 'SOD-06',
    parties: [party],
    steps,
    because: 'You did this action, so somebody else must check whether it worked.',
    waivable: 'micro',
  };
}

/** SOD-10: who hands in the evidence is not the only one who verifies it. */
export function notOwnEvidence(...steps: readonly string[]): SeparationRule {
  return {
    id: 'SOD-10',
    steps,
    because: 'You handed in this evidence, so somebody else must verify it.',
    waivable: 'micro',
  };
}

/** A deadline in business days for each tier named; a tier that is not known yet has none. */
export function dueByTier(
  days: Readonly<Partial<Record<'minimal' | 'limited' | 'high' | 'prohibited', number>>>,
): readonly DueRule[] {
  return Object.entries(days).map(([tier, amount]) => ({
    when: when.equal('tier', tier),
    due: { amount, unit: 'business-days' },
  }));
}

/** A deadline in business days, whatever the tier. */
export function dueIn(days: number): readonly DueRule[] {
  return [{ due: { amount: days, unit: 'business-days' } }];
}

/** A deadline on the date in this fact. */
export function dueOn(fact: string): readonly DueRule[] {
  return [{ due: { on: fact } }];
}

/** Writes facts of the run to the fields of the same name. */
export function keep(...facts: readonly string[]): NonNullable<EndStep['writes']> {
  return facts.map((fact) => ({ field: fact, value: { cel: fact } }));
}

/** Writes one value to a field. */
export function put(
  field: string,
  value: string | boolean | number,
): NonNullable<EndStep['writes']>[number] {
  const cel = typeof value === 'number' ? value.toFixed(1) : JSON.stringify(value);
  return { field, value: { cel } };
}

/** An outcome by its effect: the reason is asked for everything but a plain approval. */
export function outcome(
  effect: Outcome['effect'],
  to: string,
  label: string,
  consequence: string,
): Outcome {
  return {
    key: effect,
    label,
    effect,
    to,
    reasonRequired: effect !== 'approve',
    consequence,
  };
}
