import type { WorkflowDefinition } from './definition.ts';
import type { Findings } from './findings.ts';

/** Kinds of step that the language describes and moves do not carry out yet. */
const ahead: ReadonlySet<string> = new Set(['await', 'signal', 'tell', 'undo', 'path-end']);

/** Parts of steps that moves do not carry out yet. */
const aheadIn = [
  'boundaries',
  'each',
  'enough',
  'escalation',
  'assign',
  'quorum',
  'roleFrom',
  'failed',
  'undoneBy',
] as const;

/** Refuses what could be written and would not be carried out, so that nothing is skipped silently. */
export function checkLanguage(definition: WorkflowDefinition, findings: Findings): void {
  for (const step of definition.steps) {
    const parts = aheadIn.filter((part) => part in step);
    const branches = step.type === 'parallel' && step.branches.some(({ when }) => when);
    const words: string[] = [...(ahead.has(step.type) ? [step.type] : []), ...parts];
    if (branches) words.push('branches.when');
    for (const word of words) {
      findings.error('not-carried-out', `steps.${step.id}`, `“${word}” is not carried out yet.`);
    }
  }
}
