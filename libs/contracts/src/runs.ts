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
    suspendedSince: z.iso.datetime().nullable(),
    /** People, or roles in words, whom it waits for now. */
    waitingFor: z.array(z.string()),
    /** Why somebody should look at it, the worst first; empty when all is well. */
    problems: z.array(
      z.object({
        kind: z.enum(['trouble', 'set-aside', 'nobody', 'late']),
        text: z.string(),
      }),
    ),
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
    /** When it was last left, and how many seconds that visit took. */
    finishedAt: z.iso.datetime().nullable(),
    tookSeconds: z.int().nullable(),
    /** How often control is here now, and since when the longest. */
    here: z.object({ count: z.int(), since: z.iso.datetime() }).nullable(),
    dueAt: z.iso.datetime().nullable(),
    who: z.array(personRefSchema),
    /** Attached while doing it; empty for whoever may not read evidence. */
    evidence: z.array(z.object({ id: idSchema, reference: z.string(), shows: z.string() })),
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

/** A place where control is; `key` is what a repair moves it from. */
export const runTokenSchema = z
  .object({ key: z.string(), step: z.string(), stepName: z.string(), since: z.iso.datetime() })
  .meta({ id: 'RunToken' });
export type RunToken = z.infer<typeof runTokenSchema>;

/** Something that a run waits for; `key` is what a repair skips or tries again. */
export const runWaitSchema = z
  .object({
    key: z.string(),
    kind: z.enum(['task', 'time', 'limit', 'escalation', 'workflow', 'signal']),
    step: z.string(),
    stepName: z.string(),
    what: z.string(),
    dueAt: z.iso.datetime().nullable(),
    taskId: idSchema.nullable(),
    /** On hold since. */
    heldSince: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RunWait' });
export type RunWait = z.infer<typeof runWaitSchema>;

const factSchema = z.object({ name: z.string(), label: z.string(), value: z.string() });

export const runSchema = runRowSchema
  .extend({
    hash: z.string(),
    steps: z.array(runStepSchema),
    entries: z.array(runEntrySchema),
    facts: z.array(factSchema),
    tokens: z.array(runTokenSchema),
    waits: z.array(runWaitSchema),
    /** Repairs that a second person must confirm. */
    repairsAsked: z.int(),
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

/**
 * `GET runs/<id>/at/<seq>`: the run as it was right after its entry `seq`, for going back and forth in
 * its history. Decisions that are blind stay so.
 */
export const runMomentSchema = z
  .object({
    seq: z.int(),
    /** The number of the last entry. */
    last: z.int(),
    at: z.iso.datetime(),
    /** What had just happened, in words; null for the machinery between. */
    text: z.string().nullable(),
    status: z.enum(['running', 'ended', 'cancelled']),
    suspended: z.boolean(),
    steps: z.array(runStepSchema),
    tokens: z.array(runTokenSchema),
    waits: z.array(runWaitSchema),
    facts: z.array(factSchema.extend({ changed: z.boolean() })),
  })
  .meta({ id: 'RunMoment' });
export type RunMoment = z.infer<typeof runMomentSchema>;

/** `GET runs/<id>/data`: what each step changed in the data of a run, in order. */
export const runDataSchema = z
  .object({
    changes: z.array(
      z.object({
        seq: z.int(),
        at: z.iso.datetime(),
        step: z.string().nullable(),
        stepName: z.string().nullable(),
        by: personRefSchema.nullable(),
        facts: z.array(
          z.object({
            name: z.string(),
            label: z.string(),
            before: z.string().nullable(),
            after: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'RunData' });
export type RunData = z.infer<typeof runDataSchema>;

/** The number of an entry in an address. */
export const seqSchema = z.coerce.number().int().min(1).max(1_000_000);

const yes = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();

export const runsQuerySchema = pageQuerySchema.extend({
  status: z.enum(['running', 'ended', 'cancelled']).optional(),
  workflow: z.string().max(60).optional(),
  version: z.coerce.number().int().positive().optional(),
  aiSystem: idSchema.optional(),
  /** With an open task for this role, or this person. */
  role: z.string().max(60).optional(),
  person: idSchema.optional(),
  late: yes,
  suspended: yes,
  /** That cannot go on by themselves. */
  stuck: yes,
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
