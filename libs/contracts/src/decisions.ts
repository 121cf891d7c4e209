import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

/** What an approver recorded. */
export const decisionSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    aiSystem: z.object({ id: idSchema, reference: z.string(), name: z.string() }),
    question: z.string(),
    outcome: z.string(),
    effect: z.enum(['approve', 'approve-with-conditions', 'ask-for-changes', 'reject', 'stop']),
    reason: z.string(),
    conditions: z.array(z.object({ text: z.string(), owner: personRefSchema, due: z.iso.date() })),
    by: personRefSchema,
    /** The absent person for whom a substitute decided. */
    onBehalfOf: personRefSchema.nullable(),
    role: z.string(),
    at: z.iso.datetime(),
    runId: idSchema,
    workflow: z.object({ key: z.string(), name: z.string(), version: z.int(), hash: z.string() }),
    /** SHA-256 over the canonical capsule: what was decided on, frozen. */
    capsuleHash: z.string(),
    recordEventId: idSchema,
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof decisionSchema>;

/** With the capsule itself. */
export const decisionCapsuleSchema = decisionSchema
  .extend({ capsule: z.record(z.string(), z.unknown()) })
  .meta({ id: 'DecisionCapsule' });
export type DecisionCapsule = z.infer<typeof decisionCapsuleSchema>;

export const decisionsQuerySchema = pageQuerySchema.extend({ aiSystem: idSchema.optional() });
export type DecisionsQuery = z.infer<typeof decisionsQuerySchema>;
