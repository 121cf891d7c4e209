import type { Token } from './run-state.ts';

/** The key of a step's task, timer, child or wait: `<step>#<visit>`. */
export function keyOf({ step, visit }: Pick<Token, 'step' | 'visit'>): string {
  return `${step}#${visit}`;
}

/** The key of the task or child of one item, counted from 1: `<step>#<visit>.<n>`. */
export function itemKey(key: string, n: number): string {
  return `${key}.${n}`;
}

/** The key of a boundary, and the scope entry of its side path: `<step>#<visit>!<boundary>`. */
export function boundaryKey(key: string, boundary: string): string {
  return `${key}!${boundary}`;
}

/** The key of the timer of an escalation level, counted from 1: `<task key>^<level>`. */
export function escalationKey(task: string, level: number): string {
  return `${task}^${level}`;
}

/** The key of the token that a task, timer, child or wait of any kind belongs to. */
export function tokenKeyOf(key: string): string {
  return /^[^#]*#\d+/.exec(key)?.[0] ?? key;
}

/** What follows the mark in a key: the boundary after `!`, the level after `^`, the item after `.`. */
export function afterMark(key: string, mark: '!' | '^' | '.'): string | null {
  const rest = key.slice(tokenKeyOf(key).length);
  const at = rest.lastIndexOf(mark);
  return at < 0 ? null : rest.slice(at + 1);
}
