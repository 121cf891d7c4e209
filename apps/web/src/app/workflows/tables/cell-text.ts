import type { Condition, FactType } from '@plumbline/workflow-engine';
import type { Comparison } from '../inspector/comparison.ts';

/** A row's condition as one comparison for each input; null when it cannot be written so. */
export function cellsOf(
  when: Condition | undefined,
  inputs: readonly string[],
): ReadonlyMap<string, Comparison> | null {
  const cells = new Map<string, Comparison>();
  if (!when) return cells;
  const parts = 'all' in when ? when.all : [when];
  for (const part of parts) {
    if (!('fact' in part) || cells.has(part.fact) || !inputs.includes(part.fact)) return null;
    cells.set(part.fact, part);
  }
  return cells;
}

/** The condition of a row from its cells; nothing when all are empty. */
export function conditionOf(
  cells: ReadonlyMap<string, Comparison>,
  inputs: readonly string[],
): Condition | undefined {
  const parts = inputs.flatMap((name) => cells.get(name) ?? []);
  if (parts.length === 0) return undefined;
  const [only] = parts;
  return parts.length === 1 && only ? only : { all: parts };
}

const SIGNS: Readonly<Partial<Record<Comparison['is'], string>>> = {
  'at-least': '>=',
  'at-most': '<=',
  above: '>',
  below: '<',
  'not-equal': 'not',
  'not-in': 'not',
  includes: 'has',
};

/** A cell as people write it: `high, critical`, `>= 3`, `not low`, `has x`, `known`; empty for any. */
export function textOfCell(cell: Comparison | undefined): string {
  if (!cell) return '';
  const value = Array.isArray(cell.value)
    ? cell.value.join(', ')
    : cell.value === true
      ? 'yes'
      : cell.value === false
        ? 'no'
        : String(cell.value ?? '');
  if (['known', 'unknown', 'empty', 'not-empty'].includes(cell.is)) return cell.is;
  return [SIGNS[cell.is], value].filter((part) => part !== undefined).join(' ');
}

/** Reads a cell; `undefined` for an empty one, null for what cannot be read. */
export function readCell(
  fact: string,
  text: string,
  type: FactType | null,
): Comparison | undefined | null {
  const said = text.trim();
  if (said === '' || said === '-' || said === '–') return undefined;
  if (said === 'known' || said === 'unknown' || said === 'empty' || said === 'not-empty') {
    return { fact, is: said };
  }
  const [, sign = '', rest = ''] = /^(>=|<=|>|<|=|not\s|has\s)?\s*(.*)$/.exec(said) ?? [];
  const parts = rest
    .split(',')
    .map((part) => valueOf(part.trim(), type))
    .filter((part) => part !== '');
  const [first] = parts;
  if (first === undefined || parts.some((part) => part === null)) return null;
  const list = parts.filter((part) => typeof part === 'string' || typeof part === 'number');
  const many = parts.length > 1;
  if (many && list.length !== parts.length) return null;
  switch (sign.trim()) {
    case '>=':
      return many || first === null ? null : { fact, is: 'at-least', value: first };
    case '<=':
      return many || first === null ? null : { fact, is: 'at-most', value: first };
    case '>':
      return many || first === null ? null : { fact, is: 'above', value: first };
    case '<':
      return many || first === null ? null : { fact, is: 'below', value: first };
    case 'not':
      if (many) return { fact, is: 'not-in', value: list };
      return first === null ? null : { fact, is: 'not-equal', value: first };
    case 'has':
      return many || first === null ? null : { fact, is: 'includes', value: first };
    default:
      if (many) return { fact, is: 'in', value: list };
      if (first === null) return null;
      return { fact, is: type?.kind === 'choices' ? 'includes' : 'equal', value: first };
  }
}

/** A written value as the fact holds it; null when it cannot hold it. */
export function valueOf(text: string, type: FactType | null): string | number | boolean | null {
  switch (type?.kind) {
    case 'boolean':
      return text === 'yes' || text === 'true'
        ? true
        : text === 'no' || text === 'false'
          ? false
          : null;
    case 'number': {
      const number = Number(text);
      return text !== '' && Number.isFinite(number) ? number : null;
    }
    case 'choice':
    case 'choices':
      return type.options.includes(text) ? text : null;
    default:
      return text;
  }
}
