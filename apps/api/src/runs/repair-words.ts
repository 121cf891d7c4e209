import { tokenKeyOf, type RepairAction, type WorkflowDefinition } from '@plumbline/workflow-engine';
import { factLabel } from './fact-words.ts';

/** What a repair does, in words. */
export function repairInWords(action: RepairAction, definition: WorkflowDefinition): string {
  const stepName = (id: string) =>
    `“${definition.steps.find((step) => step.id === id)?.name ?? id}”`;
  const ofKey = (key: string) => stepName(tokenKeyOf(key).replace(/#\d+$/, ''));
  switch (action.kind) {
    case 'skip':
      return action.to === undefined
        ? `${ofKey(action.key)} skipped`
        : `${ofKey(action.key)} skipped, going on at ${stepName(action.to)}`;
    case 'move':
      return `moved from ${ofKey(action.from)} to ${stepName(action.to)}`;
    case 'retry':
      return `${ofKey(action.key)} started anew`;
    case 'set-facts':
      return `data changed: ${Object.keys(action.facts)
        .map((name) => factLabel(definition, name))
        .join(', ')}`;
  }
}
