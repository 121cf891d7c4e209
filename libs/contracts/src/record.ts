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

/** The newest signed head of the record, and what waits for one. */
export const recordCheckpointSchema = z
  .object({
    /** `forked`: nothing is signed until an operator has opened a new epoch; `reason` says why. */
    state: z.enum(['open', 'forked']),
    reason: z.string().nullable(),
    epoch: z.int(),
    origin: z.string().nullable(),
    size: z.int(),
    /** Lower-case hex. */
    root: z.string().nullable(),
    /** The signed note (C2SP tlog-checkpoint); null before the first. */
    note: z.string().nullable(),
    waiting: z.int(),
  })
  .meta({ id: 'RecordCheckpoint' });
export type RecordCheckpoint = z.infer<typeof recordCheckpointSchema>;

/** Why an entry is in the record. */
export const inclusionProofSchema = z
  .object({
    /** The entry's canonical text: what the log hashes. */
    entry: z.string(),
    index: z.int(),
    size: z.int(),
    /** C2SP tlog-proof@v1, with the signed head. */
    proof: z.string(),
  })
  .meta({ id: 'InclusionProof' });
export type InclusionProof = z.infer<typeof inclusionProofSchema>;

export const consistencyQuerySchema = z.object({
  from: z.coerce.number().int().min(1),
  to: z.coerce.number().int().min(1),
});
export type ConsistencyQuery = z.infer<typeof consistencyQuerySchema>;

/** That the record of `to` entries extends the record of `from` entries. */
export const consistencyProofSchema = z
  .object({
    from: z.int(),
    to: z.int(),
    /** Sibling hashes, standard Base64 (RFC 9162 §2.1.4). */
    hashes: z.array(z.string()),
  })
  .meta({ id: 'ConsistencyProof' });
export type ConsistencyProof = z.infer<typeof consistencyProofSchema>;

/** The keys that packs and heads of the record are checked with: PEM, Ed25519. */
export const verificationKeysSchema = z
  .object({ pack: z.string(), record: z.string() })
  .meta({ id: 'VerificationKeys' });
export type VerificationKeys = z.infer<typeof verificationKeysSchema>;
