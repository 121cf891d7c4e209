import type { Task } from '@plumbline/contracts';
import {
  move,
  type ApprovalStep,
  type Command,
  type FormStep,
  type Refusal,
} from '@plumbline/workflow-engine';
import type { RequestContext } from '../platform/request-context.ts';
import { actorOf, type ActsFor, type LookedAt } from '../runs/index.ts';
import { mayDecide } from './may-decide.ts';
import type { TaskColumns } from './task-row.ts';

/** Refusals that speak about the answers, not about the person: the work itself is theirs to do. */
const ABOUT_ANSWERS: ReadonlySet<Refusal['code']> = new Set([
  'invalid-answers',
  'cannot-continue',
  'too-many-steps',
]);

/**
 * What the reader may do with a task, and why not. The engine is asked, by trying on a copy: what
 * a page offers and what a command allows can never differ.
 */
export function rightsOf(
  ctx: RequestContext & ActsFor,
  run: LookedAt,
  task: TaskColumns,
  step: FormStep | ApprovalStep,
  delegation: Task['delegation'],
): Pick<Task, 'can' | 'sendBackTo'> {
  const by = actorOf(ctx, task.role);
  const attempt = (command: Command): Refusal | null => {
    const moved = move(run.definition, run.state, command, run.surroundings);
    return moved.refused ? moved : null;
  };
  const open = task.status === 'open';
  const takes = attempt({ type: 'claim', task: task.key, by });
  const works =
    step.type === 'approval' ? takes : attempt({ type: 'submit', task: task.key, answers: {}, by });
  const stopped = works && !ABOUT_ANSWERS.has(works.code) ? works.message : null;
  const decides = mayDecide(ctx);
  const isApproval = step.type === 'approval';
  const submit = open && !isApproval && stopped === null && ctx.ability.can('submit', 'Task');
  const decide = open && isApproval && stopped === null && decides;
  const sendBackTo = isApproval ? [] : earlierSteps(run, step);
  return {
    can: {
      submit,
      decide,
      claim: open && task.assignee === null && takes === null && (decides || !isApproval),
      release: open && task.assignee === ctx.personId,
      assign: open && ctx.ability.can('update', 'Task'),
      sendBack: submit && sendBackTo.length > 0,
      ...whatElse(ctx, task, { mine: submit || decide, delegation, attempt }),
      whyNot: submit || decide ? null : (stopped ?? NO_RIGHT),
    },
    sendBackTo,
  };
}

interface Asked {
  /** Whether the reader could finish it now. */
  readonly mine: boolean;
  readonly delegation: Task['delegation'];
  readonly attempt: (command: Command) => Refusal | null;
}

type Else = 'hold' | 'continue' | 'delegate' | 'takeBack' | 'moveDeadline' | 'remind';

/** What can be done with a task besides finishing it. */
function whatElse(
  ctx: RequestContext & ActsFor,
  { key, status, held_at, role }: TaskColumns,
  { mine, delegation, attempt }: Asked,
): Pick<Task['can'], Else> {
  const open = status === 'open';
  const by = actorOf(ctx, role);
  const works = open && ctx.ability.can('submit', 'Task');
  const changes = open && ctx.ability.can('update', 'Task');
  return {
    hold: works && mine && attempt({ type: 'hold', task: key, reason: 'Asked.', by }) === null,
    continue: works && held_at !== null && attempt({ type: 'continue', task: key, by }) === null,
    delegate: works && mine && held_at === null && ctx.relation === 'member',
    takeBack: works && delegation?.from.id === ctx.personId,
    moveDeadline: changes && held_at === null,
    remind: changes && held_at === null,
  };
}

const NO_RIGHT = 'Your role here does not include this. Ask an administrator of this organisation.';

function earlierSteps({ definition, state }: LookedAt, step: FormStep): Task['sendBackTo'] {
  return (step.sendBackTo ?? [])
    .filter((id) => (state.visits[id] ?? 0) > 0)
    .map((id) => ({
      step: id,
      name: definition.steps.find((each) => each.id === id)?.name ?? id,
    }));
}
