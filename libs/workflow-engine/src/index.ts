export {
  type AnswerProblem,
  askedAnswers,
  calculatedAnswers,
  checkAnswers,
  type VisibleSection,
  visibleFields,
  visibleRowFields,
} from './answers.ts';
export { type ChoiceOf, chooseAssignee, needsCandidates } from './assignment.ts';
export { type Authority, authorityOf } from './authority.ts';
export { deadline, endOfDate, localDate } from './calendar.ts';
export { conditionToCel } from './cel-text.ts';
export { type Compiled, compiledOf } from './compiled.ts';
export type * from './condition.ts';
export type * from './definition-problem.ts';
export type * from './definition.ts';
export { type Dictionary, dictionaryOf, isFactName, readFact } from './dictionary.ts';
export {
  type Change,
  type ChangedPart,
  type Difference,
  differenceOf,
  type StepMark,
} from './difference.ts';
export { type CoverageTarget, coverageTargets } from './coverage.ts';
export { type ExpressionProblem, ExpressionFailure } from './expression-failure.ts';
export {
  calculate,
  checkCondition,
  checkExpression,
  factsIn,
  factsInExpression,
  holds,
  mayHold,
} from './expressions.ts';
export { applyFix } from './fix.ts';
export {
  followCalendar,
  type CalendarFollowed,
  type KeptDeadline,
  type MovedDeadline,
  type StayReason,
} from './follow-calendar.ts';
export {
  type Capacity,
  forecast,
  type Forecast,
  type ForecastInput,
  type Quantiles,
  type RoleForecast,
  type StepAssumption,
  type StepForecast,
} from './forecast.ts';
export type { Spread } from './forecast-luck.ts';
export type * from './form.ts';
export { type GateLine, gateOf, offeredOutcomes } from './gate.ts';
export { generateCases, type GeneratedCases, type GenerateOptions } from './generate-cases.ts';
export { factsAtTask } from './items.ts';
export { factsAtHand } from './journal.ts';
export { afterMark, boundaryKey, escalationKey, itemKey, keyOf, tokenKeyOf } from './keys.ts';
export {
  migrate,
  type Migration,
  type MigrationReason,
  type MigrationRefusal,
  type MigrationRequest,
  type Versions,
} from './migrate.ts';
export { move } from './move.ts';
export { maxCases, type ParsedCases, parseCases } from './parse-cases.ts';
export { definitionSchema, type ParsedDefinition, parseDefinition } from './parse.ts';
export { type Divergence, replayAgainst, type ReplayedRun } from './replay-against.ts';
export { replay } from './replay.ts';
export {
  restored,
  restoredTask,
  seatsOf,
  type StoredRunState,
  type StoredTask,
} from './restored.ts';
export type * from './run.ts';
export { rolesNow, rolesOf } from './seats.ts';
export { type CaseResult, type CasesResult, runCase, runCases } from './run-cases.ts';
export type * from './saved-case.ts';
export {
  type SimulationStart,
  simulate,
  simulateStep,
  simulationOf,
  waitingIn,
} from './simulate.ts';
export type { Simulated, SimulatedRun, Waiting } from './simulated.ts';
export { sampleAnswers } from './sample-answers.ts';
export { type StaffMember, staffingProblems, unservedRequirements } from './staffing.ts';
export { evaluateTable, type TableResult } from './table.ts';
export { fillText } from './text.ts';
export { validateDefinition } from './validate.ts';
export { isVoteHidden, type VisibleVote, visibleVotes, withoutSealedVotes } from './votes.ts';
export { type Walk, walk, type WalkChoices } from './walk.ts';
export { dueInWords, Words } from './words.ts';
export {
  afterWorkingTime,
  atShare,
  type Clock,
  type ClockedDeadline,
  keptDeadline,
  workingTimeBetween,
} from './working-time.ts';
