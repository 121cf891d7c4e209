import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import type { Spread } from './forecast-luck.ts';
import { resultsOf } from './forecast-results.ts';
import { Office } from './forecast-office.ts';
import type { BusinessCalendar } from '../run/run.ts';

/** What is assumed about one step. Whatever is left out is assumed plainly. */
export interface StepAssumption {
  /**
   * Working minutes that one person needs; for sub-workflows and awaited signals the time until
   * they come. Left out: the step's `minutes`, else half an hour; one working day for the latter.
   */
  readonly minutes?: Spread;
  /**
   * How likely each way out is, as weights: by outcome at a decision, else by the step that the way
   * leads to. Left out: all ways alike; at a decision, approving outcomes share 85 of 100.
   */
  readonly ways?: Readonly<Record<string, number>>;
  /** From 0 to 1: how often the step does not apply. Left out: never. */
  readonly skipped?: number;
  /** From 0 to 1, by branch: how often it is started. Left out: always. */
  readonly branches?: Readonly<Record<string, number>>;
  /** By boundary that a signal fires: how often it comes, after how much working time. Left out: never. */
  readonly signals?: Readonly<Record<string, { readonly chance: number; readonly after: Spread }>>;
  /** How many people must finish it. Left out: as the quorum says, else one. */
  readonly people?: number;
  /** How many items its list has. Left out: three. */
  readonly items?: number;
}

/** The people of a role. */
export interface Capacity {
  readonly people: number;
  /** From 0 to 1: how much of their working time they have for this. Left out: all of it. */
  readonly share?: number;
}

/** What a forecast assumes. */
export interface ForecastInput {
  /** A whole number; the same one gives the same forecast. */
  readonly seed: number;
  /** ISO instant at which it begins. */
  readonly start: string;
  readonly calendar: BusinessCalendar;
  /** How many runs arrive, and how often the whole is played with other luck (left out: once). */
  readonly runs: number;
  readonly repeats?: number;
  /** Runs a working day, evenly or at random in working time; or all at once at the beginning. */
  readonly arrivals:
    | { readonly pattern: 'even' | 'random'; readonly perDay: number }
    | { readonly pattern: 'together' };
  readonly steps?: Readonly<Record<StepId, StepAssumption>>;
  /** By role; a role that is left out has one person with all their time. */
  readonly roles?: Readonly<Record<string, Capacity>>;
}

/** What half, most and nearly all of some figures do not exceed. */
export interface Quantiles {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p80: number;
  readonly p95: number;
  readonly max: number;
}

/** What a forecast says of one step; times in minutes of working time. */
export interface StepForecast {
  readonly step: StepId;
  /** How often it is done in a run, on average. */
  readonly visits: number;
  /** From being ready until somebody starts; of sub-workflows and waits always 0. */
  readonly waiting: Quantiles;
  /** From the start until it is done. */
  readonly working: Quantiles;
  /** Of those with a deadline, how many were done after it; null without deadlines. */
  readonly pastDue: number | null;
}

/** What a forecast says of one role. */
export interface RoleForecast {
  readonly role: string;
  /** From 0 to 1: how much of the time that its people have was used, until the last run was done. */
  readonly used: number;
  /** Working minutes that a piece of work waited for one of them, on average. */
  readonly waiting: number;
  /** Pieces of work that waited, on average over working time, and the most at any moment. */
  readonly queue: number;
  readonly longestQueue: number;
  /** Average queue of each working day from the first, until the last run was done. */
  readonly queueByDay: readonly number[];
}

/** What will probably happen. */
export interface Forecast {
  /** Runs that were played, those that came to an ending, and which (shares of those). */
  readonly runs: number;
  readonly finished: number;
  readonly endings: Readonly<Record<string, number>>;
  /** From arrival to ending, in hours by the clock and in minutes of working time. */
  readonly hours: Quantiles;
  readonly workingMinutes: Quantiles;
  /** Shares past due: of all work with a deadline, and of runs with any such work. */
  readonly pastDue: { readonly work: number | null; readonly runs: number };
  readonly steps: readonly StepForecast[];
  readonly roles: readonly RoleForecast[];
  /** The role that all runs together wait longest for; null when nothing waits. */
  readonly bottleneck: string | null;
}

/** The most steps that one forecast passes. */
export const maxForecastSteps = 1_000_000;

/**
 * Plays many runs of a workflow against the people who do the work and tells how long they take, by
 * chance drawn from the seed. Work is done first come, first served, in working time; a role's people
 * stand in for each other, and separation of duties is not looked at. Facts are not looked at either:
 * chances take the place of conditions. Throws a `RangeError` with a cure for an input that makes no
 * sense or is too large.
 */
export function forecast(definition: WorkflowDefinition, input: ForecastInput): Forecast {
  requireSense(definition, input);
  const offices: Office[] = [];
  let passed = 0;
  for (let repeat = 0; repeat < (input.repeats ?? 1); repeat += 1) {
    const office = new Office(definition, input, repeat);
    passed += office.play(maxForecastSteps - passed);
    offices.push(office);
  }
  return resultsOf(definition, input, offices);
}

function requireSense(definition: WorkflowDefinition, input: ForecastInput): void {
  const { runs, repeats = 1, arrivals, seed, start } = input;
  const all = runs * repeats;
  if (!isCount(runs) || !isCount(repeats)) refuse('runs and repeats must be whole numbers from 1');
  if (all * definition.steps.length > maxForecastSteps) {
    const most = Math.floor(maxForecastSteps / definition.steps.length);
    refuse(`this workflow can be forecast with ${most} runs at most, all repeats together`);
  }
  if (!Number.isSafeInteger(seed)) refuse('the seed must be a whole number');
  if (Number.isNaN(Date.parse(start))) refuse('the start must be an ISO instant');
  if (arrivals.pattern !== 'together' && !(arrivals.perDay > 0 && arrivals.perDay < Infinity)) {
    refuse('runs a day must be above 0');
  }
  for (const [role, { people, share = 1 }] of Object.entries(input.roles ?? {})) {
    if (!isCount(people)) refuse(`“${role}” needs at least one person`);
    if (!(share > 0 && share <= 1)) refuse(`the share of “${role}” must be above 0 and at most 1`);
  }
  for (const [id, step] of Object.entries(input.steps ?? {})) requireStep(id, step);
}

function requireStep(id: StepId, step: StepAssumption): void {
  const shares = [step.skipped ?? 0, ...Object.values(step.branches ?? {})];
  const signals = Object.values(step.signals ?? {});
  shares.push(...signals.map(({ chance }) => chance));
  if (!shares.every((share) => share >= 0 && share <= 1)) {
    refuse(`chances of “${id}” must be from 0 to 1`);
  }
  if (!Object.values(step.ways ?? {}).every((weight) => weight >= 0 && weight < Infinity)) {
    refuse(`weights of the ways of “${id}” must be 0 or more`);
  }
  for (const spread of [step.minutes, ...signals.map(({ after }) => after)]) {
    if (!spread) continue;
    const { min, likely, max } = spread;
    if (!(min >= 0 && min <= likely && likely <= max && max < Infinity)) {
      refuse(`minutes of “${id}” must be 0 ≤ min ≤ likely ≤ max`);
    }
  }
  for (const count of [step.people ?? 1, step.items ?? 1]) {
    if (!isCount(count) || count > 100) refuse(`people and items of “${id}” must be 1 to 100`);
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

function refuse(what: string): never {
  throw new RangeError(`The forecast cannot be made: ${what}.`);
}
