import type { FactType, FactValue } from './condition.ts';

/** The types that expressions compute with. Numbers are doubles; a date is its own kind of text. */
export type ValueType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  /** With `options` when only these values can occur; their order is the order of the choice. */
  | { readonly kind: 'text'; readonly options?: readonly string[] }
  | { readonly kind: 'list'; readonly of: ValueType }
  | { readonly kind: 'row'; readonly fields: ReadonlyMap<string, ValueType> };

/** What an expression computes with: a fact's value, or one row of a list. `null` is unknown. */
export type Value = FactValue | Readonly<Record<string, FactValue>> | readonly Value[];

/** The largest list that an expression will look at. */
export const maxListLength = 500;

/** The type of expression that reads a fact of this type. */
export function valueTypeOf(type: FactType): ValueType {
  switch (type.kind) {
    case 'boolean':
    case 'number':
    case 'date':
      return { kind: type.kind };
    case 'text':
    case 'person':
      return { kind: 'text' };
    case 'choice':
      return { kind: 'text', options: type.options };
    case 'choices':
      return { kind: 'list', of: { kind: 'text', options: type.options } };
    case 'people':
    case 'evidence':
      return { kind: 'list', of: { kind: 'text' } };
    case 'list':
      return {
        kind: 'list',
        of: {
          kind: 'row',
          fields: new Map(Object.entries(type.of).map(([name, of]) => [name, valueTypeOf(of)])),
        },
      };
  }
}

/** Words for a type, as problems name it. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case 'boolean':
      return 'yes or no';
    case 'list':
      return `a list of ${type.of.kind === 'row' ? 'rows' : describeType(type.of)}`;
    case 'row':
      return 'a row';
    default:
      return `a ${type.kind}`;
  }
}

/** Whether values of `actual` can stand where `expected` is asked for. */
export function fits(actual: ValueType, expected: ValueType): boolean {
  if (actual.kind === 'list' && expected.kind === 'list') return fits(actual.of, expected.of);
  if (actual.kind === 'row' && expected.kind === 'row') {
    return [...expected.fields].every(([name, type]) => {
      const field = actual.fields.get(name);
      return field !== undefined && fits(field, type);
    });
  }
  return actual.kind === expected.kind;
}

/** Whether two values of these types can be compared with `==`; text may stand for a date. */
export function comparable(left: ValueType, right: ValueType): boolean {
  const textual = (type: ValueType) => type.kind === 'text' || type.kind === 'date';
  if (textual(left) && textual(right)) return true;
  return left.kind === right.kind && left.kind !== 'list' && left.kind !== 'row';
}

/** Whether a value has the shape of a fact type: its kind, not whether a choice offers it. */
export function hasShape(value: unknown, type: FactType): value is FactValue {
  if (value === null || value === undefined) return true;
  switch (type.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'text':
    case 'date':
    case 'choice':
    case 'person':
      return typeof value === 'string';
    case 'choices':
    case 'people':
    case 'evidence':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'list':
      return (
        Array.isArray(value) &&
        value.every(
          (row: unknown) =>
            typeof row === 'object' &&
            row !== null &&
            !Array.isArray(row) &&
            Object.entries(type.of).every(([name, of]) =>
              hasShape(
                Object.hasOwn(row, name) ? (row as Record<string, unknown>)[name] : null,
                of,
              ),
            ),
        )
      );
  }
}

/** Whether two fact values are the same; `null` and absent are. */
export function sameValue(left: unknown, right: unknown): boolean {
  if (left === right || (left ?? null) === (right ?? null)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => sameValue(item, right[at]))
    );
  }
  const ours = Object.entries(left);
  return (
    ours.length === Object.keys(right).length &&
    ours.every(
      ([key, item]) =>
        Object.hasOwn(right, key) && sameValue(item, (right as Record<string, unknown>)[key]),
    )
  );
}
