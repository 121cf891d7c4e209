import type { Task } from '@plumbline/contracts';
import type { FactDeclaration, Facts, FormDefinition } from '@plumbline/workflow-engine';
import type { FormSource } from '../forms/index.ts';

const isForm = (value: object): value is FormDefinition =>
  'sections' in value && Array.isArray(value.sections);
const isDeclaration = (value: object): value is FactDeclaration =>
  'name' in value && 'type' in value;

/** The form of a task with what its conditions look at; the contract leaves these to the engine's types. */
export function formSource(
  task: Pick<Task, 'form' | 'facts' | 'values' | 'title'>,
  draft: Readonly<Record<string, unknown>> | null,
): FormSource {
  if (!task.form || !isForm(task.form)) throw new Error(`“${task.title}” has no form`);
  return {
    form: task.form,
    facts: task.facts.flatMap((fact: object) => (isDeclaration(fact) ? [fact] : [])),
    values: task.values as Facts,
    draft: draft as Facts | null,
  };
}
