import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

/** One entry of the record, as a reader of the organisation sees it. */
export const recordEventSchema = z
  .object({
    id: idSchema,
    at: z.iso.datetime(),
    action: z.string(),
    entity: z.string(),
    entityId: z.string(),
    by: personRefSchema.nullable(),
    /** Null once the payload has been erased; the entry stays. */
    payload: z.unknown(),
    /** Its place in the log; null until the notary has placed it. */
    index: z.int().nullable(),
  })
  .meta({ id: 'RecordEvent' });
export type RecordEvent = z.infer<typeof recordEventSchema>;

export const recordQuerySchema = pageQuerySchema.extend({
  entity: z.string().max(60).optional(),
  entityId: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
});
export type RecordQuery = z.infer<typeof recordQuerySchema>;

/** What a walk over the whole log found. */
export const recordVerdictSchema = z
  .object({
    ok: z.boolean(),
    entries: z.int(),
    /** Entries that wait for the notary. */
    waiting: z.int(),
    size: z.int(),
    epoch: z.int(),
    /** Signed note of the newest head. */
    checkpoint: z.string().nullable(),
    checkedAt: z.iso.datetime(),
    problems: z.array(z.object({ what: z.string(), where: z.string() })),
  })
  .meta({ id: 'RecordVerdict' });
export type RecordVerdict = z.infer<typeof recordVerdictSchema>;
