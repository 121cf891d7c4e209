import type { Outcome, StepId, WorkflowDefinition } from '../definition/definition.ts';
import type { GateLine } from '../people/gate.ts';
import type { Facts } from '../expressions/condition.ts';
import type { OpenTask, Refusal, RunEvent, RunState, Surroundings, TimerKind } from '../run/run.ts';
import type { StubbedEnding } from './saved-case.ts';

/** What stays the same in a simulation. */
export interface SimulatedWorld {
  readonly definition: WorkflowDefinition;
  /** Workflows that are played when they are called. */
  readonly library: readonly WorkflowDefinition[];
  readonly stubs: Readonly<Record<string, StubbedEnding>>;
}

/** One run of a simulation; the first is the one of the workflow itself, others were called. */
export interface SimulatedRun {
  readonly id: string;
  readonly definition: WorkflowDefinition;
  readonly parent: { readonly run: string; readonly child: string } | null;
  readonly state: RunState;
  readonly events: readonly RunEvent[];
}

/**
 * A simulation at one moment: a value. An earlier one can be kept to go back to, or to go on from in
 * another way.
 */
export interface Simulated {
  readonly world: SimulatedWorld;
  readonly around: Surroundings;
  readonly runs: readonly SimulatedRun[];
  /** What the last step made happen, in all runs. */
  readonly happened: readonly { readonly run: string; readonly event: RunEvent }[];
  /** Why the last step was refused: then nothing else has changed. */
  readonly refusal: Refusal | null;
}

/** Something that can happen next. */
export type Waiting = {
  readonly run: string;
  readonly key: string;
  readonly step: StepId;
  readonly name: string;
} & (
  | {
      readonly kind: 'form';
      readonly task: OpenTask;
      /** Roles of which somebody may act. */
      readonly roles: readonly string[];
      /** What the form sees. */
      readonly facts: Facts;
      readonly sendBackTo: readonly StepId[];
    }
  | {
      readonly kind: 'decision';
      readonly task: OpenTask;
      readonly roles: readonly string[];
      readonly facts: Facts;
      /** The question with facts filled in. */
      readonly question: string;
      readonly outcomes: readonly Outcome[];
      readonly gate: readonly GateLine[];
    }
  | { readonly kind: 'time'; readonly dueAt: string; readonly timer: TimerKind }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'child'; readonly calls: string }
);
