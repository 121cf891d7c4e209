import { type CoverageTarget, coverageTargets, placesCovered } from './coverage.ts';
import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import { Alternatives } from './generate-alternatives.ts';
import type { CaseStep, SavedCase } from './saved-case.ts';
import { simulateStep, type SimulationStart, simulationOf } from './simulate.ts';
import type { Simulated } from './simulated.ts';

/** What cases are made up from. Whatever is left out is tried out. */
export interface GenerateOptions extends SimulationStart {
  /** Workflows that are played when they are called; others end as is convenient. */
  readonly library?: readonly WorkflowDefinition[];
  /** The most steps that are tried (left out: 3,000): more may cover more and takes longer. */
  readonly effort?: number;
}

/** Cases that were made up, and what they do not cover. */
export interface GeneratedCases {
  readonly cases: readonly SavedCase[];
  readonly uncovered: readonly CoverageTarget[];
}

/** One moment that was tried, and how it came about. */
interface Tried {
  readonly start: SimulationStart;
  readonly from: Tried | null;
  readonly step: CaseStep | null;
  readonly moment: Simulated;
  readonly covers: ReadonlySet<string>;
}

const defaultEffort = 3_000;
/** The most steps that are tried to bring one case to its ending. */
const effortToEnd = 300;

/**
 * Makes up cases that cover as many ways, outcomes, branches, boundaries and rows as it finds: it
 * tries answers that conditions ask for, every outcome, and time passing, and keeps a small set of
 * runs. Each expects the ending that it came to. Always the same for the same workflow. What is not
 * covered may need facts that cannot be guessed, or cannot happen.
 */
export function generateCases(
  definition: WorkflowDefinition,
  options: GenerateOptions = {},
): GeneratedCases {
  return new Explorer(definition, options).result();
}

class Explorer {
  private readonly definition: WorkflowDefinition;
  private readonly options: GenerateOptions;
  private readonly targets: readonly CoverageTarget[];
  private readonly alternatives = new Alternatives();
  /** Moments that covered something for the first time, in the order of finding. */
  private readonly firsts: Tried[] = [];
  private effort: number;

  constructor(definition: WorkflowDefinition, options: GenerateOptions) {
    this.definition = definition;
    this.options = options;
    this.targets = coverageTargets(definition);
    this.effort = options.effort ?? defaultEffort;
  }

  result(): GeneratedCases {
    this.explore();
    const wanted = new Set(this.targets.map(({ place }) => place));
    const cases: SavedCase[] = [];
    // The longest first: they cover much on their way.
    const deepest = [...this.firsts].sort((left, right) => depthOf(right) - depthOf(left));
    for (const tried of deepest) {
      const path = pathOf(this.toTheEnd(tried));
      const fresh = path.flatMap(({ covers }) => [...covers]).filter((place) => wanted.has(place));
      if (fresh.length === 0) continue;
      for (const place of fresh) wanted.delete(place);
      cases.push(this.caseOf(path, fresh, cases.length + 1));
    }
    const uncovered = this.targets.filter(({ place }) => wanted.has(place));
    return { cases, uncovered };
  }

  private explore(): void {
    const known = new Set<string>();
    const covered = new Set<string>();
    const fresh: Tried[] = [];
    const rest: Tried[] = [];
    const note = (tried: Tried): void => {
      const isNew = [...tried.covers].some((place) => !covered.has(place));
      for (const place of tried.covers) covered.add(place);
      if (isNew) this.firsts.push(tried);
      const key = signatureOf(tried.moment);
      if (known.has(key)) return;
      known.add(key);
      (isNew ? fresh : rest).push(tried);
    };
    const starts = this.alternatives.starts(this.definition, this.given());
    for (const start of [...starts].reverse()) {
      const moment = simulationOf(this.definition, start, this.options.library);
      if (!moment.refusal) note(this.tried(start, null, null, moment));
    }
    const isDone = () => this.targets.every(({ place }) => covered.has(place));
    // Deep before broad: the latest first, of its alternatives the plainest, and what is new before all.
    const take = () => fresh.pop() ?? rest.pop();
    for (let next = take(); next && this.effort > 0 && !isDone(); next = take()) {
      for (const tried of [...this.after(next)].reverse()) note(tried);
    }
  }

  private given(): SimulationStart {
    const { facts = {}, around, stubs } = this.options;
    return { facts, ...(around && { around }), ...(stubs && { stubs }) };
  }

  /** Every moment that can follow, except those that are refused. */
  private after(tried: Tried): readonly Tried[] {
    return this.alternatives.at(tried.moment).flatMap((step) => {
      this.effort -= 1;
      const moment = simulateStep(tried.moment, step);
      return moment.refusal ? [] : [this.tried(tried.start, tried, step, moment)];
    });
  }

  private tried(
    start: SimulationStart,
    from: Tried | null,
    step: CaseStep | null,
    moment: Simulated,
  ): Tried {
    const [run] = moment.runs;
    const before = from?.moment.runs[0];
    const events = run?.events.slice(before?.events.length ?? 0) ?? [];
    const state = before?.state ?? null;
    const covers = placesCovered(this.definition, state, events, moment.around);
    return { start, from, step, moment, covers };
  }

  /** The nearest ending by way of the plainest steps; the moment itself when none is found. */
  private toTheEnd(from: Tried): Tried {
    const known = new Set<string>();
    const pending = [from];
    const before = this.effort;
    this.effort = effortToEnd;
    let found = from;
    while (this.effort > 0) {
      const next = pending.pop();
      if (!next) break;
      if (next.moment.runs[0]?.state.status !== 'running') {
        found = next;
        break;
      }
      const key = signatureOf(next.moment);
      if (known.has(key)) continue;
      known.add(key);
      // The plainest alternative comes first and is looked at first.
      pending.push(...[...this.after(next)].reverse());
    }
    this.effort = before;
    return found;
  }

  private caseOf(path: readonly Tried[], fresh: readonly string[], nth: number): SavedCase {
    const last = path.at(-1);
    const state = last?.moment.runs[0]?.state;
    const { facts = {}, around, stubs } = path[0]?.start ?? {};
    const waitsAt: readonly StepId[] = state?.tokens.map(({ step }) => step) ?? [];
    return {
      name: `${nth}. ${this.nameOf(fresh)}`,
      facts,
      ...(around && { around }),
      ...(stubs && { stubs }),
      steps: path.flatMap(({ step }) => step ?? []),
      expects:
        state?.status === 'running'
          ? { ending: null, waitsAt }
          : { ending: state?.outcome ?? null },
    };
  }

  /** What a case is for: the last thing that it is the first to cover. */
  private nameOf(fresh: readonly string[]): string {
    const covers = this.targets.filter(({ place }) => fresh.includes(place));
    const special = covers.filter(({ kind }) => kind !== 'step');
    return (special.at(-1) ?? covers.at(-1))?.text.replace(/\.$/, '').slice(0, 250) ?? 'Case';
  }
}

function pathOf(last: Tried): readonly Tried[] {
  const path: Tried[] = [];
  for (let at: Tried | null = last; at; at = at.from) path.unshift(at);
  return path;
}

function depthOf(tried: Tried): number {
  return pathOf(tried).length;
}

/** Where the runs are and what is known, without how often they were there. */
function signatureOf({ runs, around }: Simulated): string {
  const states = runs.map(({ state }) => [
    ...[state.status, state.outcome, state.facts],
    state.tokens.map(({ step, scope }) => [step, scope.map((entry) => entry.replace(/#\d+/, ''))]),
    state.tasks.map(({ votes, level }) => [votes.length, level]),
    state.timers.map(({ kind, step }) => [kind, step]),
  ]);
  return JSON.stringify([states, around.facts]);
}
