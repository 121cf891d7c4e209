import { z } from 'zod';

/** An entry of the record with what it binds; null where that was erased. */
export interface Entry {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly payload: string | null;
}

/** Something to tell other systems, in ids; what things are called is looked up once for many. */
export type Happening = {
  readonly entryId: string;
  readonly at: Date;
} & (
  | { readonly type: 'run.started'; readonly runId: string }
  | {
      readonly type: 'run.ended';
      readonly runId: string;
      readonly status: 'ended' | 'cancelled';
      readonly outcome: string | null;
    }
  | { readonly type: 'task.opened'; readonly runId: string; readonly taskKey: string }
  | {
      readonly type: 'task.closed';
      readonly runId: string;
      readonly taskKey: string;
      readonly why: 'done' | 'cancelled';
    }
  | {
      readonly type: 'decision.recorded';
      readonly decisionId: string;
      readonly taskId: string;
      readonly runId: string;
      readonly reference: string;
      readonly outcome: string | null;
      readonly capsule: string;
    }
  | {
      readonly type: 'breach.found';
      readonly monitorId: string;
      readonly measurement: {
        readonly id: string;
        readonly windowFrom: string;
        readonly windowTo: string;
        readonly value: number;
      };
    }
  | {
      readonly type: 'evidence-pack.made';
      readonly packId: string;
      readonly reference: string;
      readonly sha256: string;
      readonly size: number;
    }
  | {
      readonly type: 'workflow.published';
      readonly versionId: string;
      readonly key: string;
      readonly version: number;
      readonly hash: string;
    }
);

const moveSchema = z.object({ events: z.array(z.looseObject({ type: z.string() })) });
const endedSchema = z.object({ outcome: z.string() });
const openedSchema = z.object({ task: z.object({ key: z.string() }) });
const closedSchema = z.object({ key: z.string(), why: z.enum(['done', 'cancelled']) });
const decisionSchema = z.object({
  reference: z.string(),
  run: z.uuid(),
  task: z.uuid(),
  capsule: z.string(),
  outcome: z.string().optional(),
});
const measurementSchema = z.object({
  measurement: z.uuid(),
  state: z.string(),
  windowFrom: z.string(),
  windowTo: z.string(),
  value: z.number(),
});
const packSchema = z.object({
  reference: z.string(),
  sha256: z.string(),
  size: z.int(),
});
const publishedSchema = z.object({ key: z.string(), version: z.int(), hash: z.string() });

/**
 * What an entry of the record means for other systems: nothing, one thing, or several when a run moved.
 * Reads what every version of the product has written; throws on an entry that is none of them.
 */
export function happeningsIn({ id, at, action, entity, entityId, payload }: Entry): Happening[] {
  if (payload === null) return [];
  const around = { entryId: id, at };
  switch (entity) {
    case 'run':
      return inMove(payload).map((body) => ({ ...around, ...body, runId: entityId }));
    case 'decision': {
      if (action !== 'decision.recorded') return [];
      const { run, task, outcome = null, ...rest } = decisionSchema.parse(JSON.parse(payload));
      const ids = { decisionId: entityId, runId: run, taskId: task };
      return [{ ...around, type: 'decision.recorded', ...ids, ...rest, outcome }];
    }
    case 'monitor': {
      if (action !== 'measurement.recorded') return [];
      const { state, measurement, ...rest } = measurementSchema.parse(JSON.parse(payload));
      if (state !== 'breach') return [];
      const found = { id: measurement, ...rest };
      return [{ ...around, type: 'breach.found', monitorId: entityId, measurement: found }];
    }
    case 'export': {
      if (action !== 'export.made') return [];
      const pack = packSchema.parse(JSON.parse(payload));
      return [{ ...around, type: 'evidence-pack.made', packId: entityId, ...pack }];
    }
    case 'workflow-version': {
      if (action !== 'workflow.published') return [];
      const version = publishedSchema.parse(JSON.parse(payload));
      return [{ ...around, type: 'workflow.published', versionId: entityId, ...version }];
    }
    default:
      return [];
  }
}

type InMove = Extract<
  Happening,
  { type: 'run.started' | 'run.ended' | 'task.opened' | 'task.closed' }
>;
type Body<T> = T extends unknown ? Omit<T, 'entryId' | 'at' | 'runId'> : never;

function inMove(payload: string): Body<InMove>[] {
  // Entries about a run that did not move it, such as a request to repair it, have no events.
  const move = moveSchema.safeParse(JSON.parse(payload));
  if (!move.success) return [];
  return move.data.events.flatMap((event): Body<InMove>[] => {
    switch (event.type) {
      case 'run-started':
        return [{ type: 'run.started' }];
      case 'run-ended':
        return [{ type: 'run.ended', status: 'ended', ...endedSchema.parse(event) }];
      case 'run-cancelled':
        return [{ type: 'run.ended', status: 'cancelled', outcome: null }];
      case 'task-opened':
        return [{ type: 'task.opened', taskKey: openedSchema.parse(event).task.key }];
      case 'task-closed': {
        const { key, why } = closedSchema.parse(event);
        return [{ type: 'task.closed', taskKey: key, why }];
      }
      default:
        return [];
    }
  });
}
