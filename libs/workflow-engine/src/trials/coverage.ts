import { compiledOf, type Compiled } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { Step, StepId, WorkflowDefinition } from '../definition/definition.ts';
import { holds } from '../expressions/expressions.ts';
import { boundariesOf } from '../definition/graph.ts';
import { factsAtHand } from '../moves/journal.ts';
import { applied } from '../run/replay.ts';
import type { RunEvent, RunState, Surroundings, Token } from '../run/run.ts';
import { Words, quoted } from '../people/words.ts';

/** Something that a run can do in a workflow and that a set of cases should do once. */
export interface CoverageTarget {
  /** As in problems: `steps.triage.next.0`, `steps.decide.outcomes.reject`. */
  readonly place: string;
  readonly step: StepId;
  readonly kind: 'step' | 'way' | 'outcome' | 'branch' | 'boundary' | 'skip' | 'row';
  /** Plain words: “Go live” is decided as “Reject”. */
  readonly text: string;
}

/** Everything that runs of a workflow can do, in the order of its steps. */
export function coverageTargets(definition: WorkflowDefinition): readonly CoverageTarget[] {
  const words = new Words(definition);
  const { places } = compiledOf(definition);
  return definition.steps
    .filter(({ id }) => places.has(id))
    .flatMap((step) => targetsOf(step, words));
}

function targetsOf(step: Step, words: Words): readonly CoverageTarget[] {
  const name = quoted(step.name);
  const target = (kind: CoverageTarget['kind'], where: string, text: string): CoverageTarget => ({
    ...{ place: placeOf(step.id, where), step: step.id, kind, text },
  });
  const targets = [target('step', '', `${name} is reached.`)];
  if (step.when) targets.push(target('skip', 'when', `${name} is skipped.`));
  if ('next' in step && step.next.length > 1) {
    for (const [at, { to, when }] of step.next.entries()) {
      const said = when ? ` ${words.when(when)}` : ' otherwise';
      const text = `${name} leads to ${words.step(to)}${said}.`;
      targets.push(target('way', `next.${at}`, text));
    }
  }
  if (step.type === 'approval') {
    for (const { key, label } of step.outcomes) {
      targets.push(target('outcome', `outcomes.${key}`, `${name} is decided as ${quoted(label)}.`));
    }
  }
  if ('sendBackTo' in step) {
    for (const [at, to] of (step.sendBackTo ?? []).entries()) {
      targets.push(target('way', `sendBackTo.${at}`, `${name} is sent back to ${words.step(to)}.`));
    }
  }
  if ('failed' in step && step.failed !== undefined) {
    targets.push(target('way', 'failed', `${name} fails and leads to ${words.step(step.failed)}.`));
  }
  if (step.type === 'parallel') {
    for (const { id, start } of step.branches) {
      targets.push(target('branch', `branches.${id}`, `${name} starts ${words.step(start)}.`));
    }
  }
  for (const { id, label } of boundariesOf(step)) {
    targets.push(target('boundary', `boundaries.${id}`, `During ${name}: ${quoted(label)}.`));
  }
  if (step.type === 'table' && ['first', 'unique', 'any'].includes(step.table.hit)) {
    for (const at of step.table.rules.keys()) {
      targets.push(target('row', `table.rules.${at}`, `Row ${at + 1} of ${name} fits.`));
    }
  }
  return targets;
}

function placeOf(step: StepId, where: string): string {
  return where === '' ? `steps.${step}` : `steps.${step}.${where}`;
}

/**
 * Places that the events of a run covered, from its state before them (`null` for its start). Ways
 * are judged on the facts of their moment; `surroundings` are those of the commands.
 */
export function placesCovered(
  definition: WorkflowDefinition,
  before: RunState | null,
  events: readonly RunEvent[],
  surroundings: Surroundings,
): ReadonlySet<string> {
  const reader = new CoverageReader(compiledOf(definition), before, surroundings);
  for (const event of events) reader.read(event);
  return reader.covered;
}

class CoverageReader {
  readonly covered = new Set<string>();
  private readonly compiled: Compiled;
  private surroundings: Surroundings;
  private state: RunState | null;
  /** Steps that are left by something else than their ways on. */
  private readonly otherwise = new Set<StepId>();

  constructor(compiled: Compiled, state: RunState | null, surroundings: Surroundings) {
    this.compiled = compiled;
    this.state = state;
    this.surroundings = surroundings;
  }

  read(event: RunEvent): void {
    this.state = applied(this.state, event);
    this.surroundings = { ...this.surroundings, now: event.at };
    switch (event.type) {
      case 'step-entered':
        this.cover(event.step, '');
        this.branchOf(event);
        break;
      case 'step-skipped':
        this.cover(event.step, 'when');
        this.branchOf(event);
        this.way(event.step);
        break;
      case 'step-left':
        if (!this.otherwise.delete(event.step)) this.way(event.step);
        break;
      case 'decision-recorded':
        if (event.result !== null) this.cover(event.step, `outcomes.${event.result}`);
        break;
      case 'sent-back': {
        const step = this.compiled.steps.get(event.step);
        const targets = step && 'sendBackTo' in step ? (step.sendBackTo ?? []) : [];
        this.cover(event.step, `sendBackTo.${targets.indexOf(event.to)}`);
        this.otherwise.add(event.step);
        break;
      }
      case 'step-failed':
        this.cover(event.step, 'failed');
        this.otherwise.add(event.step);
        break;
      case 'boundary-fired':
        this.cover(event.step, `boundaries.${event.boundary}`);
        if (event.interrupts) this.otherwise.add(event.step);
        break;
      case 'table-evaluated':
        this.cover(event.step, `table.rules.${event.row - 1}`);
        break;
      default:
    }
  }

  private cover(step: StepId, where: string): void {
    this.covered.add(placeOf(step, where));
  }

  /** A step entered inside a new branch covers the branch. */
  private branchOf({ step, scope }: Pick<Token, 'step' | 'scope'>): void {
    const branch = scope.at(-1);
    const at = branch?.lastIndexOf('/') ?? -1;
    if (branch === undefined || at < 0) return;
    const parallel = this.compiled.steps.get(branch.slice(0, branch.indexOf('#')));
    const id = branch.slice(at + 1);
    if (parallel?.type !== 'parallel') return;
    if (parallel.branches.some((one) => one.id === id && one.start === step)) {
      this.cover(parallel.id, `branches.${id}`);
    }
  }

  private way(id: StepId): void {
    const step = this.compiled.steps.get(id);
    if (!step || !('next' in step)) return;
    const { dictionary } = this.compiled;
    const facts = this.facts();
    const at = step.next.findIndex(({ when }) => !when || holds(when, dictionary, facts));
    if (at >= 0) this.cover(id, `next.${at}`);
  }

  private facts(): Facts {
    return factsAtHand(this.compiled, this.state?.facts ?? {}, this.surroundings);
  }
}
