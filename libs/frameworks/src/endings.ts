import type { WorkflowDefinition } from '@plumbline/workflow-engine';

/** One named ending of a workflow, and the stage that it gives the AI system, if any. */
export interface Ending {
  readonly workflow: string;
  readonly outcome: string;
  readonly stage: string | null;
}

/** The named endings of a definition. */
export function endings(definition: WorkflowDefinition): readonly Ending[] {
  return definition.steps.flatMap((step) => {
    if (step.type !== 'end') return [];
    const written = step.writes?.find(({ field }) => field === 'stage')?.value.cel;
    const stage = written === undefined ? null : String(JSON.parse(written));
    return [{ workflow: definition.key, outcome: step.outcome, stage }];
  });
}
