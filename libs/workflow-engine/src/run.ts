import type { FactValue, Facts } from './condition.ts';
import type { StepId } from './definition.ts';

/** Who acts. Advisers act for a firm in a client: they prepare and never approve (SOD-07). */
export type Actor =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly roles: readonly string[];
      readonly adviser: boolean;
    }
  | { readonly kind: 'system' };

/** A place where control is. `scope` is the stack of open parallel blocks: `<parallel step>#<visit>/<branch>`. */
export interface Token {
  readonly step: StepId;
  readonly visit: number;
  readonly scope: readonly string[];
}

/** A step waiting for people. `key` is `<step>#<visit>`, unique in the run. */
export interface OpenTask {
  readonly key: string;
  readonly step: StepId;
  readonly role: string;
  /** A second role of which one more person must approve, besides the others. */
  readonly also: string | null;
  readonly assignee: string | null;
  /** How many people must finish it: 1, or the approvers of all roles together. */
  readonly needed: number;
  readonly dueAt: string | null;
  /** Decisions recorded so far, when more than one approver is needed. */
  readonly votes: readonly Vote[];
  /** Why nobody can approve now, in words; other outcomes stay open. */
  readonly blocked: string | null;
}

/** What one approver decided, with the roles held at that moment. */
export interface Vote {
  readonly personId: string;
  readonly roles: readonly string[];
  readonly outcome: string;
}

/** A condition on an approval, in words, with an owner and an ISO date. */
export interface ApprovalCondition {
  readonly text: string;
  readonly owner: string;
  readonly due: string;
}

/** A run as data: everything that the next move depends on. `replay(events)` gives the same value. */
export interface RunState {
  readonly runId: string;
  readonly status: 'running' | 'ended' | 'cancelled';
  readonly outcome: string | null;
  /** Number of the last event: 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly facts: Facts;
  readonly tokens: readonly Token[];
  readonly tasks: readonly OpenTask[];
  readonly timers: readonly {
    readonly key: string;
    readonly step: StepId;
    readonly dueAt: string;
  }[];
  readonly children: readonly {
    readonly key: string;
    readonly step: StepId;
    readonly calls: string;
  }[];
  readonly visits: Readonly<Record<StepId, number>>;
  /** Who finished which step: what separation of duties looks at. */
  readonly performers: Readonly<Record<StepId, readonly string[]>>;
}

/** What can be asked of a run. `by` is always the real person. */
export type Command =
  | { readonly type: 'start'; readonly runId: string; readonly facts: Facts; readonly by: Actor }
  | { readonly type: 'submit'; readonly task: string; readonly answers: Facts; readonly by: Actor }
  | {
      readonly type: 'decide';
      readonly task: string;
      readonly outcome: string;
      readonly reason: string;
      readonly conditions: readonly ApprovalCondition[];
      readonly by: Actor;
    }
  | {
      readonly type: 'send-back';
      readonly task: string;
      readonly to: StepId;
      readonly reason: string;
      readonly by: Actor;
    }
  | { readonly type: 'claim' | 'release'; readonly task: string; readonly by: Actor }
  | {
      readonly type: 'assign';
      readonly task: string;
      readonly assignee: string | null;
      readonly by: Actor;
    }
  | { readonly type: 'fire-timer'; readonly timer: string; readonly by: Actor }
  | {
      readonly type: 'end-child';
      readonly child: string;
      readonly outcome: string;
      readonly facts: Facts;
      readonly by: Actor;
    }
  | { readonly type: 'cancel'; readonly reason: string; readonly by: Actor };

/** What the move may look at besides the run: read by the caller, inside the row lock. */
export interface Surroundings {
  /** ISO instant, from the database's clock. */
  readonly now: string;
  /**
   * Current facts of the subject and the organisation. For facts declared with these sources they
   * win over older values in the run; what is declared otherwise belongs to the run alone.
   */
  readonly facts: Facts;
  readonly calendar: BusinessCalendar;
}

/** Working time of an organisation. Days are ISO weekdays 1 (Monday) to 7. */
export interface BusinessCalendar {
  readonly timeZone: string;
  readonly workingDays: readonly number[];
  readonly startHour: number;
  readonly endHour: number;
  /** ISO dates without work. */
  readonly holidays: readonly string[];
  /** ISO dates on which work ends half-way through the working hours. */
  readonly halfDays?: readonly string[];
  /** Deadlines are multiplied by this (DT-ORG-SIZE). */
  readonly dueFactor: number;
}

/** What can happen in a run. */
export type RunEventBody =
  | { readonly type: 'run-started'; readonly runId: string; readonly facts: Facts }
  | {
      readonly type: 'step-entered' | 'step-skipped';
      readonly step: StepId;
      readonly visit: number;
      readonly scope: readonly string[];
    }
  | {
      /** Left by going on, or cancelled because the block around it was left. */
      readonly type: 'step-left' | 'step-cancelled';
      readonly step: StepId;
      readonly visit: number;
      readonly scope: readonly string[];
    }
  | { readonly type: 'facts-set'; readonly step: StepId | null; readonly facts: Facts }
  | { readonly type: 'task-opened'; readonly task: OpenTask }
  | {
      readonly type: 'task-claimed' | 'task-released' | 'task-assigned';
      readonly key: string;
      readonly assignee: string | null;
    }
  | {
      readonly type: 'task-submitted';
      readonly key: string;
      readonly step: StepId;
      readonly answers: Facts;
      /** Separation rules that a declared exception lifted for this person. */
      readonly waived: readonly string[];
    }
  | {
      /** Facts have changed who must approve since the task was opened. */
      readonly type: 'authority-changed';
      readonly key: string;
      readonly role: string;
      readonly also: string | null;
      readonly needed: number;
      readonly blocked: string | null;
    }
  | {
      readonly type: 'decision-recorded';
      readonly key: string;
      readonly step: StepId;
      readonly outcome: string;
      readonly reason: string;
      readonly conditions: readonly ApprovalCondition[];
      /** True when enough approvers have decided and the run moves on. */
      readonly final: boolean;
      /** The outcome of all votes together, when this one settles it. */
      readonly result: string | null;
      readonly waived: readonly string[];
      /** Facts that the decision rests on, frozen. */
      readonly basis: Facts;
    }
  | {
      readonly type: 'sent-back';
      readonly key: string;
      readonly step: StepId;
      readonly to: StepId;
      readonly reason: string;
    }
  | { readonly type: 'task-closed'; readonly key: string; readonly why: 'done' | 'cancelled' }
  | {
      readonly type: 'table-evaluated';
      readonly step: StepId;
      readonly table: string;
      readonly row: number;
      readonly inputs: Facts;
      readonly outputs: Facts;
    }
  | {
      readonly type: 'timer-armed';
      readonly key: string;
      readonly step: StepId;
      readonly dueAt: string;
    }
  | { readonly type: 'timer-fired' | 'timer-disarmed'; readonly key: string; readonly step: StepId }
  | {
      readonly type: 'child-started';
      readonly key: string;
      readonly step: StepId;
      readonly calls: string;
      readonly facts: Facts;
    }
  | {
      readonly type: 'child-ended';
      readonly key: string;
      readonly step: StepId;
      readonly outcome: string;
    }
  /** Nobody waits for the child run any more: the caller cancels it. */
  | { readonly type: 'child-cancelled'; readonly key: string; readonly step: StepId }
  | {
      readonly type: 'run-ended';
      readonly outcome: string;
      readonly writes: Readonly<Record<string, FactValue>>;
    }
  | { readonly type: 'run-cancelled'; readonly reason: string };

/** One thing that happened, when and by whom. Events alone rebuild the state. */
export type RunEvent = RunEventBody & {
  /** 1, 2, 3 … in its run, without gaps. */
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
};

/** Why a command was not carried out. Nothing has changed. */
export interface Refusal {
  readonly refused: true;
  readonly code:
    | 'run-not-active'
    | 'unknown-task'
    | 'unknown-outcome'
    | 'not-your-role'
    | 'adviser-never-approves'
    | 'separation-of-duties'
    | 'already-decided'
    | 'gate-not-met'
    | 'approval-blocked'
    | 'reason-required'
    | 'invalid-answers'
    | 'cannot-send-back'
    | 'taken-by-someone-else'
    | 'unknown-timer'
    | 'timer-not-due'
    | 'unknown-child'
    | 'already-started'
    | 'invalid-facts'
    | 'conditions-required'
    /** A table without a row that fits, or an expression that fails on the facts at hand. */
    | 'cannot-continue'
    | 'too-many-steps';
  /** Plain words for the person: what stands in the way and what to do. */
  readonly message: string;
  /** `SOD-01` … when separation of duties refuses. */
  readonly rule?: string;
  /** Per field, for `invalid-answers`; path like `risks.2.title`. */
  readonly problems?: readonly { readonly path: string; readonly message: string }[];
  /** Unmet gate conditions, for `gate-not-met`. */
  readonly unmet?: readonly {
    readonly key: string;
    readonly label: string;
    readonly cure: string;
  }[];
}

/**
 * The new state and what happened on the way; the caller derives tasks, timers, children from the
 * events. A command that asks for what is so already, such as claiming one's own task, is a move
 * without events.
 */
export interface Move {
  readonly refused: false;
  readonly state: RunState;
  readonly events: readonly RunEvent[];
}
