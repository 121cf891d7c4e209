import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

const reason = z.string().trim().min(1, 'Say why.').max(4000);

/** `POST runs/<id>/suspend`, `…/resume`: with the reason, which stays in the run's history. */
export const pauseRunSchema = z.strictObject({ reason }).meta({ id: 'PauseRun' });
export type PauseRun = z.infer<typeof pauseRunSchema>;

/** `POST runs/<id>/remind`: tells everybody whom the run waits for; of one task, when it is named. */
export const remindRunSchema = z
  .strictObject({ taskId: idSchema.optional() })
  .meta({ id: 'RemindRun' });
export type RemindRun = z.infer<typeof remindRunSchema>;

/** How many people were told; nobody is told of one task twice within an hour. */
export const remindedSchema = z.object({ told: z.int() }).meta({ id: 'Reminded' });
export type Reminded = z.infer<typeof remindedSchema>;

const key = z.string().min(1).max(300);
const stepId = z.string().min(1).max(100);

/**
 * How a run is put right. Keys name what it waits for (`RunWait.key`) or where control is
 * (`RunToken.key`). No repair records an approval.
 */
export const repairActionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('skip'), key, to: stepId.optional() }),
    z.strictObject({ kind: z.literal('move'), from: key, to: stepId }),
    z.strictObject({ kind: z.literal('retry'), key }),
    z.strictObject({ kind: z.literal('set-facts'), facts: z.record(z.string(), z.json()) }),
  ])
  .meta({ id: 'RepairAction' });
export type RepairActionInput = z.infer<typeof repairActionSchema>;

/** `POST runs/<id>/repairs/preview`. */
export const previewRepairSchema = z
  .strictObject({ action: repairActionSchema })
  .meta({ id: 'PreviewRepair' });
export type PreviewRepair = z.infer<typeof previewRepairSchema>;

/** What a repair would do. Nothing is changed. */
export const repairPreviewSchema = z
  .object({
    /** What it does, in words. */
    words: z.string(),
    /** Why it cannot be done from where the run is; null when it can. */
    refusal: z.string().nullable(),
    /** Why a second person must confirm it; null when nobody need. */
    needsTwo: z.string().nullable(),
    /** What happens, in the words of the history. */
    entries: z.array(z.string()),
    /** Names of the steps at which the run waits afterwards. */
    waitsAt: z.array(z.string()),
  })
  .meta({ id: 'RepairPreview' });
export type RepairPreview = z.infer<typeof repairPreviewSchema>;

/** `POST runs/<id>/repairs`. `version` is the run's, as whoever asks saw it. */
export const askRepairSchema = z
  .strictObject({ action: repairActionSchema, reason, version: z.int() })
  .meta({ id: 'AskRepair' });
export type AskRepair = z.infer<typeof askRepairSchema>;

/** A repair of a run: done at once, or asked for until a second person confirms it. */
export const repairSchema = z
  .object({
    id: idSchema,
    runId: idSchema,
    words: z.string(),
    reason: z.string(),
    needsTwo: z.string().nullable(),
    status: z.enum(['asked', 'done', 'turned-down', 'withdrawn']),
    askedBy: personRefSchema,
    askedAt: z.iso.datetime(),
    settledBy: personRefSchema.nullable(),
    settledAt: z.iso.datetime().nullable(),
    settledReason: z.string().nullable(),
    /** The run has moved on since: it can only be turned down, and asked for anew. */
    outdated: z.boolean(),
    /** What the reader may do with it now. */
    can: z.object({ confirm: z.boolean(), turnDown: z.boolean() }),
  })
  .meta({ id: 'Repair' });
export type Repair = z.infer<typeof repairSchema>;

/** `GET runs/<id>/repairs`: newest first. */
export const repairsSchema = z.object({ items: z.array(repairSchema) }).meta({ id: 'Repairs' });
export type Repairs = z.infer<typeof repairsSchema>;

/** `POST runs/<id>/repairs/<repair>/turn-down`; by whoever asked for it, it is withdrawn. */
export const turnDownRepairSchema = z.strictObject({ reason }).meta({ id: 'TurnDownRepair' });
export type TurnDownRepair = z.infer<typeof turnDownRepairSchema>;

const signalName = z
  .string()
  .regex(/^[a-zA-Z][\w.-]{0,99}$/, 'Use letters, digits, dots, - and _, beginning with a letter.');

/** `POST ai-systems/<id>/signals`: tells the runs about an AI system that something has happened. */
export const sendSignalSchema = z
  .strictObject({
    signal: signalName,
    /** The sender's name for it: sent again under it, nothing happens twice. */
    id: z.string().regex(/^[\w.:-]{1,200}$/, 'Use up to 200 letters, digits, ., :, - and _.'),
    facts: z
      .record(z.string().max(100), z.json())
      .refine((facts) => JSON.stringify(facts).length <= 20_000, 'Send 20,000 characters at most.')
      .default({}),
  })
  .meta({ id: 'SendSignal' });
export type SendSignal = z.infer<typeof sendSignalSchema>;

/** A signal that was taken in; it reaches the runs that wait for it within seconds. */
export const sentSignalSchema = z
  .object({
    id: idSchema,
    signal: z.string(),
    sentAt: z.iso.datetime(),
    /** True when it had been sent before under this id. */
    again: z.boolean(),
  })
  .meta({ id: 'SentSignal' });
export type SentSignalAnswer = z.infer<typeof sentSignalSchema>;

/** Which runs, or open tasks of runs, something is done to. Everything given must fit. */
export const bulkFilterSchema = z
  .strictObject({
    workflow: z.string().max(60).optional(),
    version: z.int().optional(),
    aiSystem: idSchema.optional(),
    late: z.boolean().optional(),
    suspended: z.boolean().optional(),
    /** That cannot go on by themselves. */
    stuck: z.boolean().optional(),
    /** Runs with an open task for this role, or this person. */
    role: z.string().max(60).optional(),
    person: idSchema.optional(),
    step: stepId.optional(),
    /** Only these runs. */
    runs: z.array(idSchema).max(1000).optional(),
  })
  .meta({ id: 'BulkFilter' });
export type BulkFilter = z.infer<typeof bulkFilterSchema>;

/** What is done to each. `remind`, `assign` and `due` are about open tasks, the others about runs. */
export const bulkActionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('remind') }),
    z.strictObject({ kind: z.literal('assign'), assignee: idSchema.nullable() }),
    z.strictObject({ kind: z.literal('due'), dueOn: z.iso.date() }),
    z.strictObject({ kind: z.literal('suspend') }),
    z.strictObject({ kind: z.literal('resume') }),
    z.strictObject({ kind: z.literal('cancel') }),
  ])
  .meta({ id: 'BulkAction' });
export type BulkAction = z.infer<typeof bulkActionSchema>;

/** `POST bulk-operations`: chooses, on the server and once and for all. Nothing is done yet. */
export const chooseBulkSchema = z
  .strictObject({ action: bulkActionSchema, filter: bulkFilterSchema, reason })
  .meta({ id: 'ChooseBulk' });
export type ChooseBulk = z.infer<typeof chooseBulkSchema>;

/** One thing done to many: chosen, then started with `POST bulk-operations/<id>/start`. */
export const bulkSchema = z
  .object({
    id: idSchema,
    action: bulkActionSchema,
    reason: z.string(),
    status: z.enum(['chosen', 'running', 'done', 'stopped']),
    /** How many were chosen, and what became of them so far. */
    total: z.int(),
    done: z.int(),
    refused: z.int(),
    askedBy: personRefSchema,
    askedAt: z.iso.datetime(),
    startedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Bulk' });
export type Bulk = z.infer<typeof bulkSchema>;

/** One of those chosen, with its own result. */
export const bulkItemSchema = z
  .object({
    n: z.int(),
    runId: idSchema,
    taskId: idSchema.nullable(),
    label: z.string(),
    status: z.enum(['waiting', 'done', 'refused']),
    /** Why it was refused. */
    message: z.string().nullable(),
    at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BulkItem' });
export type BulkItem = z.infer<typeof bulkItemSchema>;

export const bulkItemsQuerySchema = pageQuerySchema.extend({
  status: z.enum(['waiting', 'done', 'refused']).optional(),
});
export type BulkItemsQuery = z.infer<typeof bulkItemsQuerySchema>;
