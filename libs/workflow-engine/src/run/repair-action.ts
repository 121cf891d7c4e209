import type { Facts } from '../expressions/condition.ts';
import type { StepId } from '../definition/definition.ts';

/** How a run that is under way is put right. */
export type RepairAction =
  /** Ends a wait (a task, timer, signal, child run or item) and goes on: to `to`, or as if skipped. */
  | { readonly kind: 'skip'; readonly key: string; readonly to?: StepId }
  /** Takes control from where it is (`<step>#<visit>`) to a step that its place can reach. */
  | { readonly kind: 'move'; readonly from: string; readonly to: StepId }
  /** Ends a wait and enters its step anew. */
  | { readonly kind: 'retry'; readonly key: string }
  /** Sets facts of the run; those of the AI system and the organisation are changed there. */
  | { readonly kind: 'set-facts'; readonly facts: Facts };
