import type { Task } from '@plumbline/contracts';
import {
  authorityOf,
  compiledOf,
  gateOf,
  offeredOutcomes,
  rolesNow,
  visibleVotes,
  type ApprovalStep,
  type Facts,
  type OpenTask,
} from '@plumbline/workflow-engine';
import type { RequestContext } from '../platform/request-context.ts';
import { roleInWords, type LookedAt } from '../runs/index.ts';
import type { TaskColumns } from './task-row.ts';

/** A recorded vote as the decision's row has it. */
export interface VoteRow {
  id: string;
  person_id: string;
  name: string;
  outcome: string;
  at: Date;
}

/** What a decision's page shows: the question, who decides and who has, the gate, the answers. */
export function decisionOf(
  ctx: RequestContext,
  { definition, state }: LookedAt,
  row: TaskColumns,
  step: ApprovalStep,
  { facts, votes }: { readonly facts: Facts; readonly votes: readonly VoteRow[] },
): NonNullable<Task['decision']> {
  const { dictionary } = compiledOf(definition);
  const open = state.tasks.find(({ key }) => key === row.key);
  // Facts may have changed since the task was opened: who must decide is asked again.
  const authority = open ? authorityOf(step, dictionary, facts, open) : null;
  const shown =
    open && new Map(visibleVotes(open, ctx.personId).map((vote) => [vote.personId, vote]));
  const labelOf = (outcome: string) =>
    step.outcomes.find(({ key }) => key === outcome)?.label ?? outcome;
  return {
    question: row.title.replace(/^Decide: /, ''),
    needed: authority?.needed ?? row.needed,
    recorded: votes.map(({ person_id, name, outcome, at }) => {
      const hidden = shown !== undefined && shown.get(person_id)?.outcome === null;
      return {
        person: { id: person_id, name },
        outcome: hidden ? null : labelOf(outcome),
        at: at.toISOString(),
      };
    }),
    blind: open?.blind ?? false,
    seats: open ? seatsOf(open) : [],
    waitingFirstFor: open ? firstOf(ctx, open) : null,
    blocked: authority?.blocked ?? null,
    outcomes: offeredOutcomes(step, dictionary, facts).map(
      ({ key, label, effect, consequence, reasonRequired }) => ({
        ...{ key, label, effect },
        ...{ consequence, reasonRequired },
      }),
    ),
    gate: gateOf(step, dictionary, facts).map((line) => ({ ...line })),
  };
}

/** How many people of each seat have decided; one who fits several takes the first that is free. */
function seatsOf({ seats, votes }: OpenTask): NonNullable<Task['decision']>['seats'] {
  const left = [...votes];
  return seats.map(({ role, count }) => {
    let taken = 0;
    while (taken < count) {
      const at = left.findIndex(({ roles }) => roles.includes(role));
      if (at < 0) break;
      left.splice(at, 1);
      taken += 1;
    }
    return { role: roleInWords(role), people: count, taken };
  });
}

/** In an ordered decision: who comes before the reader, in words. */
function firstOf({ roles }: RequestContext, task: OpenTask): string | null {
  if (!task.ordered) return null;
  const now = rolesNow(task);
  const first = now[0];
  return first === undefined || now.some((role) => roles.includes(role))
    ? null
    : roleInWords(first);
}
