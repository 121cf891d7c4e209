import type { Condition, Expression, FactDeclaration } from './condition.ts';
import type { FormDefinition } from './form.ts';

/** A step's id: unique in its definition and stable across versions, so that runs can migrate. */
export type StepId = string;

/** Where control goes next: the first transition whose condition holds. The last has none. */
export interface Transition {
  readonly to: StepId;
  readonly when?: Condition;
  readonly label?: string;
}

/** A deadline in business days, business hours or calendar days of the organisation's calendar. */
export interface Due {
  readonly amount: number;
  readonly unit: 'business-days' | 'business-hours' | 'calendar-days';
}

/** A deadline on the date that a fact holds, at the end of the working time; unknown: no deadline. */
export interface DueOn {
  readonly on: string;
}

/** A deadline that depends on facts; the first rule that holds counts, none means no deadline. */
export interface DueRule {
  readonly when?: Condition;
  readonly due: Due | DueOn;
}

/**
 * Who may not act here because of who they are or what they did. `parties` are named people of the
 * subject (fact names holding a person or people); `steps` are earlier steps of this run.
 */
export interface SeparationRule {
  /** SOD-01 … SOD-14 of the domain dossier. */
  readonly id: string;
  readonly parties?: readonly string[];
  readonly steps?: readonly StepId[];
  readonly when?: Condition;
  /** Said to the person who is refused. */
  readonly because: string;
  /**
   * Never: no exception. Micro: the organisation's fact `exceptions` (ids of rules) may lift it
   * when its fact `orgSize` is `micro` and the fact `tier` is `minimal` or `limited`.
   */
  readonly waivable: 'never' | 'micro';
}

/** One condition of a gate: applies when `applies` holds (or always), is met when `holds` does. */
export interface GateCondition {
  readonly key: string;
  readonly label: string;
  readonly applies?: Condition;
  readonly holds: Condition;
  /** What to do when it is not met. */
  readonly cure: string;
}

/** What an approver can record. Approving outcomes are refused while the gate is not met. */
export interface Outcome {
  readonly key: string;
  readonly label: string;
  readonly effect: 'approve' | 'approve-with-conditions' | 'ask-for-changes' | 'reject' | 'stop';
  readonly to: StepId;
  readonly reasonRequired: boolean;
  /** "If you choose this …": what changes, in plain words. */
  readonly consequence: string;
  /** Shown and accepted only when this holds. */
  readonly when?: Condition;
}

interface StepBase {
  readonly id: StepId;
  readonly stage: string;
  /** A verb phrase for work of people: "Describe the use". */
  readonly name: string;
  readonly description?: string;
  /**
   * Skipped when this is false; an unknown does not skip. Control goes straight to `next`, from an
   * approval to where its first approving outcome leads, from a parallel step past its join.
   */
  readonly when?: Condition;
  /** Clauses and controls that this step serves, by number. */
  readonly requirements?: readonly string[];
  /** What the finished step leaves as evidence, in words. */
  readonly evidence?: readonly string[];
}

/** Work for a person with answers: a form to fill (`form`) or a thing to do and confirm (`task`). */
export interface FormStep extends StepBase {
  readonly type: 'form' | 'task';
  /** Role of `domain/workflows.json`, e.g. `client.system_owner`. */
  readonly role: string;
  /** Fact holding the person to offer it to first, e.g. `owner`. */
  readonly assignee?: string;
  readonly form: FormDefinition;
  /** Fact that receives the person who finished this step. */
  readonly performer?: string;
  readonly minutes?: number;
  readonly due?: readonly DueRule[];
  readonly separation?: readonly SeparationRule[];
  /** Earlier steps this one may be sent back to. */
  readonly sendBackTo?: readonly StepId[];
  readonly next: readonly Transition[];
}

/** A decision by people with authority. */
export interface ApprovalStep extends StepBase {
  readonly type: 'approval';
  readonly role: string;
  readonly assignee?: string;
  /** "Can {name} go live?": asked with facts filled in. */
  readonly question: string;
  readonly minutes?: number;
  readonly due?: readonly DueRule[];
  /**
   * DT-APPROVER, with outputs among `role`, `count`, `also` (a role of which one more person must
   * approve) and `blocked` (why nobody may approve). Omitted: one approver of `role`.
   */
  readonly approvers?: DecisionTable;
  /** Facts that receive the key of the final outcome, and the person who settled it. */
  readonly outcomeFact?: string;
  readonly performer?: string;
  readonly outcomes: readonly Outcome[];
  readonly separation: readonly SeparationRule[];
  readonly gate?: readonly GateCondition[];
  /** Facts shown as "what you are deciding on", frozen in the capsule. */
  readonly shows: readonly string[];
}

/** Calculations and an automatic yes or no. */
export interface CheckStep extends StepBase {
  readonly type: 'check';
  readonly set?: readonly { readonly fact: string; readonly value: Expression }[];
  readonly next: readonly Transition[];
}

/** A decision table that sets facts. */
export interface TableStep extends StepBase {
  readonly type: 'table';
  readonly table: DecisionTable;
  readonly next: readonly Transition[];
}

/** Waits. */
export interface TimerStep extends StepBase {
  readonly type: 'timer';
  readonly wait: Due;
  readonly next: readonly Transition[];
}

/** Runs another workflow and waits for its end; `<id>.outcome` of it is set as fact `outcomeFact`. */
export interface SubWorkflowStep extends StepBase {
  readonly type: 'sub-workflow';
  readonly calls: string;
  /** Facts handed in (`theirs` from `ours`) and taken back at its end. */
  readonly input: readonly { readonly theirs: string; readonly ours: string }[];
  readonly output: readonly { readonly ours: string; readonly theirs: string }[];
  readonly outcomeFact: string;
  readonly next: readonly Transition[];
}

/** Starts all branches at once; they meet at `join`. */
export interface ParallelStep extends StepBase {
  readonly type: 'parallel';
  readonly branches: readonly { readonly id: string; readonly start: StepId }[];
  readonly join: StepId;
}

/** Waits for every branch of the parallel step that it closes. */
export interface JoinStep extends StepBase {
  readonly type: 'join';
  readonly closes: StepId;
  readonly next: readonly Transition[];
}

/** A named ending. `writes` copies facts to the subject's record. */
export interface EndStep extends StepBase {
  readonly type: 'end';
  readonly outcome: string;
  readonly writes?: readonly { readonly field: string; readonly value: Expression }[];
}

export type Step =
  | FormStep
  | ApprovalStep
  | CheckStep
  | TableStep
  | TimerStep
  | SubWorkflowStep
  | ParallelStep
  | JoinStep
  | EndStep;

/**
 * A rule table over facts. `first`: the first row that holds; an output that it leaves out becomes
 * unknown. `shortest`: for each output the shortest ISO duration among all rows that hold. When no
 * row holds, the run does not go on.
 */
export interface DecisionTable {
  readonly key: string;
  readonly name: string;
  readonly hit: 'first' | 'shortest';
  readonly inputs: readonly string[];
  readonly outputs: readonly FactDeclaration[];
  readonly rules: readonly {
    readonly when?: Condition;
    readonly then: Readonly<Record<string, string | number | boolean>>;
    readonly note?: string;
  }[];
}

/** What can be run. A published version of it never changes. */
export interface WorkflowDefinition {
  readonly key: string;
  readonly name: string;
  readonly purpose: string;
  readonly subject: 'ai-system';
  /** Every fact that a condition, table or form of this definition may name. */
  readonly facts: readonly FactDeclaration[];
  readonly stages: readonly { readonly key: string; readonly name: string }[];
  readonly start: StepId;
  readonly steps: readonly Step[];
}
