export {
  type AnswerProblem,
  askedAnswers,
  calculatedAnswers,
  checkAnswers,
  type VisibleSection,
  visibleFields,
  visibleRowFields,
} from './forms/answers.ts';
export { type ChoiceOf, chooseAssignee, needsCandidates } from './moves/assignment.ts';
export { type Authority, authorityOf } from './people/authority.ts';
export { deadline, endOfDate, localDate } from './time/calendar.ts';
export { conditionToCel } from './expressions/cel-text.ts';
export { type Compiled, compiledOf } from './definition/compiled.ts';
export type * from './expressions/condition.ts';
export type * from './definition/definition-problem.ts';
export type * from './definition/definition.ts';
export { type Dictionary, dictionaryOf, isFactName, readFact } from './expressions/dictionary.ts';
export {
  type Change,
  type ChangedPart,
  type Difference,
  differenceOf,
  type StepMark,
} from './versions/difference.ts';
export { type CoverageTarget, coverageTargets } from './trials/coverage.ts';
export { type ExpressionProblem, ExpressionFailure } from './expressions/expression-failure.ts';
export {
  calculate,
  checkCondition,
  checkExpression,
  factsIn,
  factsInExpression,
  holds,
  mayHold,
} from './expressions/expressions.ts';
export { factTypeOf } from './forms/fact-type-of.ts';
export { applyFix } from './checks/fix.ts';
export {
  followCalendar,
  type CalendarFollowed,
  type KeptDeadline,
  type MovedDeadline,
  type StayReason,
} from './moves/follow-calendar.ts';
export {
  type Capacity,
  forecast,
  type Forecast,
  type ForecastInput,
  type Quantiles,
  type RoleForecast,
  type StepAssumption,
  type StepForecast,
} from './trials/forecast.ts';
export type { Spread } from './trials/forecast-luck.ts';
export type * from './definition/form.ts';
export { type GateLine, gateOf, offeredOutcomes } from './people/gate.ts';
export {
  generateCases,
  type GeneratedCases,
  type GenerateOptions,
} from './trials/generate-cases.ts';
export { factsAtTask } from './moves/items.ts';
export { factsAtHand } from './moves/journal.ts';
export { afterMark, boundaryKey, escalationKey, itemKey, keyOf, tokenKeyOf } from './run/keys.ts';
export {
  migrate,
  type Migration,
  type MigrationReason,
  type MigrationRefusal,
  type MigrationRequest,
  type Versions,
} from './versions/migrate.ts';
export { move } from './moves/move.ts';
export { maxCases, type ParsedCases, parseCases } from './trials/parse-cases.ts';
export { definitionSchema, type ParsedDefinition, parseDefinition } from './definition/parse.ts';
export { placesIn } from './definition/places.ts';
export { type Divergence, replayAgainst, type ReplayedRun } from './trials/replay-against.ts';
export { replay } from './run/replay.ts';
export {
  restored,
  restoredTask,
  seatsOf,
  type StoredRunState,
  type StoredTask,
} from './run/restored.ts';
export type * from './run/run.ts';
export { rolesNow, rolesOf } from './people/seats.ts';
export { type CaseResult, type CasesResult, runCase, runCases } from './trials/run-cases.ts';
export type * from './trials/saved-case.ts';
export {
  type SimulationStart,
  simulate,
  simulateStep,
  simulationOf,
  waitingIn,
} from './trials/simulate.ts';
export type { Simulated, SimulatedRun, Waiting } from './trials/simulated.ts';
export { sampleAnswers } from './forms/sample-answers.ts';
export { type StaffMember, staffingProblems, unservedRequirements } from './checks/staffing.ts';
export { evaluateTable, type TableResult } from './definition/table.ts';
export { fillText } from './expressions/text.ts';
export { validateDefinition } from './checks/validate.ts';
export { isVoteHidden, type VisibleVote, visibleVotes, withoutSealedVotes } from './run/votes.ts';
export { type Walk, walk, type WalkChoices } from './trials/walk.ts';
export { dueInWords, Words } from './people/words.ts';
export {
  afterWorkingTime,
  atShare,
  type Clock,
  type ClockedDeadline,
  keptDeadline,
  workingTimeBetween,
} from './time/working-time.ts';
