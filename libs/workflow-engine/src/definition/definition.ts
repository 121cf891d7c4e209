import type { Condition, Expression, FactDeclaration } from '../expressions/condition.ts';
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
  /** False: the clock runs on while the task is on hold. */
  readonly pauses?: boolean;
}

/**
 * One level of an escalation chain. `at` is a percentage of the time from the opening of the task
 * to its deadline: 50 is half-way, 100 the deadline itself, 150 half as long again.
 */
export type EscalationLevel = { readonly at: number } & (
  | { readonly action: 'remind' }
  /** Tells everybody with the role, who may then act for it. */
  | { readonly action: 'tell'; readonly role: string }
  /** Takes the task from whoever has it and offers it to this role, or to the person of a fact. */
  | { readonly action: 'reassign'; readonly role?: string; readonly assignee?: string }
  /** Settles a decision by an outcome that does not approve. Nothing is ever approved by a clock. */
  | { readonly action: 'settle'; readonly outcome: string }
);

/** Once for each item of a list fact; each item is a task, or a child run, of its own. */
export interface EachRule {
  /** Fact with the list: people, choices, evidence or rows. */
  readonly over: string;
  /** Fact that holds the item while its task or child run is at work. */
  readonly as: string;
  readonly order: 'together' | 'one-by-one';
  /** Fact (a list of rows) that gathers the answers of the finished items, in their order. */
  readonly collect?: string;
  /** Enough when so many are finished, or when this holds after one; the others are cancelled. */
  readonly enough?: { readonly count: number } | { readonly when: Condition };
}

/** Something that may happen while a step waits: time passes, or a signal comes. */
export type Boundary = {
  /** Unique in its step. */
  readonly id: string;
  readonly label: string;
  /** The step is cancelled and control goes on from here; else a side path starts beside it. */
  readonly interrupts: boolean;
  readonly to: StepId;
} & ({ readonly after: Due } | { readonly signal: string; readonly takes?: readonly Take[] });

/** A fact taken over from a signal or a finished sub-workflow. */
export interface Take {
  readonly ours: string;
  readonly theirs: string;
}

/** A seat at a decision: people of one role. */
export interface Seat {
  readonly role: string;
  readonly count: number;
}

/** How several people decide together. The approver table, where it has a row, sets seats instead. */
export interface Quorum {
  readonly seats: readonly Seat[];
  /** Approvals needed: of any one, of all seats, or of so many. */
  readonly needs: 'any' | 'all' | number;
  /** Roles of which one vote against settles the matter at once. */
  readonly veto?: readonly string[];
  /** Seats are asked one after another, in their order. */
  readonly ordered?: boolean;
  /** Nobody sees the votes of others before the matter is settled. */
  readonly blind?: boolean;
}

/** How an offered task finds its person; without one it waits to be claimed. */
export type AssignPolicy = 'least-loaded' | 'round-robin' | 'familiar';

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

/** What steps have in common that wait for somebody or something. */
interface Waiting {
  readonly boundaries?: readonly Boundary[];
}

/** What steps have in common that people finish. */
interface PeopleStep extends StepBase, Waiting {
  /** Role of `domain/workflows.json`, e.g. `client.system_owner`. */
  readonly role: string;
  /** Gives the role from the facts; an unknown or empty result leaves `role`. */
  readonly roleFrom?: Expression;
  /** Fact holding the person to offer it to first, e.g. `owner`. */
  readonly assignee?: string;
  readonly assign?: AssignPolicy;
  /**
   * To whom the holder may give the task: people who hold the role themselves (when left out),
   * nobody, or anybody, who then acts on behalf of the holder. A decision is never for anybody.
   */
  readonly delegable?: 'nobody' | 'same-role' | 'anyone';
  /** Fact that receives the person who finished this step. */
  readonly performer?: string;
  readonly minutes?: number;
  readonly due?: readonly DueRule[];
  readonly escalation?: readonly EscalationLevel[];
}

/** A finished step that can be undone names the step that undoes it; see {@link UndoStep}. */
interface Undoable {
  readonly undoneBy?: StepId;
}

/** Work for a person with answers: a form to fill (`form`) or a thing to do and confirm (`task`). */
export interface FormStep extends PeopleStep, Undoable {
  readonly type: 'form' | 'task';
  /** What the task is called, with facts filled in: “Do {action}”. Without it, the step's name. */
  readonly title?: string;
  readonly form: FormDefinition;
  readonly each?: EachRule;
  readonly separation?: readonly SeparationRule[];
  /** Earlier steps this one may be sent back to. */
  readonly sendBackTo?: readonly StepId[];
  readonly next: readonly Transition[];
}

/** A decision by people with authority. */
export interface ApprovalStep extends PeopleStep, Undoable {
  readonly type: 'approval';
  /** "Can {name} go live?": asked with facts filled in. */
  readonly question: string;
  /**
   * DT-APPROVER, with outputs among `role`, `count`, `also` (a role of which one more person must
   * approve) and `blocked` (why nobody may approve). Omitted: one approver of `role`.
   */
  readonly approvers?: DecisionTable;
  readonly quorum?: Quorum;
  /** Fact that receives the key of the final outcome. */
  readonly outcomeFact?: string;
  readonly outcomes: readonly Outcome[];
  readonly separation: readonly SeparationRule[];
  readonly gate?: readonly GateCondition[];
  /** Facts shown as "what you are deciding on", frozen in the capsule. */
  readonly shows: readonly string[];
}

/** Calculations and an automatic yes or no. */
export interface CheckStep extends StepBase, Undoable {
  readonly type: 'check';
  /** Where control goes when a calculation fails on the facts; without it the command is refused. */
  readonly failed?: StepId;
  readonly set?: readonly { readonly fact: string; readonly value: Expression }[];
  readonly next: readonly Transition[];
}

/** A decision table that sets facts. */
export interface TableStep extends StepBase {
  readonly type: 'table';
  readonly table: DecisionTable;
  /** Where control goes when no row fits; without it the command is refused. */
  readonly failed?: StepId;
  readonly next: readonly Transition[];
}

/** Waits for a time. */
export interface TimerStep extends StepBase, Waiting {
  readonly type: 'timer';
  readonly wait: Due;
  readonly next: readonly Transition[];
}

/**
 * Waits for a signal of another run about the same AI system, or one that came to it through the
 * API. A signal that came while nobody waited is kept for `keptFor` and taken then.
 */
export interface AwaitStep extends StepBase, Waiting {
  readonly type: 'await';
  readonly signal: string;
  readonly takes?: readonly Take[];
  readonly keptFor?: Due;
  readonly next: readonly Transition[];
}

/** Sends a signal to the other runs about the same AI system, or in the organisation. */
export interface SignalStep extends StepBase {
  readonly type: 'signal';
  readonly signal: string;
  readonly to: 'ai-system' | 'organisation';
  /** Facts sent with it, ours under their name. */
  readonly facts?: readonly Take[];
  readonly next: readonly Transition[];
}

/** Tells people something, in the product and by mail as they prefer. Goes on at once. */
export interface TellStep extends StepBase, Undoable {
  readonly type: 'tell';
  readonly roles?: readonly string[];
  /** Facts that hold a person or people. */
  readonly people?: readonly string[];
  /** With facts filled in, as in a question. */
  readonly title: string;
  readonly text: string;
  readonly next: readonly Transition[];
}

/**
 * Undoes what was finished in this run, the last first: each finished step that names one is
 * followed back to its `undoneBy`, whose way on leads here again, until nothing is left to undo.
 */
export interface UndoStep extends StepBase {
  readonly type: 'undo';
  /** Only these; without it every step that can be undone. */
  readonly steps?: readonly StepId[];
  readonly next: readonly Transition[];
}

/** Runs another workflow and waits for its end; `<id>.outcome` of it is set as fact `outcomeFact`. */
export interface SubWorkflowStep extends StepBase, Waiting, Undoable {
  readonly type: 'sub-workflow';
  readonly calls: string;
  readonly each?: EachRule;
  /** Where control goes when the called run was cancelled; without it the step stays open. */
  readonly failed?: StepId;
  /** Facts handed in (`theirs` from `ours`) and taken back at its end. */
  readonly input: readonly Take[];
  readonly output: readonly Take[];
  readonly outcomeFact: string;
  readonly next: readonly Transition[];
}

/**
 * Starts its branches at once; they meet at `join`. A branch with `when` starts only when that
 * holds (an inclusive split); when none starts, control goes on past the join.
 */
export interface ParallelStep extends StepBase {
  readonly type: 'parallel';
  readonly branches: readonly {
    readonly id: string;
    readonly start: StepId;
    readonly label?: string;
    readonly when?: Condition;
  }[];
  readonly join: StepId;
}

/** Waits for every branch that was started by the parallel step that it closes, and passes once. */
export interface JoinStep extends StepBase {
  readonly type: 'join';
  readonly closes: StepId;
  /** Passes when so many branches have arrived, or when this holds; the rest is cancelled. */
  readonly enough?: { readonly count: number } | { readonly when: Condition };
  readonly next: readonly Transition[];
}

/** The end of a side path that a boundary started: the run goes on without it. */
export interface PathEndStep extends StepBase {
  readonly type: 'path-end';
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
  | AwaitStep
  | SignalStep
  | TellStep
  | UndoStep
  | SubWorkflowStep
  | ParallelStep
  | JoinStep
  | PathEndStep
  | EndStep;

/**
 * A rule table over facts. `first`: the first row that holds; an output that it leaves out becomes
 * unknown. `unique`: exactly one row holds, two are an error. `any`: rows that hold agree.
 * `shortest`: for each output the shortest ISO duration among all rows that hold; `highest`: the
 * option that stands last among its declared options; `sum`, `count`: of numbers, of rows. When no
 * row holds, the run does not go on (`sum` and `count` give 0).
 */
export interface DecisionTable {
  readonly key: string;
  readonly name: string;
  readonly hit: 'first' | 'unique' | 'any' | 'shortest' | 'highest' | 'sum' | 'count';
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
  /** A repair of a run (skip, move, change data) needs a second person. */
  readonly repairNeedsTwo?: boolean;
}
