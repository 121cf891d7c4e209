import type { DefinitionChange, DefinitionFix } from '../definition/definition-problem.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { parseDefinition } from '../definition/parse.ts';
import { isObject } from '../expressions/shape.ts';
import { sameValue } from '../expressions/value-type.ts';

/**
 * The definition with a fix carried out, as a new value. `null` when the fix does not fit it (any
 * more) or would leave something that is no definition; then nothing has changed.
 */
export function applyFix(
  definition: WorkflowDefinition,
  fix: DefinitionFix,
): WorkflowDefinition | null {
  let document: unknown = definition;
  for (const change of fix.changes) {
    const path = change.path.split('/').slice(1).map(unescaped);
    const next = changed(document, path, change);
    if (next === misfit) return null;
    document = next;
  }
  return parseDefinition(document).definition;
}

/** The JSON Pointer to a part of a definition. */
export function pointer(...path: readonly (string | number)[]): string {
  return path
    .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

const misfit = Symbol('misfit');

function unescaped(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function changed(value: unknown, path: readonly string[], change: DefinitionChange): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (change.op === 'remove') return misfit;
    return change.op !== 'test' ? change.value : sameValue(value, change.value) ? value : misfit;
  }
  if (Array.isArray(value)) return changedList(value as readonly unknown[], [key, ...rest], change);
  if (!isObject(value)) return misfit;
  const there = Object.hasOwn(value, key);
  if (!there && !(change.op === 'add' && rest.length === 0)) return misfit;
  if (change.op === 'remove' && rest.length === 0) {
    return Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
  }
  const inner = changed(there ? value[key] : undefined, rest, change);
  return inner === misfit ? misfit : { ...value, [key]: inner };
}

function changedList(
  list: readonly unknown[],
  [key = '', ...rest]: readonly string[],
  change: DefinitionChange,
): unknown {
  const at = key === '-' ? list.length : /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
  if (rest.length === 0 && change.op === 'add') {
    return at < 0 || at > list.length ? misfit : list.toSpliced(at, 0, change.value);
  }
  if (at < 0 || at >= list.length) return misfit;
  if (rest.length === 0 && change.op === 'remove') return list.toSpliced(at, 1);
  const inner = changed(list[at], rest, change);
  return inner === misfit ? misfit : list.with(at, inner);
}
