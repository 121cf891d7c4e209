import type { RunStep, RunToken, RunWait } from '@plumbline/contracts';
import {
  keyOf,
  type RunEvent,
  type RunState,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { plain, type Names } from './plain-words.ts';
import { storyOf } from './run-story.ts';
import type { StepEvidence } from './step-evidence.ts';

/** A row of an open task, as far as the view of its run needs it. */
export interface TaskInView {
  readonly id: string;
  readonly key: string;
  readonly title: string;
}

/** Where control is, each place since when. */
export function tokensOf(
  definition: WorkflowDefinition,
  state: RunState,
  events: readonly RunEvent[],
): RunToken[] {
  const since = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'step-entered') since.set(keyOf(event), event.at);
  }
  const started = events[0]?.at ?? '';
  return state.tokens.map((token) => ({
    key: keyOf(token),
    step: token.step,
    stepName: nameIn(definition, token.step),
    since: since.get(keyOf(token)) ?? started,
  }));
}

/** Everything that a run waits for: people, times, other runs and signals. */
export function waitsOf(
  definition: WorkflowDefinition,
  state: RunState,
  tasks: readonly TaskInView[],
): RunWait[] {
  const rows = new Map(tasks.map((task) => [task.key, task]));
  const at = (key: string, step: string) => ({
    ...{
      key,
      step,
      stepName: nameIn(definition, step),
      dueAt: null,
      taskId: null,
      heldSince: null,
    },
  });
  return [
    ...state.tasks.map(({ key, step, dueAt, held }) => ({
      ...at(key, step),
      kind: 'task' as const,
      what: rows.get(key)?.title ?? nameIn(definition, step),
      dueAt,
      taskId: rows.get(key)?.id ?? null,
      heldSince: held?.since ?? null,
    })),
    ...state.timers.map(({ key, step, dueAt, kind }) => ({
      ...{ ...at(key, step), kind: TIMERS[kind].kind, what: TIMERS[kind].what, dueAt },
    })),
    ...state.children.map(({ key, step, calls }) => ({
      ...{ ...at(key, step), kind: 'workflow' as const, what: calls },
    })),
    ...state.awaiting.map(({ key, step, signal }) => ({
      ...{ ...at(key, step), kind: 'signal' as const, what: plain(signal) },
    })),
  ];
}

const TIMERS = {
  wait: { kind: 'time', what: 'A time' },
  boundary: { kind: 'limit', what: 'What happens when it takes too long' },
  escalation: { kind: 'escalation', what: 'The next level of its escalation' },
} as const;

/** Each step with what happened there, and who is at it or did it. */
export function stepsOf(
  definition: WorkflowDefinition,
  state: RunState,
  events: readonly RunEvent[],
  names: Names,
  evidence: StepEvidence,
): RunStep[] {
  const visits = visitsOf(events);
  const tokens = tokensOf(definition, state, events);
  return storyOf(definition, state, events).map(({ step, ways, ...story }) => {
    const waiting = state.tasks.filter((task) => task.step === step.id);
    const here = tokens.filter((token) => token.step === step.id).map(({ since }) => since);
    const people =
      story.state === 'waiting'
        ? waiting.map(({ assignee }) => assignee)
        : (state.performers[step.id] ?? []);
    return {
      ...{ id: step.id, name: step.name, stage: step.stage, type: step.type, ...story },
      ...(visits.get(step.id) ?? { finishedAt: null, tookSeconds: null }),
      here: here.length === 0 ? null : { count: here.length, since: here.toSorted()[0]! },
      dueAt: earliest(waiting.map(({ dueAt }) => dueAt)),
      who: people.flatMap((person) => {
        const name = person === null ? undefined : names.get(person)?.name;
        return person !== null && name !== undefined ? [{ id: person, name }] : [];
      }),
      evidence: [...(evidence.get(step.id) ?? [])],
      next: [...ways],
    };
  });
}

/** When each step was last left, and how long that visit took. */
function visitsOf(
  events: readonly RunEvent[],
): Map<string, Pick<RunStep, 'finishedAt' | 'tookSeconds'>> {
  const entered = new Map<string, string>();
  const left = new Map<string, Pick<RunStep, 'finishedAt' | 'tookSeconds'>>();
  for (const event of events) {
    if (event.type === 'step-entered') entered.set(keyOf(event), event.at);
    if (event.type !== 'step-left' && event.type !== 'step-cancelled') continue;
    const since = entered.get(keyOf(event));
    const took = since === undefined ? null : Date.parse(event.at) - Date.parse(since);
    left.set(event.step, {
      finishedAt: event.at,
      tookSeconds: took === null ? null : Math.round(took / 1000),
    });
  }
  return left;
}

const nameIn = ({ steps }: WorkflowDefinition, id: string): string =>
  steps.find((step) => step.id === id)?.name ?? id;

const earliest = (times: readonly (string | null)[]): string | null =>
  times.filter((time) => time !== null).toSorted()[0] ?? null;
