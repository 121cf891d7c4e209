import {
  type CaseStep,
  type Refusal,
  type SavedCase,
  type Simulated,
  simulateStep,
  type SimulationStart,
  simulationOf,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** A case being played: where it began, what has been done, and every moment so far. Never changed in place. */
export interface Play {
  readonly start: SimulationStart;
  readonly steps: readonly CaseStep[];
  /** How many of the steps have been taken. */
  readonly at: number;
  /** The beginning, and the moment after each step that was taken. */
  readonly moments: readonly Simulated[];
}

/** What is played. */
export interface Stage {
  readonly definition: WorkflowDefinition;
  /** Workflows that are played when they are called. */
  readonly library: readonly WorkflowDefinition[];
}

/** Begins a case; with steps, it can be gone through one by one. */
export function beginPlay(
  { definition, library }: Stage,
  start: SimulationStart,
  steps: readonly CaseStep[] = [],
): Play {
  return { start, steps, at: 0, moments: [simulationOf(definition, start, library)] };
}

/** The moment that the play is at. */
export const momentOf = ({ moments, at }: Play): Simulated => {
  const moment = moments[at];
  if (!moment) throw new Error('a play has a moment for each step that was taken');
  return moment;
};

/** Takes the next of the steps that are there; the same play when there is none. */
export function forward(play: Play): Play {
  const { steps, at, moments } = play;
  const step = steps[at];
  if (!step) return play;
  if (moments[at + 1]) return { ...play, at: at + 1 };
  return { ...play, at: at + 1, moments: [...moments, simulateStep(momentOf(play), step)] };
}

/** Goes to a moment, back or forth. */
export function goTo(play: Play, at: number): Play {
  let now = { ...play, at: Math.min(at, play.moments.length - 1) };
  while (now.at < Math.min(at, play.steps.length)) now = forward(now);
  return now;
}

/**
 * Does something else from here on: steps that were still ahead are dropped. A step that is refused
 * is not taken, and its refusal answered.
 */
export function act(
  play: Play,
  step: CaseStep,
): { readonly play: Play; readonly refusal: Refusal | null } {
  const next = simulateStep(momentOf(play), step);
  if (next.refusal) return { play, refusal: next.refusal };
  return { play: taken(play, step, next), refusal: null };
}

/** Takes a step of which the case says that it is refused, as it was. */
export function expectRefusal(play: Play, step: CaseStep, refusal: Refusal): Play {
  const expected = 'step' in step ? { ...step, refused: refusal.code } : step;
  return taken(play, expected, simulateStep(momentOf(play), expected));
}

function taken(play: Play, step: CaseStep, next: Simulated): Play {
  const { at, moments } = play;
  const steps = [...play.steps.slice(0, at), step];
  return { ...play, steps, at: at + 1, moments: [...moments.slice(0, at + 1), next] };
}

/** Why the last step could not be taken as the case says; null when all is as it says. */
export function stoppedBy({ steps, moments, at }: Play): Refusal | null {
  const step = steps[at - 1];
  const refusal = moments[at]?.refusal ?? null;
  const expected = step && 'step' in step ? step.refused : undefined;
  return refusal && refusal.code !== expected ? refusal : null;
}

/** The case to keep: up to this moment, expecting what it has come to. */
export function caseOf(name: string, play: Play): SavedCase {
  const { start, steps, at } = play;
  const state = momentOf(play).runs[0]?.state;
  const waitsAt = [...new Set(state?.tokens.map(({ step }) => step) ?? [])];
  return {
    name,
    facts: start.facts ?? {},
    ...(start.around && { around: start.around }),
    ...(start.stubs && { stubs: start.stubs }),
    steps: steps.slice(0, at),
    expects:
      state?.status === 'running' ? { ending: null, waitsAt } : { ending: state?.outcome ?? null },
  };
}
