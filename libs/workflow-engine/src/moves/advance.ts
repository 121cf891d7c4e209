import { endingWrites } from './automatic.ts';
import { arrivedAt, isEnoughOf, readyJoin, startedBranches } from './blocks.ts';
import { boundaryAt, isPathOf } from './boundaries.ts';
import { cancelAll, cancelToken, endWaits } from './cancel.ts';
import { carryOut } from './carry-out.ts';
import type { Facts } from '../expressions/condition.ts';
import type {
  AwaitStep,
  EndStep,
  JoinStep,
  ParallelStep,
  Step,
  StepId,
  Transition,
} from '../definition/definition.ts';
import { mayHold } from '../expressions/expressions.ts';
import type { EachStep } from './items.ts';
import { type Journal, setFacts } from './journal.ts';
import { keyOf } from '../run/keys.ts';
import { besideIn, depthAt, isSidePath } from '../definition/places.ts';
import { refuse } from '../run/refused.ts';
import type { Token } from '../run/run.ts';
import { takenFrom } from './signals.ts';
import { noteFinished } from './undo.ts';
import { chosenWay, stepOf, wayPast, wayPastJoin } from './ways.ts';
import { finishWork, type WorkResult } from './work.ts';

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
    this.leave(token, chosenWay(this.journal, token.step, transitions));
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
      this.travel(token, chosenWay(this.journal, step.id, step.next));
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
    setFacts(this.journal, step.id, takenFrom(this.journal, step.takes, facts));
    this.follow(token, step.next);
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

  private enter(to: StepId, scope: readonly string[]): void {
    this.count(to);
    const { journal } = this;
    const step = stepOf(journal, to);
    const visit = (journal.state.visits[to] ?? 0) + 1;
    if (step.when && !mayHold(step.when, journal.compiled.dictionary, journal.facts)) {
      journal.record({ type: 'step-skipped', step: to, visit, scope });
      this.go(wayPast(journal, step), scope);
      return;
    }
    journal.record({ type: 'step-entered', step: to, visit, scope });
    this.execute(step, { step: to, visit, scope });
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

  private execute(step: Step, token: Token): void {
    switch (step.type) {
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
        this.journal.record({ type: 'step-left', ...token });
        break;
      case 'end':
        this.end(step, token);
        break;
      default: {
        const to = carryOut(this.journal, step, token);
        if (to !== null) this.travel(token, to);
      }
    }
  }

  private end(step: EndStep, token: Token): void {
    const { journal } = this;
    const writes = endingWrites(journal, step);
    journal.record({ type: 'step-left', ...token });
    cancelAll(journal);
    this.pending = [];
    journal.record({ type: 'run-ended', outcome: step.outcome, writes });
  }

  private split(step: ParallelStep, token: Token): void {
    const started = startedBranches(this.journal, step);
    if (started.length === 0) {
      this.travel(token, wayPastJoin(this.journal, step));
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
    const to = chosenWay(this.journal, step.id, step.next);
    for (const other of arrived) this.journal.record({ type: 'step-left', ...other });
    const isInBlock = besideIn(token.scope, token.scope.length - 1);
    if (isInBlock) this.drop(isInBlock);
    this.go(to, token.scope.slice(0, -1));
  }
}
