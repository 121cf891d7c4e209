import type { RepairActionInput, Run, RunToken, RunWait } from '@plumbline/contracts';

/** Ways of putting a run right, in the order in which they are offered. */
export const REPAIRS = ['skip', 'retry', 'move', 'set-facts'] as const;
export type RepairKind = (typeof REPAIRS)[number];

/** What whoever repairs a run has chosen so far. */
export interface RepairChoice {
  readonly kind: RepairKind | null;
  /** Key of what the run waits for, or where control is. */
  readonly key: string;
  /** The step to go on at; empty: as the workflow says. */
  readonly to: string;
}

/** What a run waits for that can be skipped; times beside a step and joins cannot. */
export function skippable({ waits, steps }: Pick<Run, 'waits' | 'steps'>): readonly RunWait[] {
  const joins = new Set(steps.filter(({ type }) => type === 'join').map(({ id }) => id));
  return waits.filter(
    ({ kind, step }) => kind !== 'limit' && kind !== 'escalation' && !joins.has(step),
  );
}

/** Where control is at a step that can be started anew; a join waits for others. */
export function restartable({ tokens, steps }: Pick<Run, 'tokens' | 'steps'>): readonly RunToken[] {
  const joins = new Set(steps.filter(({ type }) => type === 'join').map(({ id }) => id));
  return tokens.filter(({ step }) => !joins.has(step));
}

/** What a choice says about a wait: its step, and the task where several are open there. */
export function waitInWords({ stepName, what, kind }: RunWait): string {
  return kind === 'task' && what !== stepName ? `${stepName}: ${what}` : stepName;
}

/** The repair that was chosen; null while something is missing. `facts` are those to change. */
export function actionOf(
  { kind, key, to }: RepairChoice,
  facts: Readonly<Record<string, unknown>> | null,
): RepairActionInput | null {
  switch (kind) {
    case 'skip':
      return key ? { kind, key, ...(to && { to }) } : null;
    case 'retry':
      return key ? { kind, key } : null;
    case 'move':
      return key && to ? { kind, from: key, to } : null;
    case 'set-facts':
      return facts && Object.keys(facts).length > 0
        ? { kind, facts: facts as Extract<RepairActionInput, { kind: 'set-facts' }>['facts'] }
        : null;
    case null:
      return null;
  }
}
