import { type DecideTask, decideTaskSchema } from '@plumbline/contracts';

/** A condition as it is being written. */
export interface ConditionDraft {
  readonly text: string;
  readonly owner: string;
  readonly due: string;
}

/** A decision as it is being written; nothing is chosen at the start. */
export interface DecisionDraft {
  readonly outcome: string | null;
  readonly reason: string;
  readonly conditions: readonly ConditionDraft[];
}

export const blankDecision: DecisionDraft = { outcome: null, reason: '', conditions: [] };
export const blankCondition: ConditionDraft = { text: '', owner: '', due: '' };

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A kept draft; whatever it lacks starts empty. */
export function decisionFrom(draft: Readonly<Record<string, unknown>> | null): DecisionDraft {
  if (!draft) return blankDecision;
  const conditions = Array.isArray(draft['conditions']) ? (draft['conditions'] as unknown[]) : [];
  return {
    outcome: text(draft['outcome']) || null,
    reason: text(draft['reason']),
    conditions: conditions.map((one) => {
      const { text: what, owner, due } = (one ?? {}) as Record<string, unknown>;
      return { text: text(what), owner: text(owner), due: text(due) };
    }),
  };
}

/** What is missing: where (the id of the control) and which words. */
export interface DecisionGap {
  readonly field: string;
  readonly what: 'outcome' | 'reason' | 'conditions' | 'text' | 'owner' | 'due';
}

/** What keeps a decision from being recorded, as far as this side can tell. */
export function gapsOf(
  draft: DecisionDraft,
  chosen: { readonly effect: string; readonly reasonRequired: boolean } | undefined,
): readonly DecisionGap[] {
  if (!chosen) return [{ field: 'outcome', what: 'outcome' }];
  const gaps: DecisionGap[] = [];
  if (chosen.effect === 'approve-with-conditions') {
    if (draft.conditions.length === 0) gaps.push({ field: 'add-condition', what: 'conditions' });
    draft.conditions.forEach((condition, at) => {
      if (!condition.text.trim()) gaps.push({ field: `condition-${at}-text`, what: 'text' });
      if (!condition.owner) gaps.push({ field: `condition-${at}-owner`, what: 'owner' });
      const due = decideTaskSchema.shape.conditions.unwrap().element.shape.due;
      if (!due.safeParse(condition.due).success) {
        gaps.push({ field: `condition-${at}-due`, what: 'due' });
      }
    });
  }
  if (chosen.reasonRequired && !draft.reason.trim()) gaps.push({ field: 'reason', what: 'reason' });
  return gaps;
}

/** The command that a complete draft stands for. */
export function decisionOf(draft: DecisionDraft, withConditions: boolean): DecideTask {
  return {
    outcome: draft.outcome ?? '',
    reason: draft.reason.trim(),
    conditions: withConditions ? draft.conditions.map((one) => ({ ...one })) : [],
  };
}
