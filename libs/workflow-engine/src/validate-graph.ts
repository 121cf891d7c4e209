import type { DefinitionProblem } from './definition-problem.ts';
import type { Step, StepId, WorkflowDefinition } from './definition.ts';
import { exitsOf } from './graph.ts';

/** Ids, targets and reachability. */
export function checkGraph(definition: WorkflowDefinition): readonly DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const steps = new Map<StepId, Step>();
  for (const step of definition.steps) {
    if (steps.has(step.id)) {
      problems.push({
        code: 'duplicate-name',
        severity: 'error',
        place: `steps.${step.id}`,
        message: `Two steps are called “${step.id}”. Rename one.`,
      });
    }
    steps.set(step.id, step);
  }
  for (const step of definition.steps) {
    for (const { to, name } of exitsOf(step)) {
      if (steps.has(to)) continue;
      problems.push({
        code: 'unknown-step',
        severity: 'error',
        place: `steps.${step.id}.${name}`,
        message: `There is no step “${to}”.`,
      });
    }
  }
  return problems;
}
