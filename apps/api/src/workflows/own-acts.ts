import type { Step, WorkflowDefinition } from '@plumbline/workflow-engine';

/** What a step does in the workflow's own name. */
export interface OwnAct {
  readonly step: string;
  readonly name: string;
  readonly does: string;
}

/** Every step that acts without a person at that moment, in words. */
export const ownActs = (definition: WorkflowDefinition): OwnAct[] =>
  definition.steps.flatMap((step) => {
    const does = actOf(step);
    return does === null ? [] : [{ step: step.id, name: step.name, does }];
  });

function actOf(step: Step): string | null {
  switch (step.type) {
    case 'signal':
      return `Sends the signal “${step.signal}” to other runs ${
        step.to === 'ai-system' ? 'about the same AI system' : 'of the organisation'
      }.`;
    case 'tell':
      return 'Tells people, in the product and by mail.';
    case 'sub-workflow':
      return `Starts the workflow “${step.calls}” and waits for it.`;
    case 'undo':
      return 'Starts the steps that undo what was done.';
    case 'end': {
      const fields = step.writes?.map(({ field }) => field) ?? [];
      return fields.length > 0 ? `Writes to the register: ${fields.join(', ')}.` : null;
    }
    case 'approval':
    case 'form':
    case 'task': {
      const levels = step.escalation ?? [];
      const moves = levels.some(({ action }) => action === 'reassign' || action === 'settle');
      return moves ? 'Gives the work to others, or settles it, when its time is over.' : null;
    }
    default:
      return null;
  }
}
