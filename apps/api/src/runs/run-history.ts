import type { RunEvent, WorkflowDefinition } from '@plumbline/workflow-engine';
import type { RunEntry } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { entryInWords } from './entry-words.ts';
import type { Names } from './plain-words.ts';

/** One stored event with what the row adds: an adviser's firm. */
export interface StoredEvent {
  readonly event: RunEvent;
  readonly firm: string | null;
}

/** Everything that happened in a run, in order. */
export async function eventsOf(tx: Tx, ctx: Acting, runId: string): Promise<StoredEvent[]> {
  return tx.query<StoredEvent>(sql`
    select event, firm from app.run_event
    where organisation_id = ${ctx.organisationId} and run_id = ${runId} order by seq`);
}

/** Ids of the people whom these events are by, or about. */
export function peopleInEvents(events: readonly RunEvent[]): string[] {
  return events.flatMap((event) => [
    ...(event.by.kind === 'person' ? [event.by.personId, ...behalfIn(event.by)] : []),
    ...('assignee' in event && event.assignee !== null ? [event.assignee] : []),
    ...(event.type === 'task-opened' && event.task.assignee !== null ? [event.task.assignee] : []),
  ]);
}

/**
 * The timeline: each event that means something to people, in words. Of a vote that `isHidden` it
 * says only that it was given.
 */
export function entriesOf(
  stored: readonly StoredEvent[],
  definition: WorkflowDefinition,
  names: Names,
  isHidden: (event: RunEvent) => boolean = () => false,
): RunEntry[] {
  return stored.flatMap(({ event, firm }) => {
    const step = stepOf(event);
    const name = definition.steps.find(({ id }) => id === step)?.name ?? null;
    const words = isHidden(event)
      ? { text: `“${name ?? ''}”: a vote was given`, detail: null }
      : entryInWords(event, definition, names);
    if (!words) return [];
    const by = event.by.kind === 'person' ? event.by.personId : null;
    return [
      {
        seq: event.seq,
        at: event.at,
        type: event.type,
        step,
        stepName: name,
        by: by === null ? null : { id: by, name: names.get(by)?.name ?? 'Someone who has left' },
        firm,
        ...words,
        text: `${words.text}${forWhom(event, names)}`,
      },
    ];
  });
}

const behalfIn = ({ onBehalfOf }: RunEvent['by'] & { readonly kind: 'person' }): string[] =>
  onBehalfOf ? [onBehalfOf.personId] : [];

/** “, on behalf of Ana Ruiz”: a substitute did it. */
function forWhom({ by }: RunEvent, names: Names): string {
  const [id] = by.kind === 'person' ? behalfIn(by) : [];
  return id === undefined ? '' : `, on behalf of ${names.get(id)?.name ?? 'someone who has left'}`;
}

function stepOf(event: RunEvent): string | null {
  if ('step' in event) return event.step;
  if (event.type === 'task-opened') return event.task.step;
  return 'key' in event ? event.key.slice(0, event.key.lastIndexOf('#')) : null;
}
