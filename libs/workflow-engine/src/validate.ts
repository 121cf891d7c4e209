import type { DefinitionProblem } from './definition-problem.ts';
import type { WorkflowDefinition } from './definition.ts';
import { checkGraph } from './validate-graph.ts';

/** Everything wrong with a definition. `library` holds the workflows that it may call. */
export function validateDefinition(
  definition: WorkflowDefinition,
  _library: readonly WorkflowDefinition[] = [],
): readonly DefinitionProblem[] {
  return checkGraph(definition);
}
