import { deadline } from '../time/calendar.ts';
import { type ClockPast, clockPasts } from './clock-past.ts';
import { compiledOf } from '../definition/compiled.ts';
import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import { escalationTimers } from './escalation-timers.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { boundariesOf } from '../definition/graph.ts';
import { factsOfItem } from './items.ts';
import { Journal } from './journal.ts';
import { afterMark } from '../run/keys.ts';
import { deadlineOf } from './open-task.ts';
import type {
  Actor,
  Move,
  OpenTask,
  OpenTimer,
  RunEvent,
  RunState,
  Surroundings,
} from '../run/run.ts';
import { atShare, type Clock, keptDeadline } from '../time/working-time.ts';

/** A deadline of a task, or the time of a timer, that another calendar moves. */
export interface MovedDeadline {
  readonly key: string;
  readonly step: StepId;
  readonly kind: 'task' | 'timer';
  /** ISO instants. */
  readonly from: string;
  readonly to: string;
}

/**
 * Why a deadline stays as it is. `held`: its clock stands still. `suspended`: that of the whole run
 * does. `set`: a person, or another version of the workflow, set it. `would-have-passed`: by the
 * other calendar it would have passed already. `unknown`: what it was reckoned from is not on record.
 */
export type StayReason = 'held' | 'suspended' | 'set' | 'would-have-passed' | 'unknown';

/** A deadline of a task, or the time of a timer, that stays, and why. */
export interface KeptDeadline {
  readonly key: string;
  readonly step: StepId;
  readonly kind: 'task' | 'timer';
  readonly dueAt: string;
  readonly why: StayReason;
}

/** A run whose deadlines follow a calendar, and what became of each of them. */
export type CalendarFollowed = Move & {
  readonly moved: readonly MovedDeadline[];
  /** Only those that would be moved if it were not for this reason, and those that nobody can tell. */
  readonly kept: readonly KeptDeadline[];
};

/**
 * Reckons the deadlines of a run's open tasks, their escalation and the times of its timers anew by
 * the calendar of the surroundings, as if it had held from the start: from the opening of the task,
 * on the facts of the run at that moment, with the times taken out that it stood still. Nothing is
 * moved into the past. `history` is all events of the run. Asked again with the same calendar it
 * moves nothing. `surroundings` are those of a command.
 */
export function followCalendar(
  definition: WorkflowDefinition,
  state: RunState,
  history: readonly RunEvent[],
  surroundings: Surroundings,
  by: Actor = { kind: 'system' },
): CalendarFollowed {
  return new Following(definition, state, history, surroundings, by).result();
}

class Following {
  private readonly journal: Journal;
  private readonly pasts: ReadonlyMap<string, ClockPast>;
  private readonly moved: MovedDeadline[] = [];
  private readonly kept: KeptDeadline[] = [];

  constructor(
    definition: WorkflowDefinition,
    state: RunState,
    history: readonly RunEvent[],
    surroundings: Surroundings,
    by: Actor,
  ) {
    this.journal = new Journal(compiledOf(definition), state, surroundings, by);
    this.pasts = clockPasts(history);
  }

  result(): CalendarFollowed {
    const { tasks, timers, status } = this.journal.state;
    if (status === 'running') {
      for (const task of tasks) if (task.dueAt !== null) this.task(task, task.dueAt);
      for (const timer of timers) if (timer.kind !== 'escalation') this.timer(timer);
    }
    const { state, events } = this.journal;
    const { moved, kept } = this;
    return { refused: false, state, events, moved, kept };
  }

  private task(task: OpenTask, dueAt: string): void {
    const anew = this.reckoned(task);
    const at = { key: task.key, step: task.step, kind: 'task', dueAt } as const;
    if (!anew) this.keep(at, 'unknown');
    else if (this.settle(at, anew.past, anew.dueAt, task.held !== null && task.pauses)) {
      this.escalation(task, anew);
    }
  }

  private timer({ key, step, dueAt }: OpenTimer): void {
    const past = this.pasts.get(key);
    const length = this.lengthOf(key, step);
    const at = { key, step, kind: 'timer', dueAt } as const;
    if (!past || !length) {
      this.keep(at, 'unknown');
      return;
    }
    const { calendar } = this.journal.surroundings;
    const anew = this.paused(deadline(past.from, length, calendar, 1), 'calendar', past);
    this.settle(at, past, anew, false);
  }

  /** Moves a deadline, or says why it stays; whether it is where the calendar wants it. */
  private settle(
    at: Omit<KeptDeadline, 'why'>,
    past: ClockPast,
    to: string,
    held: boolean,
  ): boolean {
    const { key, step, kind, dueAt: from } = at;
    if (to === from) return true;
    const now = Date.parse(this.journal.surroundings.now);
    if (past.set) this.keep(at, 'set');
    else if (held) this.keep(at, 'held');
    else if (this.journal.state.suspended) this.keep(at, 'suspended');
    else if (Date.parse(to) > now) {
      this.journal.record({ type: 'deadline-moved', key, dueAt: to, cause: 'calendar' });
      this.moved.push({ key, step, kind, from, to });
      return true;
    } else if (Date.parse(from) > now) this.keep(at, 'would-have-passed');
    return false;
  }

  private keep(at: Omit<KeptDeadline, 'why'>, why: StayReason): void {
    this.kept.push({ ...at, why });
  }

  /** The deadline that the rule of its step gives a task, before and after times taken out. */
  private reckoned(task: OpenTask) {
    const { journal } = this;
    const past = this.pasts.get(task.key);
    const step = journal.compiled.steps.get(task.step);
    if (!past || !step || !('role' in step)) return null;
    const then = new Journal(
      ...([journal.compiled, { ...journal.state, facts: past.facts }] as const),
      ...([journal.surroundings, journal.by] as const),
    );
    if (step.type !== 'approval') then.item = factsOfItem(step, task.item);
    try {
      const { dueAt: base, clock } = deadlineOf(then, step, past.from);
      // Another kind of rule than it was opened by: facts from outside have changed meanwhile.
      if (base === null || clock !== task.clock) return null;
      return { past, base, clock, step, dueAt: this.paused(base, clock, past) };
    } catch (error) {
      // A rule that cannot be worked out any more leads to no deadline.
      if (error instanceof ExpressionFailure) return null;
      throw error;
    }
  }

  private escalation(
    task: OpenTask,
    { past, base, clock, step }: NonNullable<ReturnType<Following['reckoned']>>,
  ): void {
    const { journal } = this;
    const { calendar } = journal.surroundings;
    for (const { key, dueAt } of escalationTimers(journal, task.key)) {
      const level = step.escalation?.[Number(afterMark(key, '^')) - 1];
      if (!level) continue;
      const share = atShare(level.at, past.from, { dueAt: base, clock }, calendar);
      const anew = this.paused(share, clock, past);
      if (anew === dueAt) continue;
      journal.record({ type: 'deadline-moved', key, dueAt: anew, cause: 'calendar' });
    }
  }

  private paused(dueAt: string, clock: Clock, { pauses }: ClockPast): string {
    const { calendar } = this.journal.surroundings;
    return pauses.reduce(
      (at, [since, until]) => keptDeadline({ dueAt: at, clock }, since, until, calendar),
      dueAt,
    );
  }

  /** How long a wait, or the wait before a boundary, is. */
  private lengthOf(key: string, of: StepId) {
    const step = this.journal.compiled.steps.get(of);
    const id = afterMark(key, '!');
    if (id === null) return step?.type === 'timer' ? step.wait : null;
    const boundary = step && boundariesOf(step).find((one) => one.id === id);
    return boundary && 'after' in boundary ? boundary.after : null;
  }
}
