import type { Facts } from '../expressions/condition.ts';
import type { ApprovalStep, Outcome } from '../definition/definition.ts';
import type { Dictionary } from '../expressions/dictionary.ts';
import { holds, mayHold } from '../expressions/expressions.ts';

/** One condition of a gate on the facts of a moment. */
export interface GateLine {
  readonly key: string;
  readonly label: string;
  /** What to do when it is not met. */
  readonly cure: string;
  readonly met: boolean;
}

/**
 * The conditions of a gate that apply on these facts, and whether each is met. One of which it
 * cannot be told whether it applies does apply; one that cannot be told is not met.
 */
export function gateOf(
  step: ApprovalStep,
  dictionary: Dictionary,
  facts: Facts,
): readonly GateLine[] {
  return (step.gate ?? [])
    .filter(({ applies }) => !applies || mayHold(applies, dictionary, facts))
    .map(({ key, label, cure, holds: condition }) => ({
      ...{ key, label, cure },
      met: holds(condition, dictionary, facts),
    }));
}

/** The outcomes that an approver may choose from on these facts. */
export function offeredOutcomes(
  step: ApprovalStep,
  dictionary: Dictionary,
  facts: Facts,
): readonly Outcome[] {
  return step.outcomes.filter(({ when }) => !when || holds(when, dictionary, facts));
}

/** Whether an outcome lets the matter pass. */
export function isApproving({ effect }: Pick<Outcome, 'effect'>): boolean {
  return effect === 'approve' || effect === 'approve-with-conditions';
}
