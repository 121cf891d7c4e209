import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import { intake } from './workflows/intake.data.ts';

/** The workflows that every organisation starts with. */
export const standardLibrary: readonly WorkflowDefinition[] = [intake];

/** The definition of this key, if the standard library has it. */
export function definitionOf(key: string): WorkflowDefinition | undefined {
  return standardLibrary.find((definition) => definition.key === key);
}
