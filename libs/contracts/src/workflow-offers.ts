import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';
import { comparedVersionSchema, workflowDifferenceSchema } from './workflow-publishing.ts';
import {
  definitionDocumentSchema,
  layoutSchema,
  versionNumberSchema,
  workflowOriginSchema,
  workflowProblemSchema,
} from './workflows.ts';

export const OFFER_STATUSES = ['open', 'accepted', 'declined', 'withdrawn', 'replaced'] as const;

/** A version that the firm of this client offers to it. */
export const workflowOfferSchema = z
  .object({
    id: idSchema,
    firm: z.object({ id: idSchema, name: z.string() }),
    key: z.string(),
    name: z.string(),
    purpose: z.string(),
    /** The number that it has in the firm's library. */
    version: z.int(),
    hash: z.string(),
    note: z.string(),
    status: z.enum(OFFER_STATUSES),
    offeredBy: personRefSchema,
    offeredAt: z.iso.datetime(),
    answeredBy: personRefSchema.nullable(),
    answeredAt: z.iso.datetime().nullable(),
    /** Why it was declined. */
    reason: z.string().nullable(),
    /** The client's version that came of it. */
    publishedVersion: z.int().nullable(),
  })
  .meta({ id: 'WorkflowOffer' });
export type WorkflowOffer = z.infer<typeof workflowOfferSchema>;

/** With what it would change here, as found right now. */
export const workflowOfferDetailSchema = workflowOfferSchema
  .extend({
    definition: definitionDocumentSchema,
    layout: layoutSchema,
    /** What this client runs now; null when it has no such workflow. */
    current: z
      .object({ version: z.int(), hash: z.string(), origin: workflowOriginSchema })
      .nullable(),
    /** To what this client runs now. */
    difference: workflowDifferenceSchema.nullable(),
    /** The client edited its version itself: accepting must say that it is to be replaced. */
    replacesOwn: z.boolean(),
    problems: z.array(workflowProblemSchema),
  })
  .meta({ id: 'WorkflowOfferDetail' });
export type WorkflowOfferDetail = z.infer<typeof workflowOfferDetailSchema>;

export const offersQuerySchema = pageQuerySchema.extend({
  status: z.enum(OFFER_STATUSES).optional(),
});
export type OffersQuery = z.infer<typeof offersQuerySchema>;

export const acceptOfferSchema = z
  .strictObject({
    /** Every warning that was read, by code and place. */
    acknowledged: z
      .array(z.strictObject({ code: z.string().max(100), place: z.string().max(1000) }))
      .max(2000)
      .default([]),
    replaceOwn: z.boolean().default(false),
  })
  .meta({ id: 'AcceptWorkflowOffer' });
export type AcceptOffer = z.infer<typeof acceptOfferSchema>;

export const declineOfferSchema = z
  .strictObject({ reason: z.string().trim().min(1, 'Say why: the firm reads it.').max(4000) })
  .meta({ id: 'DeclineWorkflowOffer' });
export type DeclineOffer = z.infer<typeof declineOfferSchema>;

/** Offers a version of the firm's library to clients that let the asking adviser in. */
export const offerWorkflowSchema = z
  .strictObject({
    version: versionNumberSchema,
    clients: z.array(idSchema).min(1, 'Choose at least one client.').max(200),
    note: z.string().trim().max(4000).default(''),
  })
  .meta({ id: 'OfferWorkflow' });
export type OfferWorkflow = z.infer<typeof offerWorkflowSchema>;

export const withdrawOffersSchema = z
  .strictObject({ clients: z.array(idSchema).min(1, 'Choose at least one client.').max(200) })
  .meta({ id: 'WithdrawWorkflowOffers' });
export type WithdrawOffers = z.infer<typeof withdrawOffersSchema>;

/** What one client of the firm does with a workflow of its library. */
export const clientAdoptionSchema = z
  .object({
    client: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
    /**
     * `newest` and `earlier`: a version of the firm's library. `standard`: as the product brings it.
     * `own`: a version that the client edited itself. `none`: no version that takes new runs.
     */
    runs: z.enum(['newest', 'earlier', 'standard', 'own', 'none']),
    /** Its number in the firm's library; null when it is none of the firm's. */
    version: z.int().nullable(),
    /** Its number at the client. */
    clientVersion: z.int().nullable(),
    publishedAt: z.iso.datetime().nullable(),
    runsLive: z.int(),
    /** The newest offer. */
    offer: z
      .object({
        version: z.int(),
        status: z.enum(OFFER_STATUSES),
        offeredAt: z.iso.datetime(),
        answeredAt: z.iso.datetime().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
    /** Whether the asking adviser may offer there. */
    mayOffer: z.boolean(),
  })
  .meta({ id: 'ClientAdoption' });
export type ClientAdoption = z.infer<typeof clientAdoptionSchema>;

export const adoptionSchema = z
  .object({ newest: z.int().nullable(), clients: z.array(clientAdoptionSchema) })
  .meta({ id: 'WorkflowAdoption' });
export type Adoption = z.infer<typeof adoptionSchema>;

/** The difference between what a client runs and the firm's draft or version, before offering. */
export const clientDifferenceQuerySchema = z.object({ version: comparedVersionSchema });
export type ClientDifferenceQuery = z.infer<typeof clientDifferenceQuerySchema>;
