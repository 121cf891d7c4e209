import type { ColumnMapping, Import, ImportMapping } from '@plumbline/contracts';
import { recipes, synonyms, type Recipe } from './recipes.data.ts';
import { comparable, optionNamed, targets } from './targets.ts';

type Column = Import['columns'][number];

const plain = (name: string): string => comparable(name.replaceAll(/[^\p{L}\p{N}]+/gu, ' '));

function targetByName(name: string): string | null {
  const wanted = plain(name);
  for (const [key, target] of targets) {
    const known = [key, target.label, ...(synonyms[key] ?? [])].map(plain);
    if (known.includes(wanted)) return key;
  }
  return null;
}

const recognised = (columns: readonly string[]): Recipe | null =>
  recipes.find(({ recognisedBy }) => recognisedBy.every((name) => columns.includes(name))) ?? null;

/** Where each column probably goes, by a known shape of file or by its name; each target once. */
export function suggestTargets(columns: readonly string[]): (string | null)[] {
  const recipe = recognised(columns);
  if (recipe) return columns.map((name) => recipe.columns[name]?.target ?? 'extra');
  const taken = new Set<string>();
  return columns.map((name) => {
    const target = targetByName(name);
    if (target === null || taken.has(target)) return 'extra';
    taken.add(target);
    return target;
  });
}

/** A whole mapping to begin with, values included where they match by themselves. */
export function suggestMapping(columns: readonly Column[]): ImportMapping {
  const recipe = recognised(columns.map(({ name }) => name));
  const mapped = columns.map((column): ColumnMapping => ({
    column: column.name,
    target: column.suggestion,
    values: recipe?.columns[column.name]?.values
      ? { ...recipe.columns[column.name]?.values }
      : suggestValues(column),
  }));
  const identity = recipe?.identity ?? [];
  return { columns: mapped, identity: [...identity], createOrganisations: false };
}

function suggestValues({ suggestion, distinct }: Column): Record<string, string> {
  const options = suggestion === null ? null : (targets.get(suggestion)?.options ?? null);
  if (!options || !distinct) return {};
  const found = distinct.map(({ value }) => [value, optionNamed(options, value)] as const);
  return Object.fromEntries(
    found.filter((pair): pair is readonly [string, string] => pair[1] !== null),
  );
}
