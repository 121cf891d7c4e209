import type { Facts, FactValue } from './condition.ts';
import { deadline } from './calendar.ts';
import type {
  CheckStep,
  EndStep,
  JoinStep,
  ParallelStep,
  Step,
  StepId,
  SubWorkflowStep,
  TableStep,
  TimerStep,
  Transition,
} from './definition.ts';
import { readFact } from './dictionary.ts';
import { calculate, holds, mayHold } from './expressions.ts';
import { skipTargets } from './graph.ts';
import type { Journal } from './journal.ts';
import { keyOf } from './keys.ts';
import { openTask } from './open-task.ts';
import { refuse } from './refused.ts';
import type { Token } from './run.ts';
import { evaluateTable } from './table.ts';

/** The most steps that one command may pass through before it must wait for somebody. */
export const maxAutomaticSteps = 200;

/** Control on its way to a step. */
interface Arrival {
  readonly to: StepId;
  readonly scope: readonly string[];
}

/** Moves tokens on until every one of them waits or the run has ended. */
export class Advance {
  private readonly journal: Journal;
  private pending: Arrival[] = [];
  private passed = 0;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  /** Starts the run's first step and runs on. */
  begin(): void {
    this.pending.push({ to: this.journal.compiled.definition.start, scope: [] });
    this.settle();
  }

  /** Leaves the step for another and runs on; leaving a block ends what is open beside it. */
  leave(token: Token, to: StepId): void {
    this.travel(token, to);
    this.settle();
  }

  /** Leaves the step by the first transition that holds and runs on. */
  follow(token: Token, transitions: readonly Transition[]): void {
    this.leave(token, this.chosen(token.step, transitions));
  }

  private settle(): void {
    for (let next = this.pending.shift(); next; next = this.pending.shift()) {
      this.enter(next.to, next.scope);
    }
  }

  private count(step: StepId): void {
    this.passed += 1;
    if (this.passed > maxAutomaticSteps) {
      refuse(
        'too-many-steps',
        `The run passed ${maxAutomaticSteps} steps without waiting for anybody, last “${step}”. ` +
          'The workflow has a loop that must be mended and published again.',
      );
    }
  }

  private step(id: StepId): Step {
    const step = this.journal.compiled.steps.get(id);
    return step ?? refuse('cannot-continue', `The workflow has no step “${id}”.`);
  }

  private enter(to: StepId, scope: readonly string[]): void {
    this.count(to);
    const { journal } = this;
    const step = this.step(to);
    const visit = (journal.state.visits[to] ?? 0) + 1;
    if (step.when && !mayHold(step.when, journal.compiled.dictionary, journal.facts)) {
      journal.record({ type: 'step-skipped', step: to, visit, scope });
      this.go(this.afterSkipped(step), scope);
      return;
    }
    journal.record({ type: 'step-entered', step: to, visit, scope });
    this.execute(step, { step: to, visit, scope });
  }

  private afterSkipped(step: Step): StepId {
    if (step.type === 'parallel') {
      const join = this.step(step.join);
      if (join.type === 'join') return this.chosen(join.id, join.next);
    } else if ('next' in step) {
      return this.chosen(step.id, step.next);
    }
    const [next] = skipTargets(step, this.journal.compiled.steps);
    return next ?? refuse('cannot-continue', `Nothing follows when “${step.name}” is skipped.`);
  }

  private travel(token: Token, to: StepId): void {
    this.journal.record({ type: 'step-left', ...token });
    this.go(to, token.scope);
  }

  /** Sends control to a step; what is open beside it in a block that it leaves is cancelled. */
  private go(to: StepId, from: readonly string[]): void {
    const scope = this.scopeAt(to, from);
    this.cancelBeside(from, scope.length);
    this.pending.push({ to, scope });
  }

  /** The open blocks around a step when it is entered from inside `scope`. */
  private scopeAt(to: StepId, scope: readonly string[]): readonly string[] {
    const step = this.step(to);
    const depth =
      step.type === 'join'
        ? scope.findLastIndex((branch) => branch.startsWith(`${step.closes}#`)) + 1
        : (this.journal.compiled.places.get(to)?.length ?? 0);
    return depth >= scope.length ? scope : scope.slice(0, depth);
  }

  /** Cancels what is open in the block that `scope` leaves at this depth. */
  private cancelBeside(scope: readonly string[], depth: number): void {
    const branch = scope[depth];
    if (branch === undefined) return;
    const block = branch.slice(0, branch.lastIndexOf('/') + 1);
    for (const token of this.journal.state.tokens) {
      if (token.scope[depth]?.startsWith(block)) cancelToken(this.journal, token);
    }
    this.pending = this.pending.filter((arrival) => !arrival.scope[depth]?.startsWith(block));
  }

  private chosen(from: StepId, transitions: readonly Transition[]): StepId {
    const { dictionary } = this.journal.compiled;
    const chosen = transitions.find(
      ({ when }) => !when || holds(when, dictionary, this.journal.facts),
    );
    return chosen?.to ?? refuse('cannot-continue', `No way on from “${from}” holds.`);
  }

  private execute(step: Step, token: Token): void {
    const { journal } = this;
    switch (step.type) {
      case 'form':
      case 'task':
      case 'approval':
        openTask(journal, step, token);
        break;
      case 'check':
        this.calculate(step);
        this.travel(token, this.chosen(step.id, step.next));
        break;
      case 'table':
        this.decide(step);
        this.travel(token, this.chosen(step.id, step.next));
        break;
      case 'timer':
        this.arm(step, token);
        break;
      case 'sub-workflow':
        this.call(step, token);
        break;
      case 'parallel':
        this.split(step, token);
        break;
      case 'join':
        this.join(step, token);
        break;
      case 'end':
        this.end(step, token);
        break;
      default:
        refuse('cannot-continue', `“${step.name}” cannot be carried out by this version.`);
    }
  }

  private arm(step: TimerStep, token: Token): void {
    const { now, calendar } = this.journal.surroundings;
    // A wait is a length of time that was decided; only deadlines stretch with the factor.
    const dueAt = deadline(now, step.wait, calendar, 1);
    this.journal.record({
      type: 'timer-armed',
      key: keyOf(token),
      step: step.id,
      dueAt,
      kind: 'wait',
    });
  }

  private call(step: SubWorkflowStep, token: Token): void {
    const facts: Record<string, FactValue> = {};
    for (const { theirs, ours } of step.input) facts[theirs] = readFact(this.journal.facts, ours);
    const { id, calls } = step;
    this.journal.record({ type: 'child-started', key: keyOf(token), step: id, calls, facts });
  }

  private calculate(step: CheckStep): void {
    const { journal } = this;
    for (const { fact, value } of step.set ?? []) {
      const { dictionary } = journal.compiled;
      const type = dictionary.declarations.get(fact)?.type;
      const result = calculate(value, dictionary, journal.facts, type);
      journal.record({ type: 'facts-set', step: step.id, facts: { [fact]: result } });
    }
  }

  private decide(step: TableStep): void {
    const { journal } = this;
    const { table } = step;
    const result = evaluateTable(table, journal.compiled.dictionary, journal.facts);
    if (!result) {
      return refuse(
        'cannot-continue',
        `No rule of “${table.name}” fits: ${table.inputs.join(', ')} may be incomplete. ` +
          'Complete the answers, then try again.',
      );
    }
    journal.record({ type: 'table-evaluated', step: step.id, table: table.key, ...result });
    journal.record({ type: 'facts-set', step: step.id, facts: result.outputs });
  }

  private split(step: ParallelStep, token: Token): void {
    this.journal.record({ type: 'step-left', ...token });
    for (const { id, start } of step.branches) {
      const branch = `${keyOf(token)}/${id}`;
      this.go(start, [...token.scope, branch]);
    }
  }

  private join(step: JoinStep, token: Token): void {
    const parallel = this.step(step.closes);
    const branch = token.scope.at(-1) ?? '';
    const block = branch.slice(0, branch.lastIndexOf('/') + 1);
    const arrived = this.journal.state.tokens.filter(
      (other) => other.step === step.id && other.scope.at(-1)?.startsWith(block),
    );
    if (parallel.type === 'parallel' && arrived.length < parallel.branches.length) return;
    const to = this.chosen(step.id, step.next);
    for (const other of arrived) this.journal.record({ type: 'step-left', ...other });
    this.go(to, token.scope.slice(0, -1));
  }

  private end(step: EndStep, token: Token): void {
    const { journal } = this;
    const { dictionary } = journal.compiled;
    const writes: Record<string, FactValue> = {};
    for (const { field, value } of step.writes ?? []) {
      writes[field] = calculate(value, dictionary, journal.facts);
    }
    journal.record({ type: 'step-left', ...token });
    cancelAll(journal);
    this.pending = [];
    journal.record({ type: 'run-ended', outcome: step.outcome, writes });
  }
}

/** Cancels everything that is open in the run. */
export function cancelAll(journal: Journal): void {
  for (const token of journal.state.tokens) cancelToken(journal, token);
}

/** Takes a token away with the task, timer or child that it waits for. */
function cancelToken(journal: Journal, token: Token): void {
  const key = keyOf(token);
  const { tasks, timers, children } = journal.state;
  if (tasks.some((task) => task.key === key)) {
    journal.record({ type: 'task-closed', key, why: 'cancelled' });
  }
  if (timers.some((timer) => timer.key === key)) {
    journal.record({ type: 'timer-disarmed', key, step: token.step });
  }
  if (children.some((child) => child.key === key)) {
    journal.record({ type: 'child-cancelled', key, step: token.step });
  }
  journal.record({ type: 'step-cancelled', ...token });
}

/** Sets facts that come from outside a table, if there are any. */
export function setFacts(journal: Journal, step: StepId, facts: Facts): void {
  if (Object.keys(facts).length > 0) journal.record({ type: 'facts-set', step, facts });
}
