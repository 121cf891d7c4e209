import type { RunStep } from '@plumbline/contracts';
import type { RunEvent, RunState, Step, WorkflowDefinition } from '@plumbline/workflow-engine';

type StepState = RunStep['state'];

/** Where a run stands at one step. */
export interface StepStory {
  readonly step: Step;
  readonly state: StepState;
  readonly visits: number;
  readonly since: string | null;
  readonly ways: readonly {
    readonly to: string;
    readonly label: string | null;
    readonly taken: boolean;
  }[];
}

/** What a run's events tell about each step of its definition, in the definition's order. */
export function storyOf(
  definition: WorkflowDefinition,
  state: RunState,
  events: readonly RunEvent[],
): StepStory[] {
  const since = new Map<string, string>();
  const last = new Map<string, 'done' | 'skipped'>();
  for (const event of events) {
    if (event.type === 'step-entered') since.set(event.step, event.at);
    if (event.type === 'step-left') last.set(event.step, 'done');
    if (event.type === 'step-skipped') last.set(event.step, 'skipped');
  }
  const taken = waysTaken(definition, events);
  const here = new Set(state.tokens.map(({ step }) => step));
  return definition.steps.map((step) => ({
    step,
    state: here.has(step.id) ? 'waiting' : (last.get(step.id) ?? 'ahead'),
    visits: state.visits[step.id] ?? 0,
    since: since.get(step.id) ?? null,
    ways: waysOf(step).map((way) => ({ ...way, taken: taken.has(`${step.id}>${way.to}`) })),
  }));
}

/** Every way out of a step, with the words on it. */
export function waysOf(step: Step): { to: string; label: string | null }[] {
  switch (step.type) {
    case 'approval':
      return step.outcomes.map(({ to, label }) => ({ to, label }));
    case 'parallel':
      return step.branches.map(({ start }) => ({ to: start, label: null }));
    case 'end':
    case 'path-end':
      return [];
    default:
      return step.next.map(({ to, label }) => ({ to, label: label ?? null }));
  }
}

/** `from>to` of every way that control went: each arrival belongs to a departure just before it. */
function waysTaken(definition: WorkflowDefinition, events: readonly RunEvent[]): Set<string> {
  const targets = new Map(
    definition.steps.map((step) => [step.id, new Set(waysOf(step).map(({ to }) => to))]),
  );
  const taken = new Set<string>();
  let departed: string[] = [];
  for (const event of events) {
    if (event.type === 'step-left') departed = [event.step, ...departed].slice(0, 4);
    if (event.type !== 'step-entered' && event.type !== 'step-skipped') continue;
    const from = departed.find((step) => targets.get(step)?.has(event.step));
    if (from !== undefined) taken.add(`${from}>${event.step}`);
    // What is skipped is left at once.
    if (event.type === 'step-skipped') departed = [event.step, ...departed].slice(0, 4);
  }
  return taken;
}

/** A stage of the definition: done when nothing of it is ahead or waiting, current when something waits. */
export function stagesOf(
  definition: WorkflowDefinition,
  story: readonly StepStory[],
  running: boolean,
): { key: string; label: string; state: 'done' | 'current' | 'ahead' }[] {
  const current = definition.stages.findIndex(({ key }) =>
    story.some(({ step, state }) => step.stage === key && state === 'waiting'),
  );
  return definition.stages.map(({ key, name }, at) => {
    if (!running) {
      const touched = story.some(({ step, state }) => step.stage === key && state !== 'ahead');
      return { key, label: name, state: touched ? 'done' : 'ahead' };
    }
    return {
      key,
      label: name,
      state: at === current ? 'current' : at < current ? 'done' : 'ahead',
    };
  });
}
