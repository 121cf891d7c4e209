import type { WorkflowChange, WorkflowDifference } from '@plumbline/contracts';
import type { StepId, WorkflowDefinition } from '@plumbline/workflow-engine';

/** How a step of either version compares. */
export type StepMark = WorkflowDifference['steps'][string];

/** The changes of one step, or of the workflow as a whole. */
export interface StepChanges {
  /** Null: the workflow as a whole. */
  readonly step: StepId | null;
  readonly name: string;
  readonly mark: StepMark;
  readonly changes: readonly WorkflowChange[];
}

/**
 * The changes gathered by step, in the order in which the difference names them: the workflow first,
 * steps of the new version next, removed ones last.
 */
export function changesByStep(
  { changes, steps }: Pick<WorkflowDifference, 'changes' | 'steps'>,
  before: WorkflowDefinition | null,
  after: WorkflowDefinition | null,
): readonly StepChanges[] {
  const names = new Map(
    [...(before?.steps ?? []), ...(after?.steps ?? [])].map(({ id, name }) => [id, name]),
  );
  const found = new Map<StepId | null, WorkflowChange[]>();
  for (const change of changes) {
    found.set(change.step, [...(found.get(change.step) ?? []), change]);
  }
  return [...found].map(([step, own]) => ({
    step,
    name: step === null ? '' : names.get(step) || step,
    mark: step === null ? 'changed' : (steps[step] ?? 'changed'),
    changes: own,
  }));
}
