import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

const subject = z.object({ id: idSchema, reference: z.string(), name: z.string() });

/** One running or finished instance of a workflow version about one AI system. */
export const runRowSchema = z
  .object({
    id: idSchema,
    workflow: z.object({ key: z.string(), name: z.string(), version: z.int() }),
    aiSystem: subject,
    status: z.enum(['running', 'ended', 'cancelled']),
    outcome: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    /** "Waiting for Priya Shah to decide “Go live?” since 19 November 2026, due 25 November 2026." */
    sentence: z.string(),
    late: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'RunRow' });
export type RunRow = z.infer<typeof runRowSchema>;

/** One entry of a run's history, in words. */
export const runEntrySchema = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    type: z.string(),
    step: z.string().nullable(),
    stepName: z.string().nullable(),
    by: personRefSchema.nullable(),
    /** An adviser's entries carry their firm's name for ever. */
    firm: z.string().nullable(),
    text: z.string(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'RunEntry' });
export type RunEntry = z.infer<typeof runEntrySchema>;

/** What is the state of each step: for the graph and for the table beside it. */
export const runStepSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    stage: z.string(),
    type: z.string(),
    state: z.enum(['ahead', 'waiting', 'done', 'skipped']),
    visits: z.int(),
    since: z.iso.datetime().nullable(),
    dueAt: z.iso.datetime().nullable(),
    who: z.array(personRefSchema),
    /** Where control can go next, with the label of the way. */
    next: z.array(z.object({ to: z.string(), label: z.string().nullable(), taken: z.boolean() })),
  })
  .meta({ id: 'RunStep' });
export type RunStep = z.infer<typeof runStepSchema>;

/** Work of a run that failed too often and waits for `POST runs/<id>/retry`. */
export const stuckWorkSchema = z
  .object({
    kind: z.enum(['timer', 'message']),
    what: z.string(),
    reason: z.string(),
    since: z.iso.datetime(),
  })
  .meta({ id: 'StuckWork' });
export type StuckWork = z.infer<typeof stuckWorkSchema>;

export const runSchema = runRowSchema
  .extend({
    hash: z.string(),
    steps: z.array(runStepSchema),
    entries: z.array(runEntrySchema),
    facts: z.array(z.object({ name: z.string(), label: z.string(), value: z.string() })),
    tasks: z.array(
      z.object({
        id: idSchema,
        title: z.string(),
        waitingFor: z.string(),
        dueAt: z.iso.datetime().nullable(),
      }),
    ),
    children: z.array(z.object({ id: idSchema, workflow: z.string(), status: z.string() })),
    parent: z.object({ id: idSchema, workflow: z.string() }).nullable(),
    stuck: z.array(stuckWorkSchema),
  })
  .meta({ id: 'Run' });
export type Run = z.infer<typeof runSchema>;

export const runsQuerySchema = pageQuerySchema.extend({
  status: z.enum(['running', 'ended', 'cancelled']).optional(),
  workflow: z.string().max(60).optional(),
  aiSystem: idSchema.optional(),
});
export type RunsQuery = z.infer<typeof runsQuerySchema>;

/** Starts a workflow about an AI system, when its lifecycle allows it. */
export const startRunSchema = z
  .strictObject({ workflow: z.string().min(1).max(60), aiSystemId: idSchema })
  .meta({ id: 'StartRun' });
export type StartRun = z.infer<typeof startRunSchema>;

export const cancelRunSchema = z
  .strictObject({ reason: z.string().trim().min(1, 'Say why.').max(4000) })
  .meta({ id: 'CancelRun' });
export type CancelRun = z.infer<typeof cancelRunSchema>;
