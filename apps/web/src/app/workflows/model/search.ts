import { roleLabel } from '@plumbline/policies';
import type { Step, StepId, WorkflowDefinition } from '@plumbline/workflow-engine';

/** Ids of the steps in which every word of the text occurs: in names, roles, questions, rules. */
export function findSteps({ steps }: WorkflowDefinition, text: string): readonly StepId[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return steps
    .filter((step) => {
      const said = saidBy(step);
      return words.every((word) => said.includes(word));
    })
    .map(({ id }) => id);
}

function saidBy(step: Step): string {
  const role = 'role' in step ? roleLabel(step.role) : '';
  return `${role} ${JSON.stringify(step)}`.toLowerCase();
}
