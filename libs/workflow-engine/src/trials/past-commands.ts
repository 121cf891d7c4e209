import { compiledOf } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import type { Command, RunEvent, RunState } from '../run/run.ts';

/**
 * The command that made an event happen; null when it followed from another one. `state` is that
 * before it, `others` are the events after it.
 */
export function commandOf(
  definition: WorkflowDefinition,
  state: RunState | null,
  event: RunEvent,
  others: readonly RunEvent[],
): Command | null {
  const { by } = event;
  switch (event.type) {
    case 'run-started':
      return { type: 'start', runId: event.runId, facts: event.facts, by };
    case 'task-submitted':
      return { type: 'submit', task: event.key, answers: event.answers, by };
    case 'decision-recorded': {
      // An escalation that settles a matter follows from its timer.
      if (by.kind === 'system') return null;
      const { key: task, outcome, reason, conditions } = event;
      return { type: 'decide', task, outcome, reason, conditions, by };
    }
    case 'sent-back':
      return { type: 'send-back', task: event.key, to: event.to, reason: event.reason, by };
    case 'task-claimed':
      return { type: 'claim', task: event.key, by };
    case 'task-released':
      return { type: 'release', task: event.key, by };
    case 'task-assigned':
      if (event.policy) return null;
      return { type: 'assign', task: event.key, assignee: event.assignee, by };
    case 'task-delegated': {
      const task = state?.tasks.find(({ key }) => key === event.key);
      const toRoles = task ? [task.role] : [];
      const { key, assignee: to, reason } = event;
      return { type: 'delegate', task: key, to, toRoles, reason, by };
    }
    case 'task-held':
      return { type: 'hold', task: event.key, reason: event.reason, by };
    case 'task-continued':
      return { type: 'continue', task: event.key, by };
    case 'deadline-moved': {
      const { key: task, dueAt, reason } = event;
      return reason === undefined ? null : { type: 'move-deadline', task, dueAt, reason, by };
    }
    case 'timer-fired':
      return { type: 'fire-timer', timer: event.key, by };
    case 'child-ended': {
      const facts = resultOf(definition, event, others);
      return { type: 'end-child', child: event.key, outcome: event.outcome, facts, by };
    }
    case 'step-failed': {
      // A step that works something out fails by itself; a call, when the called run was cancelled.
      if (compiledOf(definition).steps.get(event.step)?.type !== 'sub-workflow') return null;
      const owner = keyOf(event);
      const child = state?.children.find(({ key }) => tokenKeyOf(key) === owner)?.key ?? owner;
      return { type: 'child-cancelled', child, by };
    }
    case 'signal-received':
      return { type: 'receive-signal', signal: event.signal, id: event.id, facts: event.facts, by };
    case 'run-suspended':
      return { type: 'suspend', reason: event.reason, by };
    case 'run-resumed':
      return { type: 'resume', reason: event.reason, by };
    case 'run-repaired':
      return { type: 'repair', action: event.action, reason: event.reason, by };
    case 'run-cancelled':
      return { type: 'cancel', reason: event.reason, by };
    default:
      return null;
  }
}

/** What a called workflow gave, under its own names: it is on record under ours. */
function resultOf(
  definition: WorkflowDefinition,
  { step: id }: RunEvent & { readonly type: 'child-ended' },
  others: readonly RunEvent[],
): Facts {
  const step = compiledOf(definition).steps.get(id);
  if (step?.type !== 'sub-workflow') return {};
  const taken = others.flatMap((event) => {
    if (event.type === 'facts-set' && event.step === id) return [event.facts];
    return event.type === 'item-finished' && event.step === id ? [event.answers] : [];
  });
  const ours: Facts = Object.assign({}, ...taken) as Facts;
  const known = step.output.filter((take) => Object.hasOwn(ours, take.ours));
  return Object.fromEntries(known.map((take) => [take.theirs, ours[take.ours] ?? null]));
}
