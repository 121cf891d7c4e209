import type { FactType, WorkflowDefinition } from '@plumbline/workflow-engine';

/** An id in the answers that must mean something in this organisation, and where it stands. */
export interface Reference {
  readonly field: string;
  readonly id: string;
  readonly kind: 'person' | 'evidence';
}

/** Every person and evidence item that answers name. */
export function referencesIn(
  definition: WorkflowDefinition,
  answers: Readonly<Record<string, unknown>>,
): Reference[] {
  return definition.facts.flatMap(({ name, type }) =>
    Object.hasOwn(answers, name) ? inValue(answers[name], type, name) : [],
  );
}

function inValue(value: unknown, type: FactType, field: string): Reference[] {
  switch (type.kind) {
    case 'person':
      return typeof value === 'string' ? [{ field, id: value, kind: 'person' }] : [];
    case 'people':
    case 'evidence':
      return strings(value).map((id) => ({
        field,
        id,
        kind: type.kind === 'people' ? 'person' : 'evidence',
      }));
    case 'list':
      return rows(value).flatMap((row, at) =>
        Object.entries(type.of).flatMap(([key, of]) =>
          Object.hasOwn(row, key) ? inValue(row[key], of, `${field}.${at}.${key}`) : [],
        ),
      );
    default:
      return [];
  }
}

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

const rows = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRow) : [];

const isRow = (item: unknown): item is Record<string, unknown> =>
  typeof item === 'object' && item !== null;
