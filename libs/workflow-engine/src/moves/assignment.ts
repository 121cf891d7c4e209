import type {
  ApprovalStep,
  AssignPolicy,
  FormStep,
  WorkflowDefinition,
} from '../definition/definition.ts';
import type { Journal } from './journal.ts';
import type { Candidate, OpenTask, RunState } from '../run/run.ts';
import { rolesNow } from '../people/seats.ts';
import { caseOf, separationOf } from './separation.ts';

/** Whether moves on this definition need `Surroundings.candidates`. */
export function needsCandidates({ steps }: WorkflowDefinition): boolean {
  return steps.some((step) => 'assign' in step && step.assign !== undefined);
}

/** What a choice of a person looks at besides the candidates. */
export interface ChoiceOf {
  /** Roles of which the person must hold one. */
  readonly roles: readonly string[];
  /** Who finished which steps of the run so far. */
  readonly performers: RunState['performers'];
  /** Whether separation of duties, or an earlier vote, keeps the person out. */
  readonly isKeptOut: (personId: string) => boolean;
}

/**
 * The person to give a task to, or `null` when nobody fits: it then waits to be claimed. Whoever is
 * away, lacks the role or is kept out is never chosen. `least-loaded`: fewest open tasks;
 * `round-robin`: longest without a new task; `familiar`: whoever finished most of the earlier steps
 * of this run. Ties go to whoever was given nothing for longest, then by the order of ids.
 */
export function chooseAssignee(
  policy: AssignPolicy,
  candidates: readonly Candidate[],
  { roles, performers, isKeptOut }: ChoiceOf,
): string | null {
  const stepsBy = (personId: string): number =>
    Object.values(performers).filter((people) => people.includes(personId)).length;
  const fitting = candidates.filter(
    ({ personId, roles: held, away }) =>
      !away &&
      held.some((role) => roles.includes(role)) &&
      (policy !== 'familiar' || stepsBy(personId) > 0) &&
      !isKeptOut(personId),
  );
  const load = ({ personId, openTasks }: Candidate): number => {
    if (policy === 'least-loaded') return openTasks;
    return policy === 'familiar' ? -stepsBy(personId) : 0;
  };
  const [first] = [...fitting].sort(
    (one, other) =>
      load(one) - load(other) ||
      compare(one.lastAssignedAt ?? '', other.lastAssignedAt ?? '') ||
      compare(one.personId, other.personId),
  );
  return first?.personId ?? null;
}

/** The person whom the step's policy chooses for a task as it stands now. */
export function chosenFor(
  journal: Journal,
  step: FormStep | ApprovalStep,
  task: Pick<OpenTask, 'seats' | 'ordered' | 'helpers' | 'votes'>,
): string | null {
  const { candidates = [] } = journal.surroundings;
  if (step.assign === undefined) return null;
  const voted = new Set(task.votes.flatMap(({ personId, onBehalfOf }) => [personId, onBehalfOf]));
  const on = caseOf(journal);
  return chooseAssignee(step.assign, candidates, {
    roles: rolesNow({ ...task, helpers: [] }),
    performers: journal.state.performers,
    isKeptOut: (personId) =>
      voted.has(personId) || separationOf(step, personId, on).against !== null,
  });
}

/** Offers a decision to the next approver whom the step's policy chooses, if it has one. */
export function offerNext(
  journal: Journal,
  { task: { key }, step }: { readonly task: OpenTask; readonly step: ApprovalStep },
): void {
  const task = journal.state.tasks.find((open) => open.key === key);
  const policy = step.assign;
  const assignee = task ? chosenFor(journal, step, task) : null;
  if (assignee === null || policy === undefined) return;
  journal.record({ type: 'task-assigned', key, assignee, policy });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
