import type { Condition, FactDeclaration, FactType } from '@plumbline/workflow-engine';

export type Comparison = Extract<Condition, { fact: string }>;

const ordered = ['at-least', 'at-most', 'above', 'below'] as const;
const whether = ['known', 'unknown'] as const;

/** How a fact of this type can be compared. */
export function comparisonsFor(type: FactType | null): readonly Comparison['is'][] {
  switch (type?.kind) {
    case 'number':
    case 'date':
      return ['equal', 'not-equal', ...ordered, ...whether];
    case 'choice':
      return ['equal', 'not-equal', 'in', 'not-in', ...ordered, ...whether];
    case 'text':
      return ['equal', 'not-equal', 'in', 'not-in', 'empty', 'not-empty', ...whether];
    case 'choices':
      return ['includes', 'empty', 'not-empty', ...whether];
    case 'people':
    case 'evidence':
    case 'list':
      return ['empty', 'not-empty', ...whether];
    case 'boolean':
      return ['equal', ...whether];
    case 'person':
    case undefined:
      return whether;
  }
}

/** What a comparison starts with, for a fact of this type. */
export function firstComparison({ name, type }: FactDeclaration): Comparison {
  return withComparison({ fact: name, is: 'known' }, comparisonsFor(type)[0] ?? 'known', type);
}

/** The comparison by another operator, with a value of the kind that it takes. */
export function withComparison(
  { fact, value }: Comparison,
  is: Comparison['is'],
  type: FactType | null,
): Comparison {
  if (['known', 'unknown', 'empty', 'not-empty'].includes(is)) return { fact, is };
  const list = Array.isArray(value) ? (value as readonly (string | number)[]) : null;
  if (is === 'in' || is === 'not-in') {
    const one = typeof value === 'string' || typeof value === 'number' ? [value] : [];
    return { fact, is, value: list ?? one };
  }
  const single = list ? list[0] : Array.isArray(value) ? undefined : value;
  return { fact, is, value: suits(single, type) ?? firstValue(type) };
}

function suits(value: unknown, type: FactType | null): string | number | boolean | undefined {
  if (type?.kind === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (type?.kind === 'number') return typeof value === 'number' ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const offered = type?.kind === 'choice' || type?.kind === 'choices' ? type.options : null;
  return !offered || offered.includes(value) ? value : undefined;
}

function firstValue(type: FactType | null): string | number | boolean {
  if (type?.kind === 'boolean') return true;
  if (type?.kind === 'number') return 0;
  return type?.kind === 'choice' || type?.kind === 'choices' ? (type.options[0] ?? '') : '';
}
