import type { Change } from './difference.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { quoted, roleName } from '../people/words.ts';

/** More changes than this of one kind in one step are told by their number. */
const most = 3;

/**
 * What people who work with the workflow will notice, a line each: work that is new or gone by who
 * does it, many changes of one step's questions or table together, everything else as it is.
 */
export function noticeableLines(
  before: WorkflowDefinition,
  after: WorkflowDefinition,
  changes: readonly Change[],
): readonly string[] {
  const steps = new Map([...before.steps, ...after.steps].map((step) => [step.id, step]));
  const lines: string[] = [];
  for (const group of grouped(changes.filter(({ noticeable }) => noticeable))) {
    const [first] = group;
    const step = steps.get(first?.step ?? '');
    if (step && first?.part === 'step' && first.kind !== 'changed') {
      lines.push(...group.map((change) => ofStep(change, step)));
    } else if (step && group.length > most) {
      lines.push(together(step, group));
    } else {
      lines.push(...group.map(({ text }) => text));
    }
  }
  return lines;
}

/** Changes of the same part of the same step together, in the order of the first. */
function grouped(changes: readonly Change[]): Iterable<readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.part} ${change.step ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return groups.values();
}

function ofStep(change: Change, step: Step): string {
  if (change.kind !== 'added' && change.kind !== 'removed') return change.text;
  const again = change.kind === 'added';
  const name = quoted(step.name);
  if ('role' in step) {
    const who = roleName(step.role);
    return again ? `New work for ${who}: ${name}.` : `No more work for ${who}: ${name} is gone.`;
  }
  switch (step.type) {
    case 'end':
      return again ? `A run can now end as ${name}.` : `A run can no longer end as ${name}.`;
    case 'timer':
    case 'await':
      return again ? `The run now waits: ${name}.` : `The run no longer waits: ${name} is gone.`;
    case 'tell':
      return again
        ? `People are now told: ${name}.`
        : `People are no longer told: ${name} is gone.`;
    default:
      return change.text;
  }
}

const manyWords: Partial<Record<Change['part'], string>> = {
  question: 'changes of its questions',
  table: 'changes of its table',
  outcome: 'changes of its outcomes',
  way: 'changes of its ways on',
  boundary: 'changes of what may happen meanwhile',
};

function together(step: Step, group: readonly Change[]): string {
  const part = group[0]?.part ?? 'step';
  const of = (kind: Change['kind']) => group.filter((change) => change.kind === kind).length;
  const counts = [
    [of('added'), 'new'],
    [of('removed'), 'gone'],
    [group.length - of('added') - of('removed'), 'different'],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${quoted(step.name)} has ${group.length} ${manyWords[part] ?? `changes (${part})`}: ${said.join(', ')}.`;
}
