import type { DecisionTable, FormDefinition, WorkflowDefinition } from '@plumbline/workflow-engine';
import { regClassTable } from './eu-ai-act/classification.ts';
import { approverTable } from './tables/approver.ts';
import { metricBreachTable } from './tables/metric-breach.ts';
import { orgSizeTable } from './tables/org-size.ts';
import { pathTable } from './tables/path.ts';
import { reviewIntervalTable } from './tables/review-interval.ts';
import { riskLevelTable } from './tables/risk-level.ts';
import { tierTable } from './tables/tier.ts';
import { classify } from './workflows/classify.ts';
import { deploy } from './workflows/deploy.data.ts';
import { approvalCondition, stopCheck, treatment } from './workflows/follow-ups.ts';
import { goLive } from './workflows/go-live.ts';
import { impact } from './workflows/impact.data.ts';
import { intake } from './workflows/intake.data.ts';
import { monitorPlan } from './workflows/monitor-plan.ts';
import { monitor } from './workflows/monitor.ts';
import { retire } from './workflows/retire.ts';
import { register } from './workflows/register.ts';
import { review } from './workflows/review.ts';
import { risk } from './workflows/risk.data.ts';

/** The workflows that every organisation starts with, those that are called before their callers. */
export const standardLibrary: readonly WorkflowDefinition[] = [
  register,
  classify,
  intake,
  risk,
  impact,
  monitorPlan,
  deploy,
  goLive,
  monitor,
  review,
  retire,
  treatment,
  approvalCondition,
  stopCheck,
];

/**
 * The rules of separation of duties that a micro organisation may lift by a declared exception, each
 * with what it says to the person whom it keeps out. A rule that is never lifted anywhere is not here.
 */
export const waivableRules: readonly { readonly rule: string; readonly says: string }[] = (() => {
  const rules = standardLibrary
    .flatMap(({ steps }) => steps)
    .flatMap((step) => ('separation' in step ? (step.separation ?? []) : []));
  const never = new Set(rules.filter(({ waivable }) => waivable === 'never').map(({ id }) => id));
  const liftable = new Map(
    rules.filter(({ id }) => !never.has(id)).map(({ id, because }) => [id, because]),
  );
  return [...liftable].sort().map(([rule, says]) => ({ rule, says }));
})();

/** The decision tables of the standard library. */
export const standardTables: readonly DecisionTable[] = [
  tierTable,
  pathTable,
  approverTable,
  riskLevelTable('residualLevel', 'residualScore', 'residualHarm'),
  reviewIntervalTable,
  orgSizeTable,
  metricBreachTable,
  regClassTable,
];

/** A form of the standard library, with the step that asks it. */
export interface StandardForm {
  readonly workflow: string;
  readonly step: string;
  readonly name: string;
  readonly form: FormDefinition;
}

/** Every form of the standard library. */
export const standardForms: readonly StandardForm[] = standardLibrary.flatMap((definition) =>
  definition.steps.flatMap((step) =>
    step.type === 'form' || step.type === 'task'
      ? [{ workflow: definition.key, step: step.id, name: step.name, form: step.form }]
      : [],
  ),
);

/** The definition of this key, if the standard library has it. */
export function definitionOf(key: string): WorkflowDefinition | undefined {
  return standardLibrary.find((definition) => definition.key === key);
}
