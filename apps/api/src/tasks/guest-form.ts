import {
  factsIn,
  factsInExpression,
  type Condition,
  type Expression,
  type FactDeclaration,
  type Facts,
  type Field,
  type FormDefinition,
} from '@plumbline/workflow-engine';

/** What a guest may see of a task: its form, and no fact but those that the form looks at. */
export interface GuestForm {
  readonly form: FormDefinition;
  readonly facts: readonly FactDeclaration[];
  readonly values: Facts;
}

/** Questions whose answer is chosen from what only members may see. */
const INSIDE: Readonly<Partial<Record<Field['type'], string>>> = {
  person: 'people of this organisation',
  people: 'people of this organisation',
  evidence: 'items of the evidence library',
  lookup: 'records of this organisation',
};

/** Why a form cannot be answered from outside, in words; null when it can. */
export function whyNotForGuests(form: FormDefinition): string | null {
  const inside = allFields(form).find(({ type }) => INSIDE[type] !== undefined);
  if (!inside) return null;
  return `“${inside.label}” is chosen from ${INSIDE[inside.type]}, which somebody outside cannot see. Answer this form yourself.`;
}

/** The part of a task's facts that its form looks at, without anything else that is known. */
export function guestForm(
  form: FormDefinition,
  declarations: readonly FactDeclaration[],
  known: Facts,
): GuestForm {
  const asked = new Set(allFields(form).map(({ key }) => key));
  const looked = new Set(looksAt(form));
  const facts = declarations.filter(({ name }) => asked.has(name) || looked.has(name));
  const values = Object.fromEntries(
    Object.entries(known).filter(([name]) => looked.has(name) && !asked.has(name)),
  );
  const { shows: _, ...questions } = form;
  return { form: questions, facts, values };
}

const fieldsIn = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => [field, ...(field.type === 'repeat' ? fieldsIn(field.fields) : [])]);

const allFields = ({ sections }: FormDefinition): Field[] =>
  sections.flatMap(({ fields }) => fieldsIn(fields));

/** Names of the facts that conditions and calculations of a form read. */
function looksAt(form: FormDefinition): string[] {
  const conditions = [...form.sections, ...allFields(form)].flatMap(({ when }) => when ?? []);
  const expressions = allFields(form).flatMap((field) =>
    field.type === 'calculated' ? [field.value] : [],
  );
  return [...conditions.flatMap(inCondition), ...expressions.flatMap(inExpression)];
}

const inCondition = (condition: Condition): string[] => [...factsIn(condition).read];
const inExpression = (expression: Expression): string[] => [...factsInExpression(expression)];
