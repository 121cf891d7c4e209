import type { WorkflowProblem } from '@plumbline/contracts';
import { aiSystemLifecycle, definitionOf, type LifecycleRule } from '@plumbline/frameworks';
import type { EndStep, WorkflowDefinition } from '@plumbline/workflow-engine';

/** Facts of the register that decide when the lifecycle goes on. */
const STEERING: ReadonlySet<string> = new Set([
  'stage',
  ...aiSystemLifecycle.rules.flatMap(({ where, forEach, on }) => [
    ...Object.keys(where ?? {}),
    ...(forEach ? [forEach.list] : []),
    ...(on.kind === 'schedule' ? [on.every] : []),
  ]),
]);

/**
 * What an organisation's own version of a standard workflow lacks for the life of AI systems to go
 * on: endings that start the next workflow, what they write for it, and facts that are handed in.
 * Nothing for a workflow that the lifecycle does not know.
 */
export function lifecycleProblems(definition: WorkflowDefinition): WorkflowProblem[] {
  const standard = definitionOf(definition.key);
  if (!standard) return [];
  return [
    ...missingEndings(definition),
    ...unwritten(standard, definition),
    ...notTaken(definition),
  ];
}

function missingEndings(definition: WorkflowDefinition): WorkflowProblem[] {
  const ends = endsOf(definition);
  return awaited(definition.key)
    .filter(({ outcome }) => !ends.has(outcome))
    .map(({ outcome, rule }) => ({
      code: 'lifecycle-ending',
      severity: 'error',
      place: 'steps',
      message:
        `The life of an AI system goes on with ${rule.start.join(', ')} when this workflow ends ` +
        `with “${outcome}”. Keep an ending with that outcome.`,
    }));
}

function unwritten(standard: WorkflowDefinition, own: WorkflowDefinition): WorkflowProblem[] {
  const ends = endsOf(own);
  return [...endsOf(standard)].flatMap(([outcome, { writes = [] }]) => {
    const end = ends.get(outcome);
    if (!end) return [];
    const written = new Set(end.writes?.map(({ field }) => field));
    return writes
      .filter(({ field }) => !written.has(field))
      .map(({ field }): WorkflowProblem => {
        const steers = STEERING.has(field);
        return {
          code: 'lifecycle-write',
          severity: steers ? 'error' : 'warning',
          place: `steps.${end.id}.writes`,
          message: steers
            ? `The ending “${outcome}” must write “${field}” to the register: the life of an AI system depends on it.`
            : `The ending “${outcome}” no longer writes “${field}”: the register keeps what it had.`,
        };
      });
  });
}

function notTaken(definition: WorkflowDefinition): WorkflowProblem[] {
  const handedIn = new Set(
    definition.facts.filter(({ source }) => source === 'run').map(({ name }) => name),
  );
  const handed = aiSystemLifecycle.rules
    .filter(({ start, forEach }) => forEach && start.includes(definition.key))
    .flatMap(({ forEach }) => Object.keys(forEach?.hand ?? {}));
  return [...new Set(handed)]
    .filter((fact) => !handedIn.has(fact))
    .map((fact) => ({
      code: 'lifecycle-fact',
      severity: 'error',
      place: `facts.${fact}`,
      message: `“${fact}” is handed in when a run starts. Declare it as a fact that the run gives.`,
    }));
}

const endsOf = ({ steps }: WorkflowDefinition): ReadonlyMap<string, EndStep> =>
  new Map(steps.flatMap((step) => (step.type === 'end' ? [[step.outcome, step]] : [])));

/** The endings that a rule of the lifecycle waits for, each once. */
function awaited(key: string): readonly { outcome: string; rule: LifecycleRule }[] {
  const first = new Map<string, LifecycleRule>();
  for (const rule of aiSystemLifecycle.rules) {
    if (rule.on.kind !== 'run-ended' || rule.on.workflow !== key) continue;
    for (const outcome of rule.on.outcomes) if (!first.has(outcome)) first.set(outcome, rule);
  }
  return [...first].map(([outcome, rule]) => ({ outcome, rule }));
}

/** The workflows that the lifecycle starts by itself or on request: one of each must always be there. */
export const startedByLifecycle: ReadonlySet<string> = new Set(
  aiSystemLifecycle.rules.flatMap(({ start }) => start),
);
