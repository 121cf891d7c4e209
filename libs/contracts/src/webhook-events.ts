import * as z from 'zod';
import { idSchema } from './paging.ts';
import { WEBHOOK_TEST } from './webhooks.ts';

/** Raised when a receiver that reads the old shape would misread the new one. Additions do not. */
export const WEBHOOK_CONTRACT = 1;

const runSchema = z.object({
  id: idSchema,
  /** Counted within its AI system. */
  number: z.int(),
  workflow: z.object({ key: z.string(), name: z.string(), version: z.int() }),
  /** Where a person with access can look at it. */
  url: z.url(),
});
const aiSystemSchema = z.object({
  id: idSchema,
  reference: z.string(),
  name: z.string(),
  url: z.url(),
});
const taskSchema = z.object({
  id: idSchema,
  reference: z.string(),
  title: z.string(),
  type: z.enum(['form', 'task', 'approval']),
  /** The role that is asked. */
  role: z.string(),
  dueAt: z.iso.datetime().nullable(),
  url: z.url(),
});

const dataOf = {
  'run.started': z.object({ run: runSchema, aiSystem: aiSystemSchema }),
  'run.ended': z.object({
    run: runSchema,
    aiSystem: aiSystemSchema,
    status: z.enum(['ended', 'cancelled']),
    /** Null when it was cancelled. */
    outcome: z.string().nullable(),
  }),
  'task.opened': z.object({ task: taskSchema, run: runSchema, aiSystem: aiSystemSchema }),
  'task.closed': z.object({
    task: taskSchema,
    run: runSchema,
    aiSystem: aiSystemSchema,
    why: z.enum(['done', 'cancelled']),
  }),
  'decision.recorded': z.object({
    decision: z.object({
      id: idSchema,
      reference: z.string(),
      /** Key of the outcome; null where votes are secret until the matter is settled. */
      outcome: z.string().nullable(),
      /** SHA-256 of what was decided on, as an evidence pack carries it. */
      capsule: z.string(),
      url: z.url(),
    }),
    task: taskSchema,
    run: runSchema,
    aiSystem: aiSystemSchema,
  }),
  'breach.found': z.object({
    monitor: z.object({ id: idSchema, metric: z.string(), segment: z.string(), url: z.url() }),
    measurement: z.object({
      id: idSchema,
      windowFrom: z.iso.date(),
      windowTo: z.iso.date(),
      value: z.number(),
    }),
    aiSystem: aiSystemSchema,
  }),
  'evidence-pack.made': z.object({
    pack: z.object({
      id: idSchema,
      reference: z.string(),
      /** Of the ZIP file. */
      sha256: z.string(),
      size: z.int(),
      url: z.url(),
    }),
    /** Null when it is about the whole client. */
    aiSystem: aiSystemSchema.nullable(),
  }),
  'workflow.published': z.object({
    workflow: z.object({
      key: z.string(),
      name: z.string(),
      version: z.int(),
      hash: z.string(),
      url: z.url(),
    }),
  }),
  [WEBHOOK_TEST]: z.object({ webhook: z.object({ id: idSchema, url: z.url() }) }),
} as const;

const around = {
  /** When it happened. */
  timestamp: z.iso.datetime(),
  version: z.literal(WEBHOOK_CONTRACT),
  organisation: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
  /** The entry of the record that says so, for a proof; null for a test. */
  recordEntry: idSchema.nullable(),
};

const eventOf = <K extends keyof typeof dataOf>(type: K) =>
  z.object({ type: z.literal(type), ...around, data: dataOf[type] });

/** The body of a call. Receivers ignore what they do not know: fields are added without notice. */
export const webhookEventSchema = z.discriminatedUnion('type', [
  eventOf('run.started'),
  eventOf('run.ended'),
  eventOf('task.opened'),
  eventOf('task.closed'),
  eventOf('decision.recorded'),
  eventOf('breach.found'),
  eventOf('evidence-pack.made'),
  eventOf('workflow.published'),
  eventOf(WEBHOOK_TEST),
]);
export type WebhookEvent = z.infer<typeof webhookEventSchema>;
