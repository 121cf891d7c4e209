import * as z from 'zod';
import { idSchema, page, pageQuerySchema, personRefSchema } from './paging.ts';

/** What other systems can be told of. The contract of each is in webhook-events. */
export const WEBHOOK_EVENT_TYPES = [
  'run.started',
  'run.ended',
  'task.opened',
  'task.closed',
  'decision.recorded',
  'breach.found',
  'evidence-pack.made',
  'workflow.published',
] as const;
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number];

/** What happens in a firm's own organisation: AI systems and their runs are their clients'. */
export const FIRM_WEBHOOK_EVENT_TYPES = [
  'workflow.published',
] as const satisfies readonly WebhookEventType[];

/** The type of an event that somebody sends to try an endpoint out. */
export const WEBHOOK_TEST = 'webhook.test';

/** The most endpoints that an organisation has. */
export const WEBHOOKS_AT_MOST = 20;

/** How a call ended: delivered, answered with another status than 2xx, or not answered at all. */
export const CALL_OUTCOMES = [
  'delivered',
  'answered',
  'not-allowed',
  'name',
  'not-public',
  'certificate',
  'connection',
  'timeout',
  /** The worker ended in the middle; the call may have arrived. */
  'unknown',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why an endpoint is off: a person did it, it failed for days, or it answered that it is gone. */
export const WEBHOOK_OFF = ['person', 'failing', 'gone'] as const;

/** `…/webhooks`: an address of another system that is told what happens here. */
export const webhookSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    description: z.string(),
    types: z.array(z.enum(WEBHOOK_EVENT_TYPES)),
    /** Null while it is on. */
    off: z.object({ at: z.iso.datetime(), why: z.enum(WEBHOOK_OFF) }).nullable(),
    /** Since when every call has failed; null after one that arrived. */
    failingSince: z.iso.datetime().nullable(),
    /** Of the last 30 days. */
    deliveries: z.object({ pending: z.int(), delivered: z.int(), failed: z.int() }),
    /** When the newest event arrived there. */
    lastDeliveredAt: z.iso.datetime().nullable(),
    secretSince: z.iso.datetime(),
    /** Until when calls are signed with the secret before, too. */
    oldSecretUntil: z.iso.datetime().nullable(),
    createdBy: personRefSchema,
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof webhookSchema>;

export const webhooksSchema = z.object({ webhooks: z.array(webhookSchema) }).meta({
  id: 'Webhooks',
});
export type WebhooksAnswer = z.infer<typeof webhooksSchema>;

const urlSchema = z
  .string()
  .trim()
  .min(1, 'Enter the address.')
  .max(2000, 'Use an address of at most 2000 characters.');
const descriptionSchema = z.string().trim().max(200, 'Use at most 200 characters.');
const typesSchema = z
  .array(z.enum(WEBHOOK_EVENT_TYPES))
  .min(1, 'Choose at least one event.')
  .transform((types) => WEBHOOK_EVENT_TYPES.filter((type) => types.includes(type)));

/** Needs a password entered within five minutes. */
export const createWebhookSchema = z
  .strictObject({
    url: urlSchema,
    description: descriptionSchema.default(''),
    types: typesSchema,
  })
  .meta({ id: 'CreateWebhook' });
export type CreateWebhook = z.infer<typeof createWebhookSchema>;

/** Another `url` needs a password entered within five minutes. */
export const changeWebhookSchema = z
  .strictObject({
    url: urlSchema.optional(),
    description: descriptionSchema.optional(),
    types: typesSchema.optional(),
    on: z.boolean().optional(),
  })
  .meta({ id: 'ChangeWebhook' });
export type ChangeWebhook = z.infer<typeof changeWebhookSchema>;

/** The endpoint with the secret that signs its calls, `whsec_…`: shown once. */
export const webhookWithSecretSchema = webhookSchema
  .extend({ secret: z.string() })
  .meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

/** Needs a password entered within five minutes. */
export const rollSecretSchema = z
  .strictObject({
    /** Stop signing with the old secret at once, because somebody else knows it; else after 24 hours. */
    endOldNow: z.boolean().default(false),
  })
  .meta({ id: 'RollSecret' });
export type RollSecret = z.infer<typeof rollSecretSchema>;

/** One event on its way to one endpoint. */
export const deliverySchema = z
  .object({
    id: idSchema,
    /** What the call carries as `webhook-id`: the same at each attempt and each endpoint. */
    eventId: idSchema,
    type: z.enum([...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST]),
    happenedAt: z.iso.datetime(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    /** When it is tried next; null when it is not. */
    nextAt: z.iso.datetime().nullable(),
    last: z
      .object({
        at: z.iso.datetime(),
        outcome: z.enum(CALL_OUTCOMES),
        /** The HTTP status; null without an answer. */
        status: z.int().nullable(),
      })
      .nullable(),
    /** Why it is not tried any more, when it failed. */
    gaveUp: z.enum(['tried-enough', 'switched-off']).nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.infer<typeof deliverySchema>;

export const deliveriesSchema = page(deliverySchema).meta({ id: 'WebhookDeliveries' });
export type DeliveriesAnswer = z.infer<typeof deliveriesSchema>;

export const deliveriesQuerySchema = pageQuerySchema.extend({
  state: z.enum(DELIVERY_STATES).optional(),
  type: z.enum([...WEBHOOK_EVENT_TYPES, WEBHOOK_TEST]).optional(),
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;

export const attemptSchema = z
  .object({
    n: z.int(),
    at: z.iso.datetime(),
    milliseconds: z.int(),
    outcome: z.enum(CALL_OUTCOMES),
    status: z.int().nullable(),
    /** The beginning of what the other side answered. */
    excerpt: z.string(),
  })
  .meta({ id: 'WebhookAttempt' });
export type WebhookAttempt = z.infer<typeof attemptSchema>;

export const deliveryDetailSchema = deliverySchema
  .extend({
    /** Exactly what is sent. */
    body: z.string(),
    made: z.array(attemptSchema),
  })
  .meta({ id: 'WebhookDeliveryDetail' });
export type DeliveryDetail = z.infer<typeof deliveryDetailSchema>;
