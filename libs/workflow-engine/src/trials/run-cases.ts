import { sameValue } from '../expressions/value-type.ts';
import { type CoverageTarget, coverageTargets, placesCovered } from './coverage.ts';
import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import type { Refusal } from '../run/run.ts';
import type { SavedCase } from './saved-case.ts';
import { simulate, wasExpected } from './simulate.ts';
import type { Simulated } from './simulated.ts';
import { listed, quoted, valueInWords, Words } from '../people/words.ts';

/** How a case went. */
export interface CaseResult {
  readonly name: string;
  readonly passed: boolean;
  /** What was not as expected, in plain words. */
  readonly failures: readonly string[];
  /** Outcome of the ending; null when the run has not ended. */
  readonly ending: string | null;
  /** The step of the case that was refused, from 0, and why. */
  readonly stopped: { readonly at: number; readonly refusal: Refusal } | null;
  /** When it was over, as an ISO instant. */
  readonly until: string;
  /** Steps of the workflow in the order in which they were entered. */
  readonly path: readonly StepId[];
  /** Places that it covered; see {@link CoverageTarget}. */
  readonly covered: readonly string[];
}

/** How all cases of a workflow went together. */
export interface CasesResult {
  readonly passed: boolean;
  readonly cases: readonly CaseResult[];
  /** Everything that runs can do, with the names of the cases that did it. */
  readonly coverage: readonly (CoverageTarget & { readonly by: readonly string[] })[];
  readonly covered: number;
  readonly uncovered: readonly CoverageTarget[];
}

/**
 * Plays cases and tells for each whether all went as expected, and for all together what they cover.
 * A case fails when a step is refused (or is not, where a refusal is expected) or the end is not as
 * expected; without expectations, when the run has not come to an ending.
 */
export function runCases(
  definition: WorkflowDefinition,
  cases: readonly SavedCase[],
  library?: readonly WorkflowDefinition[],
): CasesResult {
  const results = cases.map((one) => runCase(definition, one, library));
  const coverage = coverageTargets(definition).map((target) => ({
    ...target,
    by: results.filter(({ covered }) => covered.includes(target.place)).map(({ name }) => name),
  }));
  return {
    passed: results.every(({ passed }) => passed),
    cases: results,
    coverage,
    covered: coverage.filter(({ by }) => by.length > 0).length,
    uncovered: coverage.filter(({ by }) => by.length === 0).map(({ by: _, ...target }) => target),
  };
}

/** Plays one case and compares its end with what is expected. */
export function runCase(
  definition: WorkflowDefinition,
  savedCase: SavedCase,
  library?: readonly WorkflowDefinition[],
): CaseResult {
  const moments = simulate(definition, savedCase, library);
  const last = moments.at(-1) as Simulated;
  const [run] = last.runs;
  const taken = savedCase.steps[moments.length - 2];
  const isRight = wasExpected(last.refusal, taken);
  const failures = isRight
    ? unmetOf(definition, savedCase, last)
    : [wordsOf(savedCase, moments.length - 2, last.refusal)];
  return {
    name: savedCase.name,
    passed: failures.length === 0,
    failures,
    ending: run?.state.outcome ?? null,
    stopped: last.refusal && !isRight ? { at: moments.length - 2, refusal: last.refusal } : null,
    until: last.around.now,
    path: (run?.events ?? []).flatMap((event) => (event.type === 'step-entered' ? event.step : [])),
    covered: [...coveredBy(definition, moments)],
  };
}

function wordsOf({ steps }: SavedCase, at: number, refusal: Refusal | null): string {
  const step = steps[at];
  const where = step ? `Step ${at + 1}` : 'The start';
  if (refusal) return `${where} was refused: ${refusal.message}`;
  const wanted = step && 'step' in step ? (step.refused ?? '') : '';
  return `${where} was to be refused (${wanted}) and was not.`;
}

function unmetOf(
  definition: WorkflowDefinition,
  { expects }: SavedCase,
  { runs }: Simulated,
): readonly string[] {
  const state = runs[0]?.state;
  if (!state) return ['The run has not started.'];
  const words = new Words(definition);
  const failures: string[] = [];
  const ending = expects?.ending;
  const ended = state.outcome === null ? 'had no ending' : `ended as ${quoted(state.outcome)}`;
  if (ending !== undefined && ending !== state.outcome) {
    const wanted = ending === null ? 'no ending' : `the ending ${quoted(ending)}`;
    failures.push(`The run ${ended}; expected was ${wanted}.`);
  } else if (!expects && state.status === 'running') {
    const open = [...new Set(state.tokens.map(({ step }) => words.step(step)))];
    failures.push(`The run had no ending; it waits at ${listed(open)}.`);
  }
  for (const [name, value] of Object.entries(expects?.facts ?? {})) {
    const is = readFact(state.facts, name);
    if (sameValue(is, value)) continue;
    const [said, wanted] = [valueInWords(is), valueInWords(value)];
    failures.push(`${words.fact(name)} is ${said}; expected was ${wanted}.`);
  }
  if (expects?.waitsAt) {
    const list = (steps: readonly StepId[]) =>
      listed([...new Set(steps)].sort().map((step) => words.step(step))) || 'nothing';
    const is = list(state.tokens.map(({ step }) => step));
    const wanted = list(expects.waitsAt);
    if (is !== wanted) failures.push(`The run waits at ${is}; expected was ${wanted}.`);
  }
  return failures;
}

/** Places that the run of the workflow itself covered, moment by moment. */
function coveredBy(
  definition: WorkflowDefinition,
  moments: readonly Simulated[],
): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const [at, { runs, around }] of moments.entries()) {
    const before = moments[at - 1]?.runs[0];
    const [run] = runs;
    if (!run) continue;
    const fresh = run.events.slice(before?.events.length ?? 0);
    for (const place of placesCovered(definition, before?.state ?? null, fresh, around)) {
      covered.add(place);
    }
  }
  return covered;
}
