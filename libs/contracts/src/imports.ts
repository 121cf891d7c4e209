import * as z from 'zod';
import { idSchema, page, pageQuerySchema, personRefSchema } from './paging.ts';

/** Largest inventory file, in bytes. */
export const MAX_IMPORT_BYTES = 50 * 1024 * 1024;

export const IMPORT_STATES = [
  'reading',
  'mapping',
  'checking',
  'checked',
  'committing',
  'done',
  'refused',
  'cancelled',
] as const;

/** Where a column of the file goes: a field of the AI system, its identity, its organisation, or nowhere. */
export const columnMappingSchema = z.object({
  column: z.string(),
  /**
   * A field key, `name`, `stage`, `tier`, `impacting`, `organisation`, `external-id`, `extra` (kept as
   * it stands), or null to leave it out.
   */
  target: z.string().nullable(),
  /** Their values → our option keys; a value that is missing here is a problem of its row. */
  values: z.record(z.string(), z.string().nullable()).default({}),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

export const importMappingSchema = z
  .strictObject({
    columns: z.array(columnMappingSchema).min(1).max(500),
    /** Columns that name a row when there is no external id, for example agency, bureau, name. */
    identity: z.array(z.string()).max(10).default([]),
    /** Create client organisations that the file names and the firm does not have. */
    createOrganisations: z.boolean().default(false),
  })
  .meta({ id: 'ImportMapping' });
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** One thing wrong with one row; the row number is the file's own, header = 1. */
export const rowProblemSchema = z
  .object({
    row: z.int(),
    column: z.string().nullable(),
    value: z.string().nullable(),
    severity: z.enum(['error', 'warning']),
    problem: z.string(),
    cure: z.string(),
  })
  .meta({ id: 'RowProblem' });
export type RowProblem = z.infer<typeof rowProblemSchema>;

export const importSchema = z
  .object({
    id: idSchema,
    state: z.enum(IMPORT_STATES),
    fileName: z.string(),
    size: z.int(),
    sha256: z.string(),
    encoding: z.string().nullable(),
    sheet: z.string().nullable(),
    rows: z.int().nullable(),
    columns: z.array(
      z.object({
        name: z.string(),
        /** A few values as they stand in the file. */
        samples: z.array(z.string()),
        /** Distinct values with counts when there are few enough to map. */
        distinct: z.array(z.object({ value: z.string(), count: z.int() })).nullable(),
        suggestion: z.string().nullable(),
      }),
    ),
    mapping: importMappingSchema.nullable(),
    progress: z.object({ phase: z.string(), done: z.int(), total: z.int() }).nullable(),
    /** What a dry run found, and afterwards what the commit did. */
    outcome: z
      .object({
        create: z.int(),
        update: z.int(),
        unchanged: z.int(),
        incomplete: z.int(),
        errors: z.int(),
        warnings: z.int(),
        organisations: z.int(),
        newOrganisations: z.array(z.string()),
        /** Systems that touch people's rights or safety, by the file's own words. */
        impacting: z.int(),
      })
      .nullable(),
    /** First problems; all of them are in the CSV. */
    problems: z.array(rowProblemSchema),
    refusal: z.string().nullable(),
    startedBy: personRefSchema.nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Import' });
export type Import = z.infer<typeof importSchema>;

/** A mapping that was kept for the next file of the same shape. */
export const savedMappingSchema = z
  .object({ id: idSchema, name: z.string(), mapping: importMappingSchema })
  .meta({ id: 'SavedMapping' });
export type SavedMapping = z.infer<typeof savedMappingSchema>;

export const saveMappingSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(100),
    mapping: importMappingSchema,
  })
  .meta({ id: 'SaveMapping' });
export type SaveMapping = z.infer<typeof saveMappingSchema>;

export const savedMappingsSchema = z
  .object({ items: z.array(savedMappingSchema) })
  .meta({ id: 'SavedMappings' });
export type SavedMappings = z.infer<typeof savedMappingsSchema>;

/** One line of the list of imports. */
export const importRowSchema = importSchema
  .pick({ id: true, state: true, fileName: true, rows: true, outcome: true, refusal: true })
  .extend(importSchema.pick({ startedBy: true, createdAt: true, finishedAt: true }).shape)
  .meta({ id: 'ImportRow' });
export type ImportRow = z.infer<typeof importRowSchema>;

export const importsQuerySchema = pageQuerySchema.meta({ id: 'ImportsQuery' });
export const importsSchema = page(importRowSchema).meta({ id: 'Imports' });

/** Where a column may go, for choosing: `values` when the column's values must become one of these. */
export const importTargetSchema = z.object({
  key: z.string(),
  label: z.string(),
  options: z.array(z.object({ key: z.string(), label: z.string() })).nullable(),
  /** Several columns may go here. */
  many: z.boolean(),
});
export const importTargetsSchema = z
  .object({ items: z.array(importTargetSchema) })
  .meta({ id: 'ImportTargets' });
export type ImportTargets = z.infer<typeof importTargetsSchema>;
