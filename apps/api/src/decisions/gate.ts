import {
  dictionaryOf,
  holds,
  mayHold,
  type ApprovalStep,
  type Facts,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** One condition of a gate on the facts of a moment. */
export interface GateLine {
  readonly key: string;
  readonly label: string;
  readonly met: boolean;
  readonly cure: string;
}

/** The conditions of an approval that apply, and whether each is met; what cannot be told applies. */
export function gateOf(
  definition: WorkflowDefinition,
  step: ApprovalStep,
  facts: Facts,
): GateLine[] {
  const dictionary = dictionaryOf(definition.facts);
  return (step.gate ?? [])
    .filter(({ applies }) => !applies || mayHold(applies, dictionary, facts))
    .map(({ key, label, cure, holds: condition }) => ({
      key,
      label,
      cure,
      met: holds(condition, dictionary, facts),
    }));
}
