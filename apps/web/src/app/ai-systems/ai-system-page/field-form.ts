import type { AiSystem, PersonRef, UpdateAiSystem } from '@plumbline/contracts';
import { aiSystemFields } from '@plumbline/frameworks';
import type { Facts, Field, FormDefinition } from '@plumbline/workflow-engine';

/** Who built it is asked here only: a proposal does not know yet. */
const builders: Field = {
  key: 'builders',
  label: 'Who built it, or set it up?',
  hint: 'They do not decide about it later.',
  type: 'people',
  required: false,
};

/** The fields of the register, each of which may stay open: an incomplete entry can be kept. */
export const registerFields: readonly Field[] = [...aiSystemFields, builders].map((field) => ({
  ...field,
  required: field.key === 'name',
}));

export const registerForm = (title: string): FormDefinition => ({
  sections: [{ key: 'register', title, fields: registerFields }],
});

/** What the register holds, by field. */
export function heldBy(system: AiSystem): Facts {
  const { fields } = system;
  return Object.fromEntries(
    registerFields.map(({ key }) => [
      key,
      key === 'name' ? system.name : (fields[key as keyof typeof fields] ?? null),
    ]),
  );
}

/** People that the register names, in case the list of members does not have them any more. */
export function peopleOf(system: AiSystem): readonly PersonRef[] {
  return [system.owner, system.overseer, ...system.builders].filter((one) => one !== null);
}

/** What differs between what was opened and what is written now: only that is sent. */
export function changesBetween(before: Facts, now: Facts): UpdateAiSystem {
  const same = (one: unknown, other: unknown): boolean =>
    JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  return Object.fromEntries(
    registerFields
      .map(({ key }) => [key, now[key] ?? null] as const)
      .filter(([key, value]) => !same(value, before[key])),
  );
}
