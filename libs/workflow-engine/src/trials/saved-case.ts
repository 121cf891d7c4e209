import type { Facts } from '../expressions/condition.ts';
import type { Due, StepId } from '../definition/definition.ts';
import type { ApprovalCondition, BusinessCalendar, Refusal } from '../run/run.ts';

/**
 * A case to try a workflow with: plain data, kept with the workflow. It begins with these facts, is
 * led through its steps by people who exist only in it, and says what is expected in the end.
 */
export interface SavedCase {
  readonly name: string;
  /** Handed in at the start. */
  readonly facts: Facts;
  /** What is around it; left out: nothing known, Tuesday 24 November 2026, a plain calendar. */
  readonly around?: CaseSurroundings;
  /** Endings of workflows that are called, by step or by workflow: these are not played. */
  readonly stubs?: Readonly<Record<string, StubbedEnding>>;
  readonly steps: readonly CaseStep[];
  readonly expects?: Expectation;
}

export interface CaseSurroundings {
  /** ISO instant of the start. */
  readonly now?: string;
  /** Facts of the AI system and the organisation. */
  readonly facts?: Facts;
  readonly calendar?: BusinessCalendar;
}

/** How a called workflow ends that is not played. */
export interface StubbedEnding {
  readonly outcome: string;
  readonly facts?: Facts;
}

/** What is to be true after the last step; whatever is left out may be as it likes. */
export interface Expectation {
  /** The outcome of the ending; null: the run has not ended. */
  readonly ending?: string | null;
  readonly facts?: Facts;
  /** Steps that wait for somebody or something then, in any order. */
  readonly waitsAt?: readonly StepId[];
}

/** One thing that happens in a case. */
export type CaseStep =
  | WorkStep
  /** Time passes: so much, or until the next timer fires. Every timer due by then fires. */
  | { readonly skipTime: Due | 'next' }
  /** A signal comes. */
  | { readonly signal: string; readonly facts?: Facts }
  | ChildStep
  /** Facts of the AI system or the organisation change. */
  | { readonly around: Facts }
  | { readonly cancel: string };

/** The workflow that a step called ends so. */
export interface ChildStep {
  readonly child: StepId;
  /** Which item, from 1, of a step that is done for each of a list. */
  readonly item?: number;
  /** Null: it was cancelled. */
  readonly outcome: string | null;
  readonly facts?: Facts;
}

/** Somebody works on an open step. */
export interface WorkStep {
  readonly step: StepId;
  /** Which item, from 1, of a step that is done for each of a list. */
  readonly item?: number;
  /** Role of the one who acts; left out: whoever may. */
  readonly by?: string;
  /** The same name is the same person; left out: the first one who may. */
  readonly person?: string;
  /** Answers of a form; required ones that are left out get the plainest answer. */
  readonly answers?: Facts;
  /** Decides. */
  readonly outcome?: string;
  readonly reason?: string;
  readonly conditions?: readonly ApprovalCondition[];
  /** Sends it back instead. */
  readonly sendBackTo?: StepId;
  /** Takes it, gives it back or puts it on hold instead. */
  readonly action?: 'claim' | 'release' | 'hold' | 'continue';
  /** It is refused, for this reason. */
  readonly refused?: Refusal['code'];
}
