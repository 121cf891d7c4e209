import type { Facts, FactValue } from '../expressions/condition.ts';
import type { Seat, StepId } from '../definition/definition.ts';

/**
 * Who acts. Advisers act for a firm in a client: they prepare and never approve (SOD-07). Whoever
 * acts on behalf of another may use the rights of either, and what keeps either of them apart from
 * the work keeps the deputy apart from it too.
 */
export type Actor =
  | {
      readonly kind: 'person';
      readonly personId: string;
      readonly roles: readonly string[];
      readonly adviser: boolean;
      readonly onBehalfOf?: {
        readonly personId: string;
        readonly roles: readonly string[];
      } | null;
    }
  | { readonly kind: 'system' };

/**
 * A place where control is. `scope` is the stack of what is open around it: a branch of a parallel
 * block, `<parallel step>#<visit>/<branch>`, or a side path, `<step>#<visit>!<boundary>`.
 */
export interface Token {
  readonly step: StepId;
  readonly visit: number;
  readonly scope: readonly string[];
}

/** One item of a list that a step is done for. */
export interface TaskItem {
  /** Its place in the list, from 1. */
  readonly n: number;
  /** What the fact named by `each.as` holds for it. */
  readonly value: FactValue;
}

/**
 * A step waiting for people. `key` is `<step>#<visit>`, unique in the run; for an item of a list
 * `<step>#<visit>.<n>`.
 */
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
  readonly item: TaskItem | null;
  /**
   * On hold since this ISO instant: nobody is asked. If `pauses`, the deadline waits, and so do the
   * timers of the escalation chain, which are armed again when it goes on.
   */
  readonly held: {
    readonly since: string;
    readonly timers: readonly { readonly key: string; readonly dueAt: string }[];
  } | null;
  /** The seats at a decision, in their order; one seat of `role` for other work. */
  readonly seats: readonly Seat[];
  /** Seats are asked one after another. */
  readonly ordered: boolean;
  /** Nobody sees the votes of others before the matter is settled. */
  readonly blind: boolean;
  /** The last level of the escalation chain that was reached; 0 for none. */
  readonly level: number;
  /** Roles whose people may act for the task since it was escalated to them. */
  readonly helpers: readonly string[];
  /** The role that the work went to when it was escalated, in place of the step’s own. */
  readonly raisedTo: string | null;
  /** Who gave the task on to its assignee, the first first: kept apart as the assignee is. */
  readonly delegatedBy: readonly string[];
  /** ISO instant; unknown for tasks of the first version. */
  readonly openedAt: string | null;
  /** What moves the deadline on when time is taken out; `fixed` is a date that stays. */
  readonly clock: 'working' | 'calendar' | 'fixed';
  /** Whether the deadline waits while the task is on hold. */
  readonly pauses: boolean;
}

/**
 * A time that the run waits for. `wait`: of a timer step, key `<step>#<visit>`. `boundary`: key
 * `<step>#<visit>!<boundary>`. `escalation`: key `<task key>^<level>`, levels from 1.
 */
export interface OpenTimer {
  readonly key: string;
  readonly step: StepId;
  readonly dueAt: string;
  readonly kind: TimerKind;
}

export type TimerKind = 'wait' | 'boundary' | 'escalation';

/** A child run that a step, or an item of it, waits for. */
export interface OpenChild {
  readonly key: string;
  readonly step: StepId;
  readonly calls: string;
}

/** A step (`<step>#<visit>`) or a boundary (`<step>#<visit>!<boundary>`) that waits for a signal. */
export interface OpenAwait {
  readonly key: string;
  readonly step: StepId;
  readonly signal: string;
}

/** A signal that came while nobody waited for it, kept for whoever comes to wait for it. */
export interface KeptSignal {
  readonly id: string;
  readonly signal: string;
  readonly facts: Facts;
  readonly at: string;
}

/** A step that is done once for each item of a list. `key` is that of its token. */
export interface ItemGroup {
  readonly key: string;
  readonly step: StepId;
  /** What `each.as` holds for each item, in the order of the list. */
  readonly items: readonly FactValue[];
  /** Answers, or results, of those that are finished, in the order of finishing. */
  readonly finished: readonly { readonly n: number; readonly answers: Facts }[];
}

/** Something finished that an undo step can still undo. `key` is `<step>#<visit>`. */
export interface Undoable {
  readonly key: string;
  readonly step: StepId;
  readonly undoneBy: StepId;
}

/**
 * What one approver decided, with the roles held at that moment; for a deputy, those of both. What
 * a reader may see of it is told by `visibleVotes`.
 */
export interface Vote {
  readonly personId: string;
  /** The person represented; absent when nobody was. */
  readonly onBehalfOf?: string;
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
  readonly timers: readonly OpenTimer[];
  readonly children: readonly OpenChild[];
  readonly visits: Readonly<Record<StepId, number>>;
  /** Who finished which step: what separation of duties looks at. */
  readonly performers: Readonly<Record<StepId, readonly string[]>>;
  /** Since when nothing may happen in the run until it is resumed. */
  readonly suspended: { readonly since: string } | null;
  readonly awaiting: readonly OpenAwait[];
  readonly kept: readonly KeptSignal[];
  /** Ids of the signals that came, the last thousand: none of them is taken twice. */
  readonly received: readonly string[];
  readonly items: readonly ItemGroup[];
  /** In the order of finishing. */
  readonly undoable: readonly Undoable[];
}
