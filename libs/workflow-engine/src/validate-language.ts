import type { WorkflowDefinition } from './definition.ts';
import type { Findings } from './findings.ts';

/** Parts of steps that moves do not carry out yet. */
const aheadIn = ['escalation', 'assign', 'quorum', 'roleFrom'] as const;

/** Refuses what could be written and would not be carried out, so that nothing is skipped silently. */
export function checkLanguage(definition: WorkflowDefinition, findings: Findings): void {
  for (const step of definition.steps) {
    for (const word of aheadIn.filter((part) => part in step)) {
      findings.error('not-carried-out', `steps.${step.id}`, `“${word}” is not carried out yet.`);
    }
  }
}
