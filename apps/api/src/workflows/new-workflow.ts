import type { WorkflowDefinition } from '@plumbline/workflow-engine';

/** The smallest workflow: it starts where it ends. */
export const blankDefinition = (key: string, name: string): WorkflowDefinition => ({
  ...{ key, name, purpose: '', subject: 'ai-system' },
  facts: [],
  stages: [{ key: 'work', name: 'Work' }],
  start: 'done',
  steps: [{ id: 'done', type: 'end', stage: 'work', name: 'Done', outcome: 'done' }],
});

const LONGEST = 50;

/** What addresses below `workflows/` mean otherwise. */
export const RESERVED_KEYS: readonly string[] = ['new', 'offers', 'check', 'import'];

/** A key made of a name: `Supplier check!` gives `supplier-check`. */
export function keyOf(name: string): string {
  const key = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
  // A name of letters that have no plain form still needs a key that can be told.
  return /^[a-z]/.test(key) ? key : `workflow-${key}`.replace(/-$/, '');
}

/** The first of `key`, `key-2`, `key-3` … that is not taken. Keys differ by more than their case. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  const isTaken = (wanted: string) => taken.has(wanted.toLowerCase());
  for (let number = 1; ; number += 1) {
    const wanted = number === 1 ? key : `${key}-${number}`;
    if (!isTaken(wanted)) return wanted;
  }
}
