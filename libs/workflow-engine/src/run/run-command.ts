import type { Facts } from '../expressions/condition.ts';
import type { StepId } from '../definition/definition.ts';
import type { RepairAction } from './repair-action.ts';
import type { Actor, ApprovalCondition } from './run-state.ts';

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
  /** The child run was cancelled by somebody else. */
  | { readonly type: 'child-cancelled'; readonly child: string; readonly by: Actor }
  | { readonly type: 'cancel'; readonly reason: string; readonly by: Actor }
  | { readonly type: 'suspend'; readonly reason: string; readonly by: Actor }
  | { readonly type: 'resume'; readonly reason: string; readonly by: Actor }
  | { readonly type: 'hold'; readonly task: string; readonly reason: string; readonly by: Actor }
  | { readonly type: 'continue'; readonly task: string; readonly by: Actor }
  | {
      /** The holder gives the task to another person. */
      readonly type: 'delegate';
      readonly task: string;
      readonly to: string;
      /** The roles that this person holds now, read by the caller. */
      readonly toRoles: readonly string[];
      readonly reason: string;
      readonly by: Actor;
    }
  | {
      /** Sets the deadline of a task to another ISO instant; its escalation moves along. */
      readonly type: 'move-deadline';
      readonly task: string;
      readonly dueAt: string;
      readonly reason: string;
      readonly by: Actor;
    }
  | {
      /** A signal reached the run; the same `id` is taken once only. */
      readonly type: 'receive-signal';
      readonly signal: string;
      readonly id: string;
      readonly facts: Facts;
      readonly by: Actor;
    }
  | {
      readonly type: 'repair';
      readonly action: RepairAction;
      readonly reason: string;
      readonly by: Actor;
    };
