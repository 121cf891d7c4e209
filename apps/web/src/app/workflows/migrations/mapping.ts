import type { FactDeclaration, Step, StepId, WorkflowDefinition } from '@plumbline/workflow-engine';

/** Kinds of steps at which a run can stand. */
const WAITING: ReadonlySet<Step['type']> = new Set([
  ...(['form', 'task', 'approval', 'timer', 'await', 'sub-workflow', 'join'] as const),
]);

/** Steps at which a run may stand and which the other version does not have: each needs a place to go to. */
export function stepsWithoutPlace(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
): readonly Step[] {
  const there = new Set(after.steps.map(({ id }) => id));
  return before.steps.filter(({ id, type }) => WAITING.has(type) && !there.has(id));
}

/** Steps of a version at which a run may stand, to begin anew or elsewhere. */
export function stepsToStandAt({ steps }: WorkflowDefinition): readonly Step[] {
  return steps.filter(({ type }) => WAITING.has(type));
}

/** Facts that the version has anew and that a person can give in one field. */
export function factsToGive(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
): readonly FactDeclaration[] {
  const known = new Set(before.facts.map(({ name }) => name));
  return after.facts.filter(
    ({ name, source, type }) =>
      !known.has(name) &&
      source !== 'subject' &&
      source !== 'organisation' &&
      name !== 'today' &&
      ['boolean', 'number', 'text', 'date', 'choice'].includes(type.kind),
  );
}

/** Only what is there in both versions and was chosen. */
export function mappingOf(
  chosen: Readonly<Record<StepId, StepId>>,
  before: WorkflowDefinition,
  after: WorkflowDefinition,
): Readonly<Record<StepId, StepId>> {
  const [from, to] = [before, after].map(({ steps }) => new Set(steps.map(({ id }) => id)));
  return Object.fromEntries(
    Object.entries(chosen).filter(([step, target]) => from?.has(step) && to?.has(target)),
  );
}
