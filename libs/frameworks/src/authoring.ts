import {
  type Condition,
  type FactDeclaration,
  type FactType,
  factTypeOf,
  type Field,
  type FormDefinition,
  type Option,
  type Step,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** A fact that holds one of these options. */
export function choice(options: readonly Option[]): FactType & { readonly kind: 'choice' } {
  return { kind: 'choice', options: options.map(({ key }) => key) };
}

/** A fact that holds any of these options. */
export function choices(options: readonly Option[]): FactType & { readonly kind: 'choices' } {
  return { kind: 'choices', options: options.map(({ key }) => key) };
}

/** Facts of one source: name, type and description of each. */
export function declare(
  source: FactDeclaration['source'],
  facts: Readonly<Record<string, readonly [type: FactType, description: string]>>,
): readonly FactDeclaration[] {
  return Object.entries(facts).map(([name, [type, description]]) => ({
    name,
    type,
    source,
    description,
  }));
}

/** All questions of a form, in order. */
export function fieldsOf(form: FormDefinition): readonly Field[] {
  return form.sections.flatMap(({ fields }) => fields);
}

/** A definition as authored: its form answers and table outputs are declared for it. */
export type Draft = Omit<WorkflowDefinition, 'facts' | 'subject'>;

/**
 * Completes a draft. Its dictionary is `known` plus every answer and table output that `known` does
 * not have; what one of its steps sets belongs to the run, also if the register has it too.
 */
export function define(draft: Draft, known: readonly FactDeclaration[]): WorkflowDefinition {
  const facts = new Map(known.map((fact) => [fact.name, fact]));
  for (const step of draft.steps) {
    for (const { name, source, ...made } of factsMadeBy(step)) {
      const declared = facts.get(name);
      const type = declared?.type ?? made.type;
      if (!type) throw new Error(`Declare the fact “${name}” that step “${step.id}” sets.`);
      const description = declared?.description ?? made.description;
      facts.set(name, { name, type, source, ...(description ? { description } : {}) });
    }
  }
  return { ...draft, subject: 'ai-system', facts: [...facts.values()] };
}

/** A fact that a step sets; its type is known from a form or table, or was declared before. */
type Made = Omit<FactDeclaration, 'type'> & { readonly type?: FactType };

function factsMadeBy(step: Step): readonly Made[] {
  const made = (source: FactDeclaration['source'], ...names: readonly (string | undefined)[]) =>
    names.filter((name) => name !== undefined).map((name): Made => ({ name, source }));
  switch (step.type) {
    case 'form':
    case 'task':
      return [
        ...fieldsOf(step.form).map((field): Made => ({
          name: field.key,
          type: factTypeOf(field),
          source: 'form',
          description: field.label,
        })),
        ...made('run', step.performer),
      ];
    case 'approval':
      return made('run', step.performer, step.outcomeFact);
    case 'check':
      return made('calculated', ...(step.set ?? []).map(({ fact }) => fact));
    case 'table':
      return step.table.outputs;
    case 'sub-workflow':
      return made('run', step.outcomeFact, ...step.output.map(({ ours }) => ours));
    default:
      return [];
  }
}

/** Conditions in short, so that a rule reads as a sentence. */
export const when = {
  equal: (fact: string, value: string | number | boolean): Condition => ({
    fact,
    is: 'equal',
    value,
  }),
  in: (fact: string, ...value: readonly (string | number)[]): Condition => ({
    fact,
    is: 'in',
    value,
  }),
  includes: (fact: string, ...values: readonly string[]): Condition => {
    const parts = values.map((value): Condition => ({ fact, is: 'includes', value }));
    return parts.length === 1 ? parts[0]! : { any: parts };
  },
  atLeast: (fact: string, value: string | number): Condition => ({
    fact,
    is: 'at-least',
    value,
  }),
  yes: (fact: string): Condition => ({ fact, is: 'equal', value: true }),
  yesOrUnsure: (fact: string): Condition => ({ fact, is: 'in', value: ['yes', 'unsure'] }),
  known: (fact: string): Condition => ({ fact, is: 'known' }),
  unknown: (fact: string): Condition => ({ fact, is: 'unknown' }),
  all: (...all: readonly Condition[]): Condition => ({ all }),
  any: (...any: readonly Condition[]): Condition => ({ any }),
  not: (not: Condition): Condition => ({ not }),
};
