import type { Due, Step, WorkflowDefinition } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { boundariesOf } from '../definition/graph.ts';

/** Warns of times that never come, because something earlier takes the step away. */
export function checkDeadlines(
  step: Step,
  findings: Findings,
  library: readonly WorkflowDefinition[] = [],
): void {
  const place = `steps.${step.id}`;
  const leaving = boundariesOf(step).flatMap((one) =>
    one.interrupts && 'after' in one ? [{ id: one.id, after: one.after }] : [],
  );
  const warn = (where: string, what: string, by: string): void => {
    const message = `${what} never comes: “${by}” takes the step away before. Make one of them shorter.`;
    findings.warn('bad-deadline', `${place}.${where}`, message);
  };
  for (const boundary of boundariesOf(step)) {
    if (!('after' in boundary)) continue;
    const first = leaving.find(
      ({ id, after }) => id !== boundary.id && isSooner(after, boundary.after),
    );
    if (first) warn(`boundaries.${boundary.id}`, `“${boundary.id}”`, first.id);
  }
  for (const { id, after } of leaving) {
    if (step.type === 'timer' && isSooner(after, step.wait))
      warn('wait', 'The end of the wait', id);
    if (step.type === 'sub-workflow') checkCalled(step, { id, after }, warn, library);
    if ('due' in step) checkDue(step, { id, after }, warn);
  }
}

interface Leaving {
  readonly id: string;
  readonly after: Due;
}

type Warn = (where: string, what: string, by: string) => void;

function checkDue(step: Step, { id, after }: Leaving, warn: Warn): void {
  if (!('due' in step)) return;
  for (const [at, { due }] of (step.due ?? []).entries()) {
    if ('on' in due) continue;
    if (isSooner(after, due)) warn(`due.${at}`, 'The deadline', id);
    for (const [level, { at: share }] of (step.escalation ?? []).entries()) {
      const comes = { ...due, amount: (due.amount * share) / 100 };
      // What comes before a deadline that never comes is said with it.
      if (share > 100 || !isSooner(after, due)) {
        if (isSooner(after, comes)) warn(`escalation.${level}`, `Level ${level + 1}`, id);
      }
    }
  }
}

/** Work inside a called workflow that is given longer than the call itself. */
function checkCalled(
  { calls }: Step & { readonly type: 'sub-workflow' },
  { id, after }: Leaving,
  warn: Warn,
  library: readonly WorkflowDefinition[],
): void {
  const called = library.find(({ key }) => key === calls);
  const inner = called?.steps.find((step) => {
    const [only] = 'due' in step ? (step.due ?? []) : [];
    return only && !only.when && !('on' in only.due) && isSooner(after, only.due);
  });
  if (inner) warn('calls', `The deadline of “${inner.name}” in the called workflow`, id);
}

/** Whether one time is over before another; times of different kinds are not compared. */
function isSooner(one: Due, other: Due): boolean {
  return one.unit === other.unit && one.amount < other.amount;
}
