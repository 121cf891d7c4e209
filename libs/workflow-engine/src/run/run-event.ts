import type { Facts, FactValue } from '../expressions/condition.ts';
import type { AssignPolicy, EscalationLevel, Seat, StepId } from '../definition/definition.ts';
import type { RepairAction } from './repair-action.ts';
import type { StoredTask } from './restored.ts';
import type { Actor, ApprovalCondition, OpenTask, TimerKind } from './run-state.ts';

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
  /** In events of the first version the task lacks what came later; see `restoredTask`. */
  | { readonly type: 'task-opened'; readonly task: StoredTask }
  | {
      readonly type: 'task-claimed' | 'task-released' | 'task-assigned';
      readonly key: string;
      readonly assignee: string | null;
      /** How the step chose this person by itself, when it did. */
      readonly policy?: AssignPolicy;
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
      /** Absent in events of the first version, as are the other three. */
      readonly seats?: readonly Seat[];
      readonly ordered?: boolean;
      readonly blind?: boolean;
      readonly helpers?: readonly string[];
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
      /** Absent in events of the first version: a wait. */
      readonly kind?: TimerKind;
      /** The ISO instant that it is reckoned from, when that is not the instant of the event. */
      readonly from?: string;
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
  | { readonly type: 'run-cancelled'; readonly reason: string }
  | PauseEventBody
  | PeopleEventBody
  | FlowEventBody
  | RepairEventBody;

/** Time taken out of a run. */
type PauseEventBody =
  | { readonly type: 'run-suspended' | 'run-resumed'; readonly reason: string }
  /** The new deadline of the task, or time of the timer, with this key. */
  | {
      readonly type: 'deadline-moved';
      readonly key: string;
      readonly dueAt: string;
      /** When somebody moved it; absent when the clock stood still. */
      readonly reason?: string;
      /** It was reckoned anew because the organisation works at other times. */
      readonly cause?: 'calendar';
    };

/** What people, or clocks in their place, did with a task. */
type PeopleEventBody =
  | {
      readonly type: 'task-held';
      readonly key: string;
      readonly reason: string;
      /** Timers of the escalation chain that wait with it. */
      readonly timers: readonly { readonly key: string; readonly dueAt: string }[];
    }
  | { readonly type: 'task-continued'; readonly key: string }
  | {
      readonly type: 'task-delegated';
      readonly key: string;
      readonly assignee: string;
      readonly reason: string;
    }
  | {
      readonly type: 'task-escalated';
      readonly key: string;
      readonly step: StepId;
      /** From 1. */
      readonly level: number;
      readonly action: EscalationLevel['action'];
      /** Who is told, or whose task it becomes. */
      readonly role: string | null;
      /** Whether who is told may act for the task; not where the approver table names the seats. */
      readonly helps: boolean;
      readonly assignee: string | null;
      /** The outcome that settles the matter. */
      readonly outcome: string | null;
    };

/** What happens beside or between the steps. */
type FlowEventBody =
  | {
      /** A calculation failed, no row fitted, or the called run was cancelled. */
      readonly type: 'step-failed';
      readonly step: StepId;
      readonly visit: number;
      readonly message: string;
    }
  | {
      /** `key` is `<step>#<visit>!<boundary>`, also the scope entry of the side path. */
      readonly type: 'boundary-fired';
      readonly key: string;
      readonly step: StepId;
      readonly boundary: string;
      readonly interrupts: boolean;
    }
  | {
      readonly type: 'signal-awaited' | 'signal-unawaited';
      readonly key: string;
      readonly step: StepId;
      readonly signal: string;
    }
  | {
      readonly type: 'signal-received';
      readonly signal: string;
      readonly id: string;
      readonly facts: Facts;
      /** True when nobody waited and it is kept for whoever comes. */
      readonly kept: boolean;
    }
  | {
      /** By a step (which waits no more) or by a boundary (which may take the next one too). */
      readonly type: 'signal-taken';
      readonly key: string;
      readonly step: StepId;
      readonly signal: string;
      readonly id: string;
    }
  | {
      /** For the caller to hand on; `<run>:<key>` names it once and for all. */
      readonly type: 'signal-sent';
      readonly key: string;
      readonly step: StepId;
      readonly signal: string;
      readonly to: 'ai-system' | 'organisation';
      readonly facts: Facts;
    }
  | {
      readonly type: 'people-told';
      readonly key: string;
      readonly step: StepId;
      readonly roles: readonly string[];
      /** Ids of people. */
      readonly people: readonly string[];
      readonly title: string;
      readonly text: string;
    }
  | {
      readonly type: 'items-started';
      /** Key of the token. */
      readonly key: string;
      readonly step: StepId;
      readonly items: readonly FactValue[];
    }
  | {
      readonly type: 'item-finished';
      /** Key of the token; the item is the `n`th, from 1. */
      readonly key: string;
      readonly step: StepId;
      readonly n: number;
      readonly answers: Facts;
    }
  /** All are finished, enough are, or the step was left. */
  | { readonly type: 'items-ended'; readonly key: string; readonly step: StepId }
  | {
      readonly type: 'step-undoable' | 'step-undone';
      readonly key: string;
      readonly step: StepId;
      readonly undoneBy: StepId;
    };

/** What another version of a workflow may change about an open task. */
export type TaskAmendment = Partial<
  Omit<OpenTask, 'key' | 'step' | 'item' | 'votes' | 'openedAt' | 'held' | 'level'>
>;

/** What somebody changed in a run that is under way. */
type RepairEventBody =
  | { readonly type: 'run-repaired'; readonly action: RepairAction; readonly reason: string }
  | {
      /**
       * The run goes on by another version. What it leaves and where it goes instead is told by the
       * events around this one.
       */
      readonly type: 'run-migrated';
      /** Hashes of the versions. */
      readonly from: string;
      readonly to: string;
      /** As it was asked for: where control goes from a step of the old version. */
      readonly mapping: Readonly<Record<StepId, StepId>>;
      /** Steps of the old version that are this step, under another id, of the new one. */
      readonly steps: Readonly<Record<StepId, StepId>>;
      /** Facts that the new version does not have. */
      readonly dropped: readonly string[];
      /** What the new version changes about tasks that stay open, by their key. */
      readonly tasks: Readonly<Record<string, TaskAmendment>>;
      /** What changed in the run, in plain words. */
      readonly changed: readonly string[];
      readonly reason: string;
    };

/** One thing that happened, when and by whom. Events alone rebuild the state. */
export type RunEvent = RunEventBody & {
  /** 1, 2, 3 … in its run, without gaps. */
  readonly seq: number;
  readonly at: string;
  readonly by: Actor;
};
