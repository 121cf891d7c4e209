import { authorityOf, shownOnTask } from '../people/authority.ts';
import { deadline } from '../time/calendar.ts';
import type {
  ApprovalStep,
  Boundary,
  FormStep,
  Step,
  TimerStep,
} from '../definition/definition.ts';
import { alike, paired } from './difference-list.ts';
import { armEscalation, escalationTimers } from '../moves/escalation-timers.ts';
import { boundariesOf } from '../definition/graph.ts';
import { factsOfItem } from '../moves/items.ts';
import type { Journal } from '../moves/journal.ts';
import { boundaryKey, keyOf, tokenKeyOf } from '../run/keys.ts';
import { deadlineOf } from '../moves/open-task.ts';
import type { OpenTask, TaskAmendment, Token } from '../run/run.ts';
import { quoted, roleName } from '../people/words.ts';

/** What the new version of a step changes about its wait. */
export interface Amended {
  /** Who must act. */
  readonly people: boolean;
  /** Deadline or escalation. */
  readonly deadline: boolean;
  readonly boundaries: boolean;
  /** The length of a wait. */
  readonly wait: boolean;
  /** Which workflow is called. */
  readonly calls: boolean;
}

/** A token that stays at its step, in both versions. */
export interface Staying {
  readonly token: Token;
  readonly was: Step;
  readonly now: Step;
  readonly amended: Amended;
}

/** What changes for a run that waits at a step; `anew` when the step is of another kind. */
export function amendmentsOf(was: Step, now: Step): Amended | 'anew' {
  const differs = (...parts: readonly string[]): boolean =>
    parts.some((part) => !alike(Reflect.get(was, part), Reflect.get(now, part)));
  if (kindOf(was) !== kindOf(now) || differs('each', 'signal', 'closes', 'enough')) return 'anew';
  return {
    people: differs('role', 'roleFrom', 'approvers', 'quorum'),
    deadline: differs('due', 'escalation'),
    boundaries: differs('boundaries'),
    wait: differs('wait'),
    calls: differs('calls'),
  };
}

/** A form and a thing to do and confirm are the same kind of work. */
function kindOf({ type }: Step): Step['type'] {
  return type === 'task' ? 'form' : type;
}

/** What changes about the open tasks of these steps, by key, and in words. */
export function amendTasks(
  journal: Journal,
  staying: readonly Staying[],
): { readonly tasks: Record<string, TaskAmendment>; readonly changed: readonly string[] } {
  const tasks: Record<string, TaskAmendment> = {};
  const changed: string[] = [];
  for (const { token, now, amended } of staying) {
    if (!('role' in now)) continue;
    for (const task of tasksOf(journal, token)) {
      journal.item = now.type === 'approval' ? {} : factsOfItem(now, task.item);
      const change = {
        ...(amended.people && authorityNow(journal, now, task)),
        ...(amended.deadline &&
          deadlineOf(journal, now, task.openedAt ?? journal.surroundings.now)),
      };
      journal.item = {};
      const parts = Object.entries(change).filter(
        ([part, value]) => !alike(Reflect.get(task, part), value),
      );
      if (parts.length === 0) continue;
      tasks[task.key] = Object.fromEntries(parts);
      changed.push(...inWords(now, task, tasks[task.key] ?? {}));
    }
  }
  return { tasks, changed: [...new Set(changed)] };
}

function tasksOf({ state }: Journal, token: Token): readonly OpenTask[] {
  return state.tasks.filter(({ key }) => tokenKeyOf(key) === keyOf(token));
}

/** Who must act by the new version; who has the task keeps it if the role is the same. */
function authorityNow(
  journal: Journal,
  step: FormStep | ApprovalStep,
  task: OpenTask,
): TaskAmendment {
  const authority = authorityOf(step, journal.compiled.dictionary, journal.facts, task);
  const freed = authority.role === task.role ? {} : { assignee: null, delegatedBy: [] };
  return { ...shownOnTask(authority), ...freed };
}

function inWords(step: Step, task: OpenTask, change: TaskAmendment): readonly string[] {
  const name = quoted(step.name);
  const said: string[] = [];
  if ('dueAt' in change) {
    const now = change.dueAt === null ? 'has no deadline any more' : 'has another deadline';
    said.push(`${name} ${now}.`);
  }
  if (change.role !== undefined) said.push(`${name} is now for ${roleName(change.role)}.`);
  else if ('needed' in change || 'seats' in change)
    said.push(`${name} is decided by other people.`);
  if ('assignee' in change && task.assignee !== null) said.push(`${name} is free to claim again.`);
  return said;
}

/** Arms anew what the new version times otherwise; the rest runs on. */
export function rearm(journal: Journal, staying: Staying): void {
  const { token, was, now, amended } = staying;
  if (amended.deadline && 'role' in now) {
    for (const task of tasksOf(journal, token)) {
      for (const { key, step } of escalationTimers(journal, task.key)) {
        journal.record({ type: 'timer-disarmed', key, step });
      }
      armEscalation(journal, task, now.escalation);
    }
  }
  if (amended.wait && was.type === 'timer' && now.type === 'timer') {
    moveWait(journal, token, was, now);
  }
  if (amended.boundaries) rearmBoundaries(journal, staying);
}

/** A changed wait begins anew; a shorter one is never over later than the longer one was. */
function moveWait(journal: Journal, token: Token, was: TimerStep, now: TimerStep): void {
  const key = keyOf(token);
  const timer = journal.state.timers.find((one) => one.key === key);
  if (!timer) return;
  const { surroundings } = journal;
  const anew = deadline(surroundings.now, now.wait, surroundings.calendar, 1);
  const shorter = was.wait.unit === now.wait.unit && now.wait.amount < was.wait.amount;
  const dueAt = shorter && Date.parse(timer.dueAt) < Date.parse(anew) ? timer.dueAt : anew;
  if (dueAt === timer.dueAt) return;
  const reason = `${quoted(now.name)} waits another time in the new version.`;
  journal.record({ type: 'deadline-moved', key, dueAt, reason });
}

/** Boundaries by id: new ones are armed, gone ones are not waited for, changed ones armed again. */
function rearmBoundaries(journal: Journal, { token, was, now }: Staying): void {
  const owner = keyOf(token);
  const boundaries = paired(boundariesOf(was), boundariesOf(now), ({ id }) => id);
  const cause = (one: Boundary) => ('after' in one ? one.after : one.signal);
  const disarm = ({ id }: Boundary): boolean => {
    const key = boundaryKey(owner, id);
    const timer = journal.state.timers.find((one) => one.key === key);
    if (timer) journal.record({ type: 'timer-disarmed', key, step: timer.step });
    const waiting = journal.state.awaiting.find((one) => one.key === key);
    if (waiting) journal.record({ ...waiting, type: 'signal-unawaited' });
    return timer !== undefined || waiting !== undefined;
  };
  const opened = tasksOf(journal, token)[0]?.openedAt ?? journal.surroundings.now;
  const arm = (one: Boundary, from: string): void => {
    const at = { key: boundaryKey(owner, one.id), step: now.id };
    if ('signal' in one) {
      journal.record({ type: 'signal-awaited', ...at, signal: one.signal });
    } else {
      const { now, calendar } = journal.surroundings;
      const dueAt = deadline(from, one.after, calendar, 1);
      const since = from === now ? {} : { from };
      journal.record({ type: 'timer-armed', ...at, dueAt, kind: 'boundary', ...since });
    }
  };
  for (const { item } of boundaries.removed) disarm(item);
  for (const { before, after } of boundaries.kept) {
    // One that has fired is over, whatever it says now.
    if (!alike(cause(before), cause(after)) && disarm(before)) arm(after, opened);
  }
  for (const { item } of boundaries.added) arm(item, journal.surroundings.now);
}
