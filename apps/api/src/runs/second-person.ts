import type { RepairAction, Step, StepId, WorkflowDefinition } from '@plumbline/workflow-engine';
import { tokenKeyOf } from '@plumbline/workflow-engine';

/**
 * Why a second person must confirm a repair, in words; null when nobody need: the definition says so,
 * an adviser asks for it, a decision would be passed over, or the data that decisions rest on changes.
 */
export function whyTwo(
  definition: WorkflowDefinition,
  action: RepairAction,
  asksAsAdviser: boolean,
): string | null {
  if (asksAsAdviser) {
    return 'An adviser asks for it. Somebody of the organisation itself must confirm it.';
  }
  if (definition.repairNeedsTwo === true) {
    return 'This workflow asks for two people whenever a run is put right.';
  }
  if (action.kind === 'retry') return null;
  if (action.kind === 'set-facts') {
    return definition.steps.some(isApproval)
      ? 'It changes data on which a decision may rest.'
      : null;
  }
  const from = stepOfKey(action.kind === 'skip' ? action.key : action.from);
  const passed = approvalsPassedOver(definition, from, action.to ?? null);
  return passed === null ? null : `It passes over the decision “${passed}”.`;
}

const stepOfKey = (key: string): StepId => tokenKeyOf(key).replace(/#\d+$/, '');

const isApproval = ({ type }: Step): boolean => type === 'approval';

/** The name of a decision that lies at the step that is left, or on a way from it to the other. */
function approvalsPassedOver(
  definition: WorkflowDefinition,
  from: StepId,
  to: StepId | null,
): string | null {
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const here = steps.get(from);
  if (here && isApproval(here) && to !== from) return here.name;
  if (to === null || to === from) return null;
  const ahead = reachedFrom(steps, from);
  const passed = definition.steps.find(
    (step) =>
      isApproval(step) &&
      step.id !== to &&
      ahead.has(step.id) &&
      reachedFrom(steps, step.id).has(to) &&
      // Going back before a decision passes nothing over when it is asked again for certain.
      endsWithout(steps, to, step.id),
  );
  return passed?.name ?? null;
}

/** Whether a run at `from` can come to an end without this decision. */
function endsWithout(steps: ReadonlyMap<StepId, Step>, from: StepId, decision: StepId): boolean {
  const reached = [from, ...reachedFrom(steps, from, decision)];
  return reached.some((id) => steps.get(id)?.type === 'end');
}

function reachedFrom(
  steps: ReadonlyMap<StepId, Step>,
  from: StepId,
  without: StepId | null = null,
): ReadonlySet<StepId> {
  const seen = new Set<StepId>();
  const open = [...targetsOf(steps.get(from))];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next) || next === without) continue;
    seen.add(next);
    open.push(...targetsOf(steps.get(next)));
  }
  return seen;
}

/** Every step to which control can go from this one, also on side paths and when something fails. */
function targetsOf(step: Step | undefined): StepId[] {
  if (!step) return [];
  return [
    ...('next' in step ? step.next.map(({ to }) => to) : []),
    ...('boundaries' in step ? (step.boundaries ?? []).map(({ to }) => to) : []),
    ...('failed' in step && step.failed !== undefined ? [step.failed] : []),
    ...('sendBackTo' in step ? (step.sendBackTo ?? []) : []),
    ...(step.type === 'approval' ? step.outcomes.map(({ to }) => to) : []),
    ...(step.type === 'parallel' ? [...step.branches.map(({ start }) => start), step.join] : []),
  ];
}
