import { armBoundaries, boundaryAt, isPathOf } from './boundaries.ts';
import { cancelAll, cancelToken, endWaits } from './cancel.ts';
import { decideByTable, endingWrites, setCalculated } from './automatic.ts';
import { arrivedAt, isEnoughOf, readyJoin, startedBranches } from './blocks.ts';
import type { Facts } from './condition.ts';
import { deadline } from './calendar.ts';
import type {
  AwaitStep,
  JoinStep,
  ParallelStep,
  Step,
  StepId,
  Transition,
  UndoStep,
} from './definition.ts';
import { ExpressionFailure } from './expression-failure.ts';
import { holds, mayHold } from './expressions.ts';
import { skipTargets } from './graph.ts';
import type { EachStep } from './items.ts';
import { type Journal, setFacts } from './journal.ts';
import { keyOf } from './keys.ts';
import { openTask } from './open-task.ts';
import { besideIn, depthAt, isSidePath } from './places.ts';
import { Refused, refuse } from './refused.ts';
import type { Token } from './run.ts';
import { keptSignal, sendSignal, takenFrom, tell } from './signals.ts';
import { noteFinished, takeLast } from './undo.ts';
import { finishWork, startWork, type WorkResult } from './work.ts';

/** The most steps that one command may pass through before it must wait for somebody. */
export const maxAutomaticSteps = 200;

/** Control on its way to a step. */
interface Arrival {
  readonly to: StepId;
  readonly scope: readonly string[];
}

type Around = (scope: readonly string[]) => boolean;

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

  /**
   * Comes to steps from inside these scopes, all at once, and runs on. What one of them leaves is
   * cancelled, others that would come from there too.
   */
  arrive(arrivals: readonly Arrival[]): void {
    const left: Around[] = [];
    for (const { to, scope } of arrivals) {
      if (left.some((isLeft) => isLeft(scope))) continue;
      const isBeside = besideIn(scope, depthAt(this.journal.compiled, to, scope));
      if (isBeside) left.push(isBeside);
      this.go(to, scope);
    }
    this.settle();
  }

  /** Finishes the work of a step, or of one of its items: on when that is the last that is needed. */
  finish(step: EachStep, token: Token, result: WorkResult): void {
    const done = finishWork(this.journal, step, token, result);
    if (done) {
      if (!result.skipped) noteFinished(this.journal, step, token);
      this.travel(token, this.chosen(step.id, step.next));
    }
    this.settle();
  }

  /** A boundary of a step that waits: the step is left by it, or a side path starts beside it. */
  fire(key: string, facts: Facts): void {
    const found = boundaryAt(this.journal, key);
    if (!found) return refuse('unknown-timer', 'The step of this boundary does not wait any more.');
    const { boundary, step, token } = found;
    const { id, interrupts, to } = boundary;
    this.journal.record({
      ...{ type: 'boundary-fired', key, step: step.id, boundary: id, interrupts },
    });
    setFacts(this.journal, step.id, facts);
    if (interrupts) {
      cancelToken(this.journal, token);
      this.go(to, token.scope);
    } else {
      this.drop((scope) => isPathOf(found, scope));
      this.go(to, [...token.scope, key]);
    }
    this.settle();
  }

  /** Goes on from a step that waited for a signal. */
  take(step: AwaitStep, token: Token, facts: Facts): void {
    this.takeOver(step, token, facts);
    this.settle();
  }

  /** Goes on from a step that failed by the way for that, if it has one. */
  fail(step: Step, token: Token, message: string): boolean {
    if (!('failed' in step) || step.failed === undefined) return false;
    const { step: id, visit } = token;
    this.journal.record({ type: 'step-failed', step: id, visit, message });
    this.travel(token, step.failed);
    return true;
  }

  /** Runs on until everything waits. */
  settle(): void {
    this.journal.item = {};
    do {
      for (let next = this.pending.shift(); next; next = this.pending.shift()) {
        this.enter(next.to, next.scope);
      }
    } while (this.passJoin());
    const { status, tokens } = this.journal.state;
    if (status === 'running' && tokens.length === 0) {
      refuse('cannot-continue', 'The run would have nothing left to do and no ending.');
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

  /** Where control goes when a step is skipped. */
  afterSkipped(step: Step): StepId {
    if (step.type === 'parallel') return this.pastJoin(step);
    if ('next' in step && step.type !== 'join') return this.chosen(step.id, step.next);
    const [next] = skipTargets(step, this.journal.compiled.steps);
    return next ?? refuse('cannot-continue', `Nothing follows when “${step.name}” is skipped.`);
  }

  private pastJoin({ join }: ParallelStep): StepId {
    const step = this.step(join);
    return step.type === 'join'
      ? this.chosen(step.id, step.next)
      : refuse('cannot-continue', `“${step.name}” is not a join.`);
  }

  private travel(token: Token, to: StepId): void {
    endWaits(this.journal, token);
    this.journal.record({ type: 'step-left', ...token });
    this.go(to, token.scope);
  }

  /** Sends control to a step; what is open beside it in what it leaves is cancelled. */
  private go(to: StepId, from: readonly string[]): void {
    const depth = depthAt(this.journal.compiled, to, from);
    const isBeside = besideIn(from, depth);
    if (isBeside) this.drop(isBeside);
    this.pending.push({ to, scope: from.slice(0, depth) });
  }

  /** Cancels what is open, and what is on its way, in these scopes. */
  private drop(isDropped: Around): void {
    for (const token of this.journal.state.tokens) {
      if (isDropped(token.scope)) cancelToken(this.journal, token);
    }
    this.pending = this.pending.filter(({ scope }) => !isDropped(scope));
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
      case 'sub-workflow':
        if (startWork(journal, step, token)) armBoundaries(journal, step, token);
        else this.travel(token, this.chosen(step.id, step.next));
        break;
      case 'approval':
        openTask(journal, step, token);
        armBoundaries(journal, step, token);
        break;
      case 'check':
      case 'table':
        this.workOut(step, token);
        break;
      case 'timer': {
        const { now, calendar } = journal.surroundings;
        // A wait is a length of time that was decided; only deadlines stretch with the factor.
        const dueAt = deadline(now, step.wait, calendar, 1);
        journal.record({
          type: 'timer-armed',
          key: keyOf(token),
          step: step.id,
          dueAt,
          kind: 'wait',
        });
        armBoundaries(journal, step, token);
        break;
      }
      case 'await':
        this.await(step, token);
        break;
      case 'signal':
        sendSignal(journal, step, token);
        this.travel(token, this.chosen(step.id, step.next));
        break;
      case 'tell':
        tell(journal, step, token);
        noteFinished(journal, step, token);
        this.travel(token, this.chosen(step.id, step.next));
        break;
      case 'undo':
        this.undo(step, token);
        break;
      case 'parallel':
        this.split(step, token);
        break;
      case 'join':
        this.arriveAt(step, token);
        break;
      case 'path-end':
        if (!isSidePath(token.scope.at(-1) ?? '')) {
          refuse('cannot-continue', `“${step.name}” ends a side path, and the run is in none.`);
        }
        journal.record({ type: 'step-left', ...token });
        break;
      case 'end': {
        const writes = endingWrites(journal, step);
        journal.record({ type: 'step-left', ...token });
        cancelAll(journal);
        this.pending = [];
        journal.record({ type: 'run-ended', outcome: step.outcome, writes });
        break;
      }
    }
  }

  /** A calculation or a table: on by the way for failures when it fails, or not at all. */
  private workOut(step: Step & { readonly type: 'check' | 'table' }, token: Token): void {
    const { journal } = this;
    try {
      if (step.type === 'check') setCalculated(journal, step);
      else decideByTable(journal, step);
    } catch (error) {
      const failed = error instanceof ExpressionFailure || error instanceof Refused;
      if (failed && this.fail(step, token, error.message)) return;
      throw error;
    }
    noteFinished(journal, step, token);
    this.travel(token, this.chosen(step.id, step.next));
  }

  private await(step: AwaitStep, token: Token): void {
    const { journal } = this;
    const key = keyOf(token);
    const { signal } = step;
    const kept = keptSignal(journal, step);
    if (kept) {
      journal.record({ type: 'signal-taken', key, step: step.id, signal, id: kept.id });
      this.takeOver(step, token, kept.facts);
      return;
    }
    journal.record({ type: 'signal-awaited', key, step: step.id, signal });
    armBoundaries(journal, step, token);
  }

  private takeOver(step: AwaitStep, token: Token, facts: Facts): void {
    setFacts(this.journal, step.id, takenFrom(this.journal, step.takes, facts));
    this.travel(token, this.chosen(step.id, step.next));
  }

  private undo(step: UndoStep, token: Token): void {
    const last = takeLast(this.journal, step);
    this.travel(token, last ? last.undoneBy : this.chosen(step.id, step.next));
  }

  private split(step: ParallelStep, token: Token): void {
    const started = startedBranches(this.journal, step);
    if (started.length === 0) {
      this.travel(token, this.pastJoin(step));
      return;
    }
    this.journal.record({ type: 'step-left', ...token });
    for (const { id, start } of started) this.go(start, [...token.scope, `${keyOf(token)}/${id}`]);
  }

  /** A branch arrives; when that is enough, the rest of the block is cancelled. */
  private arriveAt(step: JoinStep, token: Token): void {
    const arrived = arrivedAt(this.journal, step, token);
    if (arrived.length === 0) {
      refuse('cannot-continue', `The run comes to “${step.name}” from outside its block.`);
    }
    if (isEnoughOf(this.journal, step, arrived)) this.pass(step, token, arrived);
  }

  /** Passes one join whose block has nothing open but what waits at it, if there is one. */
  private passJoin(): boolean {
    const ready = readyJoin(this.journal);
    if (ready) this.pass(ready.step, ready.token, arrivedAt(this.journal, ready.step, ready.token));
    return ready !== null;
  }

  private pass(step: JoinStep, token: Token, arrived: readonly Token[]): void {
    const to = this.chosen(step.id, step.next);
    for (const other of arrived) this.journal.record({ type: 'step-left', ...other });
    const isInBlock = besideIn(token.scope, token.scope.length - 1);
    if (isInBlock) this.drop(isInBlock);
    this.go(to, token.scope.slice(0, -1));
  }
}
