import { compiledOf } from '../definition/compiled.ts';
import type { DefinitionProblem } from '../definition/definition-problem.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { Findings } from './findings.ts';
import { maxFacts, maxSteps } from '../definition/language-shape.ts';
import { checkSoundness } from './soundness.ts';
import { checkBlocks } from './validate-blocks.ts';
import { checkCalls } from './validate-calls.ts';
import { checkCases } from './validate-cases.ts';
import { checkDataFlow } from './validate-data-flow.ts';
import { checkDeclarations, checkNamedFacts } from './validate-facts.ts';
import { checkDeadlines } from './validate-deadlines.ts';
import { checkEach } from './validate-each.ts';
import { checkForm } from './validate-forms.ts';
import { checkGraph } from './validate-graph.ts';
import { checkPeople } from './validate-people.ts';
import { checkExpressions, checkPeopleAndTime } from './validate-steps.ts';
import { checkTable } from './validate-tables.ts';
import { checkWaits } from './validate-waits.ts';

/**
 * Everything wrong with a definition: names, the graph, blocks, every condition and expression
 * against the declared facts, forms, tables, separation and soundness. `library` holds the
 * workflows that it may call; without it, calls are not checked. A definition with a problem of
 * severity `error` must not be published.
 */
export function validateDefinition(
  definition: WorkflowDefinition,
  library?: readonly WorkflowDefinition[],
): readonly DefinitionProblem[] {
  const findings = new Findings();
  if (definition.steps.length > maxSteps || definition.facts.length > maxFacts) {
    const message = `A workflow may have ${maxSteps} steps and ${maxFacts} facts. Split it.`;
    findings.error('too-large', 'steps', message);
    return findings.problems;
  }
  const compiled = compiledOf(definition);
  checkDeclarations(compiled, findings);
  checkGraph(compiled, findings);
  checkBlocks(compiled, findings);
  const flawed = findings.failed;
  for (const step of definition.steps) {
    checkNamedFacts(compiled, step, findings);
    checkExpressions(compiled, step, findings);
    checkPeopleAndTime(compiled, step, findings);
    checkPeople(compiled, step, findings);
    checkWaits(compiled, step, findings);
    checkEach(compiled, step, findings);
    checkTable(compiled, step, findings);
    checkCases(compiled, step, findings);
    checkDeadlines(step, findings, library);
    if (step.type === 'form' || step.type === 'task') checkForm(compiled, step, findings);
  }
  if (library) checkCalls(compiled, library, findings);
  checkDataFlow(compiled, findings);
  // On a broken graph the exploration would only repeat in riddles what is said already.
  if (!flawed) for (const problem of checkSoundness(compiled)) findings.flow(problem);
  return findings.problems;
}
