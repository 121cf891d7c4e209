import type { ForecastAssumptions, SavedWorkflowCase } from '@plumbline/contracts';
import {
  forecast,
  runCases,
  type BusinessCalendar,
  type SavedCase,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** What is tried: plain data, so that another process can do it. */
export type Asked =
  | { readonly cases: readonly SavedWorkflowCase[] }
  | {
      readonly forecast: ForecastAssumptions & {
        readonly start: string;
        readonly calendar: BusinessCalendar;
      };
    };

/** What costs about a second: steps of cases with all that they set off, or steps of a forecast. */
const MOST_CASE_STEPS = 400;
const MOST_FORECAST_STEPS = 50_000;

/** Whether it is done within a request; what takes longer is for the worker. */
export function isQuick(definition: WorkflowDefinition, asked: Asked): boolean {
  if ('cases' in asked) {
    return asked.cases.reduce((sum, { steps }) => sum + steps.length + 5, 0) <= MOST_CASE_STEPS;
  }
  const { runs, repeats = 1 } = asked.forecast;
  return runs * repeats * definition.steps.length <= MOST_FORECAST_STEPS;
}

/** Plays the cases, or the forecast. Throws a RangeError with a cure for what makes no sense. */
export function tryOut(
  definition: WorkflowDefinition,
  asked: Asked,
  library: readonly WorkflowDefinition[],
): object {
  if ('forecast' in asked) return forecast(definition, asked.forecast);
  return runCases(definition, asked.cases as readonly SavedCase[], library);
}
