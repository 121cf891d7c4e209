import type { Facts, FactValue } from '@plumbline/workflow-engine';

/** A field that both sides have changed to different values. */
export interface Clash {
  readonly key: string;
  readonly mine: FactValue;
  readonly theirs: FactValue;
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * Three versions of a record: as it was opened, as it is written here, as it is now. What only they
 * changed is taken over; what both changed differently must be decided, field by field.
 */
export function merge(
  opened: Facts,
  mine: Facts,
  theirs: Facts,
): { readonly merged: Readonly<Record<string, FactValue>>; readonly clashes: readonly Clash[] } {
  const merged: Record<string, FactValue> = {};
  const clashes: Clash[] = [];
  for (const key of Object.keys(mine)) {
    const [was, here, there] = [opened[key] ?? null, mine[key] ?? null, theirs[key] ?? null];
    const changedHere = !same(was, here);
    merged[key] = changedHere ? here : there;
    if (changedHere && !same(was, there) && !same(here, there)) {
      clashes.push({ key, mine: here, theirs: there });
    }
  }
  return { merged, clashes };
}
