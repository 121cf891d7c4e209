import type { RunEvent, RunState } from '@plumbline/workflow-engine';
import { newId } from '../platform/ids.ts';
import type { RunFrame } from './run-store.ts';

type Json = string | number | boolean | null;

/** A message to be carried out after the commit. */
export interface PromisedRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly payload: Readonly<Record<string, Json>>;
}

/** Topic of the message that tells people about a task: see task-notice. */
export const TASK_NOTICE = 'task-notice';

/** Topic of the message that a run has ended, for capabilities that carry its result further. */
export const RUN_ENDED = 'run-ended';

/** Topic of the message by which a step of a run tells people something. */
export const PEOPLE_TOLD = 'people-told';

/** What a move promises to do afterwards. */
export function promisedBy(
  run: RunFrame,
  state: RunState,
  events: readonly RunEvent[],
): PromisedRow[] {
  return [...noticesOf(run, state, events), ...events.flatMap((event) => followUp(run, event))];
}

/** One message for each task that waits for somebody new, or of whom a clock says something. */
function noticesOf(run: RunFrame, state: RunState, events: readonly RunEvent[]): PromisedRow[] {
  const by = doneBy(events);
  const occasions = new Map<string, Readonly<Record<string, Json>>>();
  for (const event of events) {
    const told = noticeOf(event);
    if (told) occasions.set(`${told.key} ${String(told.payload['role'] ?? '')}`, told.payload);
  }
  return [...occasions.values()].flatMap((payload) => {
    const key = String(payload['task']);
    if (!state.tasks.some((task) => task.key === key)) return [];
    return {
      id: newId(),
      topic: TASK_NOTICE,
      key: `${run.id}-${key}-${state.seq}${payload['role'] ? `-${payload['role']}` : ''}`,
      payload: { runId: run.id, by, ...payload },
    };
  });
}

function noticeOf(
  event: RunEvent,
): { key: string; payload: Readonly<Record<string, Json>> } | null {
  switch (event.type) {
    case 'task-opened':
      return { key: event.task.key, payload: { task: event.task.key } };
    case 'task-assigned':
    case 'task-released':
    case 'task-delegated':
      return { key: event.key, payload: { task: event.key } };
    case 'task-escalated':
      if (event.action === 'settle') return null;
      if (event.action === 'reassign') return { key: event.key, payload: { task: event.key } };
      return {
        key: event.key,
        payload: {
          task: event.key,
          occasion: event.action === 'tell' ? 'escalated' : 'reminder',
          ...(event.action === 'tell' && { role: event.role }),
        },
      };
    default:
      return null;
  }
}

function followUp(run: RunFrame, event: RunEvent): PromisedRow[] {
  switch (event.type) {
    case 'run-ended': {
      const payload = {
        runId: run.id,
        aiSystemId: run.aiSystem.id,
        workflow: run.definition.key,
        outcome: event.outcome,
      };
      return [{ id: newId(), topic: RUN_ENDED, key: run.id, payload }];
    }
    case 'people-told':
      return [
        {
          id: newId(),
          topic: PEOPLE_TOLD,
          key: `${run.id}-${event.key}`,
          payload: { runId: run.id, seq: event.seq },
        },
      ];
    default:
      return [];
  }
}

/** Who made the move: they need not be told of it. */
function doneBy(events: readonly RunEvent[]): string | null {
  const by = events[0]?.by;
  return by?.kind === 'person' ? by.personId : null;
}
