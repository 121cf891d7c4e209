import type { FactDeclaration, Field, WorkflowDefinition } from '@plumbline/workflow-engine';

/** A fact of a run that can be changed, and the question that asks for its new value. */
export interface FactQuestion {
  readonly name: string;
  readonly field: Field;
}

/**
 * The facts that a repair can change, with the question that the workflow itself asks for each where
 * there is one. What belongs to the AI system or the organisation is changed there, and tables and
 * attached evidence in their tasks.
 */
export function factQuestions(definition: WorkflowDefinition): readonly FactQuestion[] {
  const fields = definition.steps
    .flatMap((step) => ('form' in step ? step.form.sections : []))
    .flatMap((section) => section.fields);
  return definition.facts.flatMap((fact) => {
    if (fact.source === 'subject' || fact.source === 'organisation') return [];
    // The day of the command, whatever anybody sets.
    if (fact.source === 'run' && fact.name === 'today') return [];
    const plain = plainField(fact);
    if (!plain) return [];
    const asked = fields.find(({ key }) => key === fact.name);
    return [{ name: fact.name, field: (asked && answerable(asked, fact, plain)) ?? plain }];
  });
}

/** The workflow's own question, without its conditions; what it works out itself is asked plainly. */
function answerable(asked: Field, { type }: FactDeclaration, plain: Field): Field {
  const { label } = asked;
  switch (asked.type) {
    case 'calculated':
    case 'lookup':
    case 'repeat':
    case 'evidence':
      return { ...plain, label };
    case 'select':
    case 'multiselect':
      return 'options' in type || type.kind === 'text'
        ? { ...asked, required: true, when: undefined, hint: undefined, why: undefined }
        : { ...plain, label };
    default:
      return { ...asked, required: true, when: undefined, hint: undefined, why: undefined };
  }
}

function plainField({ name, type, description }: FactDeclaration): Field | null {
  const base = { key: name, label: description ?? inWords(name), required: true };
  switch (type.kind) {
    case 'boolean':
      return { ...base, type: 'yes-no' };
    case 'text':
      return { ...base, type: 'longtext' };
    case 'number':
    case 'date':
    case 'person':
    case 'people':
      return { ...base, type: type.kind };
    case 'choice':
      return { ...base, type: 'select', options: optionsOf(type.options) };
    case 'choices':
      return { ...base, type: 'multiselect', options: optionsOf(type.options) };
    case 'evidence':
    case 'list':
      return null;
  }
}

const optionsOf = (keys: readonly string[]) => keys.map((key) => ({ key, label: inWords(key) }));

/** `residualLevel` and `residual-level` as "Residual level". */
function inWords(name: string): string {
  const text = name
    .replaceAll(/[-_.]+/g, ' ')
    .replaceAll(/([a-z\d])([A-Z])/g, (_, before: string, after: string) => `${before} ${after}`)
    .toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
