import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

const stepName = z.string().min(1).max(100);

/** How runs under way are to go on by another version of their workflow. */
const moveSchema = z.strictObject({
  /** The version that they are pinned to, and the one that they are to get. */
  from: z.int().min(1).max(100_000),
  to: z.int().min(1).max(100_000),
  /** Where control goes from steps that the new version does not have, or that are begun anew. */
  mapping: z.record(stepName, stepName).default({}),
  /** Values for facts that the new version needs and the runs do not have. */
  facts: z.record(z.string().min(1).max(100), z.unknown()).default({}),
});

export const previewMoveSchema = moveSchema.meta({ id: 'PreviewRunMigration' });
export type PreviewMove = z.infer<typeof previewMoveSchema>;

export const startMoveSchema = moveSchema
  .extend({
    /** All that run at that version now, or some of them. */
    runs: z.union([z.literal('all'), z.array(idSchema).min(1).max(1000)]),
    reason: z.string().trim().min(1, 'Say why: it goes into the record of each run.').max(4000),
  })
  .meta({ id: 'StartRunMigration' });
export type StartMove = z.infer<typeof startMoveSchema>;

const movedRunSchema = z.object({
  id: idSchema,
  aiSystem: z.object({ id: idSchema, reference: z.string(), name: z.string() }),
});

/** What would become of each run. Nothing has changed. */
export const movePreviewSchema = z
  .object({
    /** Runs at that version; the first of them were tried. */
    total: z.int(),
    runs: z.array(
      movedRunSchema.extend({
        ok: z.boolean(),
        /** What changes in it, a line each. */
        changed: z.array(z.string()),
        /** Why it cannot, with the step where it stands if it is about one. */
        reasons: z.array(z.object({ step: z.string().nullable(), reason: z.string() })),
      }),
    ),
  })
  .meta({ id: 'RunMigrationPreview' });
export type MovePreview = z.infer<typeof movePreviewSchema>;

/** A batch that moves runs, each by itself: what cannot be moved stays as it is. */
export const moveJobSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    from: z.int(),
    to: z.int(),
    reason: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    failure: z.string().nullable(),
    createdBy: personRefSchema,
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    total: z.int(),
    moved: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'RunMigration' });
export type MoveJob = z.infer<typeof moveJobSchema>;

export const moveJobDetailSchema = moveJobSchema
  .extend({
    runs: z.array(
      movedRunSchema.extend({
        status: z.enum(['waiting', 'moved', 'refused']),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'RunMigrationDetail' });
export type MoveJobDetail = z.infer<typeof moveJobDetailSchema>;

export const moveJobsSchema = z
  .object({ migrations: z.array(moveJobSchema) })
  .meta({ id: 'RunMigrations' });
export type MoveJobs = z.infer<typeof moveJobsSchema>;
