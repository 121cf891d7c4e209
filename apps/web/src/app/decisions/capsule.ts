/** What a capsule holds in words: the facts, and what had to hold. */
export interface CapsuleWords {
  readonly facts: readonly { readonly label: string; readonly words: string }[];
  readonly gate: readonly { readonly label: string; readonly met: boolean }[];
}

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (value: unknown): readonly Row[] =>
  Array.isArray(value)
    ? (value as readonly unknown[]).filter(
        (item): item is Row => typeof item === 'object' && item !== null,
      )
    : [];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Reads the parts of a capsule that are written for people; older capsules may lack some. */
export function capsuleWords(capsule: Row): CapsuleWords {
  return {
    facts: rowsOf(capsule['facts']).map((fact) => ({
      label: text(fact['label']) || text(fact['name']),
      words: text(fact['words']),
    })),
    gate: rowsOf(capsule['gate']).map((condition) => ({
      label: text(condition['label']) || text(condition['key']),
      met: condition['met'] === true,
    })),
  };
}
