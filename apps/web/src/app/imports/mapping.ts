import type { ColumnMapping, Import, ImportMapping, ImportTargets } from '@plumbline/contracts';

export type Column = Import['columns'][number];
export type Target = ImportTargets['items'][number];
/** Where columns may go, by key. */
export type Targets = ReadonlyMap<string, Target>;

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '');

/** The key that a value of the file plainly names, or undefined. */
export function obviousOption(
  value: string,
  options: readonly { readonly key: string; readonly label: string }[],
): string | undefined {
  const wanted = plain(value);
  return options.find(({ key, label }) => plain(key) === wanted || plain(label) === wanted)?.key;
}

/** A column's mapping to `target`, with the values that name themselves already matched. */
export function mapColumn(column: Column, target: string | null, targets: Targets): ColumnMapping {
  const options = targets.get(target ?? '')?.options ?? [];
  const values: Record<string, string | null> = {};
  for (const { value } of column.distinct ?? []) {
    const key = obviousOption(value, options);
    if (key !== undefined) values[value] = key;
  }
  return { column: column.name, target, values };
}

/** What the wizard starts with: what was chosen before, or what we recognise. */
export function firstMapping(
  { columns, mapping }: Pick<Import, 'columns' | 'mapping'>,
  targets: Targets,
): ImportMapping {
  if (mapping) return mapping;
  const mapped = columns.map((column) => mapColumn(column, column.suggestion, targets));
  return { columns: mapped, identity: usualIdentity(mapped), createOrganisations: false };
}

/** Organisation and name: what a list without ids usually goes by. */
export function usualIdentity(columns: readonly ColumnMapping[]): string[] {
  return ['organisation', 'name'].flatMap((target) =>
    columns.filter((one) => one.target === target).map(({ column }) => column),
  );
}

/** A saved mapping on this file: its columns by name, the others as they are. */
export function applyMapping(
  now: ImportMapping,
  saved: ImportMapping,
): { mapping: ImportMapping; matched: number } {
  const byName = new Map(saved.columns.map((one) => [one.column, one]));
  const columns = now.columns.map((one) => byName.get(one.column) ?? one);
  const present = new Set(now.columns.map(({ column }) => column));
  return {
    mapping: { ...saved, columns, identity: saved.identity.filter((name) => present.has(name)) },
    matched: columns.filter(({ column }) => byName.has(column)).length,
  };
}

/** What must be chosen or changed before the file can be checked. */
export type MappingProblem =
  | { readonly kind: 'needsName' }
  | { readonly kind: 'needsIdentity' }
  | { readonly kind: 'twice'; readonly target: string; readonly columns: readonly string[] };

/** Everything that keeps a mapping from being checked against the file. */
export function mappingProblems(
  { columns, identity }: ImportMapping,
  targets: Targets,
): MappingProblem[] {
  const byTarget = new Map<string, string[]>();
  for (const { column, target } of columns) {
    if (target !== null) byTarget.set(target, [...(byTarget.get(target) ?? []), column]);
  }
  const problems: MappingProblem[] = [...byTarget]
    .filter(([target, names]) => names.length > 1 && !targets.get(target)?.many)
    .map(([target, names]) => ({ kind: 'twice', target, columns: names }));
  if (!byTarget.has('name')) problems.push({ kind: 'needsName' });
  if (!byTarget.has('external-id') && identity.length === 0) {
    problems.push({ kind: 'needsIdentity' });
  }
  return problems;
}

/** How many values of a column no key was chosen for. */
export function unmatched(
  column: Column,
  { target, values }: ColumnMapping,
  targets: Targets,
): number {
  if (!targets.get(target ?? '')?.options) return 0;
  return (column.distinct ?? []).filter(({ value }) => !(value in values)).length;
}
