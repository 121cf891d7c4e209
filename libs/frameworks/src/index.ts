export { aiSystemLifecycle, daysOfCadence, lateShare } from './ai-system-lifecycle.ts';
export type * from './eu-ai-act/eu-ai-act.ts';
export {
  annexAreas,
  decisionTree,
  euObligations,
  euRoleTests,
  euStatusDate,
  euTimeline,
  prohibitedPractices,
} from './eu-ai-act/eu-ai-act.data.ts';
export { sensitiveAreas } from './eu-ai-act/area-options.ts';
export { type TreeAnswers, treeEnds, walkTree } from './eu-ai-act/classification.ts';
export { type Ending, endings } from './endings.ts';
export {
  organisationFacts,
  outsideFacts,
  runFacts,
  subjectFacts,
  writableFields,
} from './facts.ts';
export { aiSystemFields, boughtKinds } from './forms/ai-system.ts';
export {
  type Holiday,
  type HolidayCalendar,
  holidayCalendars,
  holidayDates,
  holidaysOf,
  holidayYears,
} from './holidays/holidays.ts';
export { type OneOffDay, oneOffDays } from './holidays/one-off-days.data.ts';
export { impactLabels, likelihoodLabels } from './forms/scales.ts';
export type * from './impact/impact-question.ts';
export { answerFactOf } from './impact/impact-fields.ts';
export { impactQuestions } from './impact/impact-questions.data.ts';
export {
  definitionOf,
  standardForms,
  type StandardForm,
  standardLibrary,
  standardTables,
  waivableRules,
} from './library.ts';
export {
  dayAfter,
  type EndedRun,
  type Lifecycle,
  type LifecycleRule,
  type NextRun,
  nextRuns,
  runsOn,
  stageAfter,
  type StageRule,
  startable,
  startFacts,
  type Trigger,
  type Where,
} from './lifecycle.ts';
export type * from './metrics/metric-definition.ts';
export { metrics } from './metrics/metric-options.ts';
export { metricCatalogue } from './metrics/metrics.data.ts';
export { optionLabel } from './option-labels.ts';
export { annexControls } from './requirements/control-options.ts';
export type * from './requirements/requirement.ts';
export {
  type RequirementGroup,
  requirementGroups,
  requirementOf,
  requirements,
} from './requirements/requirements.ts';
export type * from './risks/catalogue-risk.ts';
export { catalogueRisks } from './risks/risk-options.ts';
export { controlsLeftOut, type TreatedRisk } from './risks/controls-left-out.ts';
export { riskCatalogue } from './risks/risk-catalogue.data.ts';
export { approverTable } from './tables/approver.ts';
export { deploymentGate } from './tables/gate.ts';
export { metricBreachTable } from './tables/metric-breach.ts';
export { orgSizeTable, type SizeProfile, sizeProfileOf } from './tables/org-size.ts';
export { pathTable } from './tables/path.ts';
export { reviewIntervalTable } from './tables/review-interval.ts';
export {
  riskCriteriaVersion,
  type RiskLevel,
  riskLevelOf,
  type RiskScores,
} from './tables/risk-level.ts';
export { tierTable } from './tables/tier.ts';
export * from './vocabulary.ts';
