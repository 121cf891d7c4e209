import type { Compiled } from '../definition/compiled.ts';
import type {
  ApprovalStep,
  Step,
  StepId,
  Transition,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { addDefaultWay, addEnding, removeCondition, removeLaterWays, removeStep } from './fixes.ts';
import { isFactName } from '../expressions/dictionary.ts';
import type { Findings } from './findings.ts';
import { exitsOf, reaches, skipTargets } from '../definition/graph.ts';

/** Checks names, targets, ways on and reachability. */
export function checkGraph({ definition, steps, places }: Compiled, findings: Findings): void {
  checkNames(
    findings,
    'stages',
    definition.stages.map(({ key }) => key),
  );
  checkNames(
    findings,
    'steps',
    definition.steps.map(({ id }) => id),
  );
  const stages = new Set(definition.stages.map(({ key }) => key));
  if (!steps.has(definition.start)) {
    findings.error('unknown-step', 'start', `There is no step “${definition.start}” to start at.`);
  }
  for (const step of definition.steps) {
    const place = `steps.${step.id}`;
    if (!stages.has(step.stage)) {
      findings.error('unknown-stage', place, `There is no stage “${step.stage}”.`);
    }
    for (const { to, by, place: written } of exitsOf(step, steps)) {
      if (!steps.has(to)) {
        findings.error('unknown-step', `${place}.${written}`, `There is no step “${to}”.`);
      } else if (by === 'send-back' && !reaches(to, step.id, steps)) {
        const message = `“${to}” does not come before “${step.id}”.`;
        findings.error('bad-send-back', `${place}.sendBackTo`, message);
      }
    }
    if ('next' in step) checkTransitions(definition, step, findings);
    if (step.type === 'approval') checkOutcomes(findings, place, step);
    if (step.when && skipTargets(step, steps).length === 0) {
      const message = 'This step cannot be skipped: remove “when”.';
      findings.error('cannot-skip', `${place}.when`, message, removeCondition(definition, step));
    }
    if (!places.has(step.id)) {
      const message = `Nothing leads to “${step.name}”.`;
      findings.error('unreachable-step', place, message, removeStep(definition, step));
    }
  }
  if (!definition.steps.some(({ id, type }) => type === 'end' && places.has(id))) {
    findings.error('no-end', 'steps', 'No ending can be reached. Add one.');
  }
  checkAutomaticLoops(steps, findings);
}

/** Checks that names are well formed and occur once. */
export function checkNames(findings: Findings, place: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (!isFactName(name)) {
      const message = `“${name}” is not a name: use letters, digits, “_”, and “-” or “.” between.`;
      findings.error('bad-name', `${place}.${name}`, message);
    }
    if (seen.has(name)) {
      findings.error('duplicate-name', `${place}.${name}`, `“${name}” occurs twice. Rename one.`);
    }
    seen.add(name);
  }
}

function checkTransitions(
  definition: WorkflowDefinition,
  step: Extract<Step, { readonly next: unknown }>,
  findings: Findings,
): void {
  const transitions: readonly Transition[] = step.next;
  const place = `steps.${step.id}.next`;
  const last = transitions.at(-1);
  if (!last) {
    const message = 'Nothing follows this step. Say where to go next.';
    findings.error('no-way-on', place, message, addEnding(definition, step));
  }
  if (last?.when) {
    const message = 'The last way on must have no condition.';
    findings.error('no-default', place, message, addDefaultWay(definition, step, last));
  }
  const always = transitions.findIndex(({ when }) => !when);
  if (always >= 0 && always < transitions.length - 1) {
    const message = 'The ways on after the one without a condition are never taken.';
    const fix = removeLaterWays(definition, step, always);
    findings.error('never-chosen', `${place}.${always + 1}`, message, fix);
  }
}

function checkOutcomes(findings: Findings, place: string, step: ApprovalStep): void {
  const { outcomes } = step;
  checkNames(
    findings,
    `${place}.outcomes`,
    outcomes.map(({ key }) => key),
  );
  if (!outcomes.some(({ when }) => !when)) {
    const message = 'At least one outcome must be offered always.';
    findings.error('no-outcome', `${place}.outcomes`, message);
  }
  const approving = outcomes.filter(({ effect }) => effect.startsWith('approve'));
  const canBlock = (step.gate?.length ?? 0) > 0 || step.approvers !== undefined;
  if (canBlock && !outcomes.some((one) => !one.when && !approving.includes(one))) {
    const message = 'While the gate is closed nothing can be decided. Add another outcome.';
    findings.warn('no-outcome', `${place}.outcomes`, message);
  }
}

const waiting = new Set<Step['type']>([
  ...(['form', 'task', 'approval', 'timer', 'await', 'sub-workflow'] as const),
]);

/** A loop in which nobody is waited for could turn for ever; with skips it can only sometimes. */
function checkAutomaticLoops(steps: ReadonlyMap<StepId, Step>, findings: Findings): void {
  const automatic = (step: Step) =>
    waiting.has(step.type)
      ? []
      : // Undoing comes to an end: what is undone is not undone again.
        exitsOf(step, steps).flatMap(({ to, by }) => (by === 'undo' ? [] : [to]));
  const skipping = (step: Step) => [
    ...automatic(step),
    ...(step.when ? skipTargets(step, steps) : []),
  ];
  const certain = loopIn(steps, automatic);
  const possible = certain ?? loopIn(steps, skipping);
  if (!possible) return;
  findings.flow({
    code: 'automatic-loop',
    severity: certain ? 'error' : 'warning',
    place: `steps.${possible[0] ?? ''}`,
    message: certain
      ? 'This loop waits for nobody. Add a step for a person, or a wait.'
      : 'When all steps of this loop are skipped, it waits for nobody.',
    trace: possible,
  });
}

function loopIn(
  steps: ReadonlyMap<StepId, Step>,
  next: (step: Step) => readonly StepId[],
): readonly StepId[] | null {
  const done = new Set<StepId>();
  const visit = (id: StepId, path: readonly StepId[]): readonly StepId[] | null => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    const step = steps.get(id);
    if (!step || done.has(id)) return null;
    for (const to of next(step)) {
      const loop = visit(to, [...path, id]);
      if (loop) return loop;
    }
    done.add(id);
    return null;
  };
  for (const id of steps.keys()) {
    const loop = visit(id, []);
    if (loop) return loop;
  }
  return null;
}
