import type { AiSystemFields } from '@plumbline/contracts';

/** What every AI system in the register must tell, in the order in which people are asked. */
export const REQUIRED_FIELDS = [
  'name',
  'purpose',
  'kind',
  'orgRole',
  'euRole',
  'owner',
  'affectedGroups',
  'volume',
  'dataKinds',
  'jurisdictions',
] as const satisfies readonly ('name' | keyof AiSystemFields)[];

/** The required fields without an answer. An empty text or list is no answer. */
export function missingFields(system: { readonly name: string } & AiSystemFields): string[] {
  return REQUIRED_FIELDS.filter((field) => {
    const value = system[field];
    return value === undefined || value === null || value.length === 0;
  });
}
