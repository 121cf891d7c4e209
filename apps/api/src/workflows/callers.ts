import type { WorkflowProblem } from '@plumbline/contracts';
import { validateDefinition, type Step, type WorkflowDefinition } from '@plumbline/workflow-engine';

/** The workflows of a library that call this one. */
export const callersOf = (
  key: string,
  library: readonly WorkflowDefinition[],
): readonly WorkflowDefinition[] =>
  library.filter((caller) => caller.key !== key && caller.steps.some((step) => calls(step, key)));

/**
 * What would break in workflows that call this one, once it is the newest: facts that are handed
 * over, and endings that they could not take.
 */
export function callerProblems(
  definition: WorkflowDefinition,
  library: readonly WorkflowDefinition[],
): WorkflowProblem[] {
  const others = library.filter(({ key }) => key !== definition.key);
  return callersOf(definition.key, others).flatMap((caller) => [
    ...handover(caller, definition, others),
    ...endingsNotTaken(caller, definition),
  ]);
}

function handover(
  caller: WorkflowDefinition,
  definition: WorkflowDefinition,
  others: readonly WorkflowDefinition[],
): WorkflowProblem[] {
  const steps = new Set(
    caller.steps.filter((step) => calls(step, definition.key)).map(({ id }) => `steps.${id}`),
  );
  return validateDefinition(caller, [...others, definition])
    .filter(({ severity, code }) => severity === 'error' && HANDOVER.has(code))
    .filter(({ place }) => steps.has(place.split('.').slice(0, 2).join('.')))
    .map(({ message }) => breaks(caller, message));
}

const HANDOVER: ReadonlySet<string> = new Set([
  'undeclared-fact',
  'bad-type',
  'unknown-workflow',
  'recursive-workflow',
]);

function endingsNotTaken(
  caller: WorkflowDefinition,
  definition: WorkflowDefinition,
): WorkflowProblem[] {
  const outcomes = new Set(
    definition.steps.flatMap((step) => (step.type === 'end' ? [step.outcome] : [])),
  );
  return caller.steps.flatMap((step) => {
    if (step.type !== 'sub-workflow' || step.calls !== definition.key) return [];
    const type = caller.facts.find(({ name }) => name === step.outcomeFact)?.type;
    const unknown =
      type?.kind === 'choice' ? [...outcomes].filter((each) => !type.options.includes(each)) : [];
    const missing = [...comparedWith(caller, step.outcomeFact)].filter(
      (each) => !outcomes.has(each),
    );
    return [
      ...unknown.map((each) => breaks(caller, `it does not know the ending “${each}”.`)),
      ...missing.map((each) => breaks(caller, `it looks for the ending “${each}”.`)),
    ];
  });
}

/** The texts that conditions of a definition compare a fact with. */
function comparedWith(part: unknown, fact: string): ReadonlySet<string> {
  if (typeof part !== 'object' || part === null) return new Set();
  const { is, value } = part as Readonly<Record<string, unknown>>;
  if ('fact' in part && part.fact === fact && (is === 'equal' || is === 'in')) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return new Set(values.filter((each) => typeof each === 'string'));
  }
  return new Set(Object.values(part).flatMap((inner) => [...comparedWith(inner, fact)]));
}

const breaks = ({ name }: WorkflowDefinition, message: string): WorkflowProblem => ({
  code: 'caller-breaks',
  severity: 'error',
  place: 'steps',
  message: `“${name}” calls this workflow and would break: ${message}`,
});

const calls = (step: Step, key: string): boolean =>
  step.type === 'sub-workflow' && step.calls === key;
