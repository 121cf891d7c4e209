import * as z from 'zod';
import { idSchema, page, pageQuerySchema, personRefSchema } from './paging.ts';

/** Largest uploaded file, in bytes. */
export const MAX_EVIDENCE_BYTES = 25 * 1024 * 1024;

/** A file or link that shows something: content hash, the period it covers, and what it is used for. */
export const evidenceItemSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    /** "What does this show?" in the words of who added it. */
    shows: z.string(),
    fileName: z.string().nullable(),
    mediaType: z.string().nullable(),
    size: z.int().nullable(),
    /** Lower-case hex; null for a link. */
    sha256: z.string().nullable(),
    link: z.string().nullable(),
    periodFrom: z.iso.date().nullable(),
    periodTo: z.iso.date().nullable(),
    aiSystemId: idSchema.nullable(),
    runId: idSchema.nullable(),
    /** Clauses and controls that it serves, by number. */
    requirements: z.array(z.string()),
    addedBy: personRefSchema,
    addedAt: z.iso.datetime(),
    version: z.int(),
    /** Earlier versions of the same item, newest first. */
    supersedes: z.array(z.object({ version: z.int(), sha256: z.string(), at: z.iso.datetime() })),
  })
  .meta({ id: 'EvidenceItem' });
export type EvidenceItem = z.infer<typeof evidenceItemSchema>;

/** The multipart fields beside `file` of an upload. */
export const addEvidenceSchema = z
  .strictObject({
    shows: z.string().trim().min(1, 'Say what this shows.').max(500),
    aiSystemId: idSchema.optional(),
    taskId: idSchema.optional(),
    link: z.url().max(2000).optional(),
    periodFrom: z.iso.date('Enter a date.').optional(),
    periodTo: z.iso.date('Enter a date.').optional(),
    requirements: z.string().max(1000).optional(),
  })
  .meta({ id: 'AddEvidence' });
export type AddEvidence = z.infer<typeof addEvidenceSchema>;

export const evidenceQuerySchema = pageQuerySchema.extend({
  q: z.string().max(200).optional(),
  aiSystem: idSchema.optional(),
  requirement: z.string().max(30).optional(),
});
export type EvidenceQuery = z.infer<typeof evidenceQuerySchema>;

export const evidenceItemsSchema = page(evidenceItemSchema).meta({ id: 'EvidenceItems' });

/** The multipart fields beside `file` of a newer version. */
export const supersedeEvidenceSchema = z
  .strictObject({ link: z.url().max(2000).optional() })
  .meta({ id: 'SupersedeEvidence' });

/** Which version of the file; the current one when it is left out. */
export const evidenceDownloadQuerySchema = z
  .object({ version: z.coerce.number().int().min(1).optional() })
  .meta({ id: 'EvidenceDownloadQuery' });
export type EvidenceDownloadQuery = z.infer<typeof evidenceDownloadQuerySchema>;
