/** What a field was and what it became. */
export type Changes = Record<string, { readonly from: unknown; readonly to: unknown }>;

/** What differs, field by field. Unknown and not answered are the same. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Changes {
  const changed = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(value ?? null) !== JSON.stringify(before[field] ?? null),
  );
  return Object.fromEntries(
    changed.map(([field, to]) => [field, { from: before[field] ?? null, to: to ?? null }]),
  );
}
