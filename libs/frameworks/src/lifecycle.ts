import type { Facts, FactValue, WorkflowDefinition } from '@plumbline/workflow-engine';

/**
 * The life of one AI system as data: which run starts when. Rules look at the facts of the system
 * after the ended run has written its own. Everything here is pure; the caller starts the runs.
 */

/** Facts that must have one of these values; `null` stands for unknown. */
export type Where = Readonly<Record<string, readonly FactValue[]>>;

/** What sets a rule off. */
export type Trigger =
  /** A run of this workflow ended with one of these outcomes; runs called by others do not count. */
  | { readonly kind: 'run-ended'; readonly workflow: string; readonly outcomes: readonly string[] }
  /** The time named by a fact has passed since the last run of the same workflow, or since going live. */
  | { readonly kind: 'schedule'; readonly every: 'monitorCadence' | 'reviewInterval' }
  /** One of these fields of the register was changed by hand. */
  | { readonly kind: 'record-changed'; readonly fields: readonly string[] }
  /** A measurement outside the monitoring window crossed this level. */
  | { readonly kind: 'breach'; readonly levels: readonly string[] }
  /** The entry came onto the register, or was changed, so that required answers are missing. */
  | { readonly kind: 'incomplete' }
  /** A person asks for it, where the lifecycle allows. */
  | { readonly kind: 'asked-for' };

/** When this happens to a system like this, these workflows start. */
export interface LifecycleRule {
  readonly id: string;
  readonly on: Trigger;
  readonly where?: Where;
  readonly start: readonly string[];
  /** Also after a run that another one waited for: what follows is detached from both. */
  readonly evenWhenCalled?: boolean;
  /** One run for each row of this list of the system, with the row's values handed in. */
  readonly forEach?: {
    readonly list: string;
    readonly where: Where;
    /** Fact of the new run, and the field of the row that gives it. */
    readonly hand: Readonly<Record<string, string>>;
  };
  /** Said in the new run: why it was started. */
  readonly because: string;
}

/** The stage of a system after a run ended so; what an end writes as `stage` is the same. */
export interface StageRule {
  readonly workflow: string;
  readonly outcome: string;
  readonly stage: string;
}

export interface Lifecycle {
  readonly key: string;
  readonly rules: readonly LifecycleRule[];
  readonly stages: readonly StageRule[];
}

/** A run that has ended. `called` when another run waits for it. */
export interface EndedRun {
  readonly workflow: string;
  readonly outcome: string;
  readonly called: boolean;
}

/** A run to start. `facts` are handed in besides those of the system. */
export interface NextRun {
  readonly workflow: string;
  readonly rule: string;
  readonly because: string;
  readonly facts: Facts;
}

/** What starts after a run has ended, given the system's facts with that run's writes applied. */
export function nextRuns(
  lifecycle: Lifecycle,
  ended: EndedRun,
  systemFacts: Facts,
): readonly NextRun[] {
  return started(
    lifecycle,
    systemFacts,
    ({ on, evenWhenCalled = false }) =>
      on.kind === 'run-ended' &&
      on.workflow === ended.workflow &&
      on.outcomes.includes(ended.outcome) &&
      (evenWhenCalled || !ended.called),
  );
}

/** What starts because a scheduled time has come, a field was changed or a limit was crossed. */
export function runsOn(
  lifecycle: Lifecycle,
  happened:
    | { readonly kind: 'schedule'; readonly every: 'monitorCadence' | 'reviewInterval' }
    | { readonly kind: 'record-changed'; readonly fields: readonly string[] }
    | { readonly kind: 'breach'; readonly level: string }
    | { readonly kind: 'incomplete' },
  systemFacts: Facts,
): readonly NextRun[] {
  return started(lifecycle, systemFacts, ({ on }) => {
    switch (happened.kind) {
      case 'schedule':
        return on.kind === 'schedule' && on.every === happened.every;
      case 'record-changed':
        return (
          on.kind === 'record-changed' && on.fields.some((field) => happened.fields.includes(field))
        );
      case 'breach':
        return on.kind === 'breach' && on.levels.includes(happened.level);
      case 'incomplete':
        return on.kind === 'incomplete';
    }
  });
}

/** Workflows that a person may start for a system as it is now. */
export function startable(lifecycle: Lifecycle, systemFacts: Facts): readonly string[] {
  return started(lifecycle, systemFacts, ({ on }) => on.kind === 'asked-for').map(
    ({ workflow }) => workflow,
  );
}

function started(
  lifecycle: Lifecycle,
  facts: Facts,
  triggers: (rule: LifecycleRule) => boolean,
): readonly NextRun[] {
  return lifecycle.rules
    .filter((rule) => triggers(rule) && fits(rule.where, facts))
    .flatMap((rule) =>
      rule.start.flatMap((workflow) =>
        handed(rule, facts).map((given) => ({
          workflow,
          rule: rule.id,
          because: rule.because,
          facts: given,
        })),
      ),
    );
}

function handed({ forEach, because }: LifecycleRule, facts: Facts): readonly Facts[] {
  if (!forEach) return [{ reason: because }];
  return rowsOf(facts[forEach.list])
    .filter((row) => fits(forEach.where, row))
    .map((row) =>
      Object.fromEntries(
        Object.entries(forEach.hand).map(([fact, field]) => [fact, row[field] ?? null]),
      ),
    );
}

function rowsOf(value: FactValue | undefined): readonly Facts[] {
  return Array.isArray(value)
    ? value.filter((row): row is Facts => typeof row === 'object' && row !== null)
    : [];
}

function fits(where: Where | undefined, facts: Facts): boolean {
  return Object.entries(where ?? {}).every(([fact, values]) =>
    values.includes(facts[fact] ?? null),
  );
}

/** The stage after a run ended so; `current` where its end leaves the stage alone. */
export function stageAfter(
  lifecycle: Lifecycle,
  ended: Pick<EndedRun, 'workflow' | 'outcome'>,
  current: string,
): string {
  const rule = lifecycle.stages.find(
    ({ workflow, outcome }) => workflow === ended.workflow && outcome === ended.outcome,
  );
  return rule?.stage ?? current;
}

/**
 * The facts to start a run with: what it declares as handed in, from `given` first and from the
 * system second; and the first answers of its forms that the register knows already.
 */
export function startFacts(
  definition: WorkflowDefinition,
  systemFacts: Facts,
  given: Facts = {},
): Facts {
  const facts: Record<string, FactValue> = {};
  for (const { name, source } of definition.facts) {
    if (source !== 'run') continue;
    const value = given[name] ?? systemFacts[name] ?? null;
    if (value !== null) facts[name] = value;
  }
  return facts;
}

/** The day that lies one ISO 8601 duration such as `P6M` after this one; both `2026-11-25`. */
export function dayAfter(day: string, duration: string): string {
  const match = /^P(?:(\d+)M|(\d+)D)$/.exec(duration);
  if (!match) throw new RangeError(`“${duration}” is not a number of months or days.`);
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  if (match[2]) {
    return new Date(Date.UTC(year, month - 1, date + Number(match[2]))).toISOString().slice(0, 10);
  }
  const months = month - 1 + Number(match[1]);
  const lastOfMonth = new Date(Date.UTC(year, months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, months, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
}
