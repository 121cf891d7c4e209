import type { Facts } from '../expressions/condition.ts';
import type { RunEvent } from './run-event.ts';
import type { RunState } from './run-state.ts';

export type * from './repair-action.ts';
export type * from './run-command.ts';
export type * from './run-event.ts';
export type * from './run-state.ts';

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
  /**
   * The organisation's active members: read by the caller when `needsCandidates(definition)`.
   * Without them, an offered task waits to be claimed.
   */
  readonly candidates?: readonly Candidate[];
}

/** Somebody to whom work can be given, as far as choosing needs to know. */
export interface Candidate {
  readonly personId: string;
  readonly roles: readonly string[];
  /** Open tasks assigned to the person, in all runs. */
  readonly openTasks: number;
  /** When a task was last assigned to the person; ISO instant. */
  readonly lastAssignedAt: string | null;
  /** Absent now. */
  readonly away: boolean;
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
    | 'too-many-steps'
    | 'run-suspended'
    | 'run-not-suspended'
    | 'task-on-hold'
    | 'task-not-on-hold'
    | 'cannot-delegate'
    /** Seats of a decision are asked one after another. */
    | 'not-your-turn'
    | 'signal-not-awaited'
    | 'cannot-repair';
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
