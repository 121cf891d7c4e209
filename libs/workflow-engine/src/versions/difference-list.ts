/** Two lists side by side, their items paired by key. */
export interface Paired<Item> {
  readonly added: readonly Placed<Item>[];
  readonly removed: readonly Placed<Item>[];
  readonly kept: readonly Kept<Item>[];
  /** What is in both lists stands in another order. */
  readonly reordered: boolean;
}

interface Placed<Item> {
  readonly key: string;
  /** Where it stands in its list: 0, 1, 2 … */
  readonly at: number;
  readonly item: Item;
}

interface Kept<Item> {
  readonly key: string;
  readonly at: number;
  readonly before: Item;
  readonly after: Item;
}

/**
 * Pairs the items of two lists by key, in the order of the new list, the removed ones in the order
 * of the old. Of items with the same key the first is paired with the first, and so on.
 */
export function paired<Item>(
  before: readonly Item[] | undefined,
  after: readonly Item[] | undefined,
  keyOf: (item: Item) => string,
): Paired<Item> {
  const [old, now] = [numbered(before ?? [], keyOf), numbered(after ?? [], keyOf)];
  const common = (items: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>) =>
    [...items.keys()].filter((key) => other.has(key));
  return {
    added: [...now].filter(([key]) => !old.has(key)).map(([, placed]) => placed),
    removed: [...old].filter(([key]) => !now.has(key)).map(([, placed]) => placed),
    kept: [...now].flatMap(([unique, { key, at, item }]) => {
      const was = old.get(unique);
      return was ? [{ key, at, before: was.item, after: item }] : [];
    }),
    reordered: !alike(common(old, now), common(now, old)),
  };
}

function numbered<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, Placed<Item>> {
  const found = new Map<string, Placed<Item>>();
  for (const [at, item] of items.entries()) {
    const key = keyOf(item);
    let nth = 0;
    while (found.has(`${nth} ${key}`)) nth += 1;
    found.set(`${nth} ${key}`, { key, at, item });
  }
  return found;
}

/** Names of the properties in which two things differ, in the order of the new one. */
export function differingParts(before: object, after: object): readonly string[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...now.keys(), ...old.keys()])].filter(
    (name) => !alike(old.get(name), now.get(name)),
  );
}

/** Whether two parts of definitions are written alike; absent and `undefined` are the same. */
export function alike(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || !left || !right) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  return differingParts(left, right).length === 0;
}
