import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

export const EXPORT_STATES = [
  'waiting',
  'running',
  'done',
  'failed',
  'cancelled',
  'expired',
] as const;

/** An evidence pack being made or ready. */
export const exportSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    scope: z.enum(['ai-system', 'client']),
    aiSystem: z.object({ id: idSchema, reference: z.string(), name: z.string() }).nullable(),
    state: z.enum(EXPORT_STATES),
    progress: z.object({ phase: z.string(), done: z.int(), total: z.int() }).nullable(),
    fileName: z.string().nullable(),
    size: z.int().nullable(),
    sha256: z.string().nullable(),
    files: z.int().nullable(),
    /** What could not be included, and why. */
    gaps: z.array(z.object({ what: z.string(), why: z.string() })),
    failure: z.string().nullable(),
    downloads: z.int(),
    createdBy: personRefSchema,
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Export' });
export type Export = z.infer<typeof exportSchema>;

export const createExportSchema = z
  .strictObject({ aiSystemId: idSchema.nullable().default(null) })
  .meta({ id: 'CreateExport' });
export type CreateExport = z.infer<typeof createExportSchema>;

export const exportsQuerySchema = pageQuerySchema.extend({ aiSystem: idSchema.optional() });
export type ExportsQuery = z.infer<typeof exportsQuerySchema>;
