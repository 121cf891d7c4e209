import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

/** A metric that is watched for one AI system, with its thresholds. */
export const monitorSchema = z
  .object({
    id: idSchema,
    aiSystemId: idSchema,
    /** Key of the metric catalogue. */
    metric: z.string(),
    name: z.string(),
    unit: z.string(),
    /** Which way is bad: a value below, or above, the threshold. */
    direction: z.enum(['at-least', 'at-most']),
    warning: z.number().nullable(),
    breach: z.number(),
    minimumSample: z.int().nullable(),
    every: z.enum(['day', 'week', 'month', 'quarter', 'year']),
    owner: personRefSchema.nullable(),
    state: z.enum(['no-data', 'ok', 'warning', 'breach']),
    /** "At least 0.80, read every month, owned by Tom Reid." */
    rule: z.string(),
    lastAt: z.iso.datetime().nullable(),
    nextDueOn: z.iso.date().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Monitor' });
export type Monitor = z.infer<typeof monitorSchema>;

/** One value for one window. */
export const measurementSchema = z
  .object({
    id: idSchema,
    windowFrom: z.iso.date(),
    windowTo: z.iso.date(),
    value: z.number(),
    sample: z.int().nullable(),
    state: z.enum(['ok', 'warning', 'breach', 'too-few']),
    note: z.string(),
    by: personRefSchema.nullable(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Measurement' });
export type Measurement = z.infer<typeof measurementSchema>;

export const monitorSeriesSchema = monitorSchema
  .extend({ measurements: z.array(measurementSchema) })
  .meta({ id: 'MonitorSeries' });
export type MonitorSeries = z.infer<typeof monitorSeriesSchema>;

export const monitorsQuerySchema = pageQuerySchema.extend({ aiSystem: idSchema.optional() });
export type MonitorsQuery = z.infer<typeof monitorsQuerySchema>;

export const createMonitorSchema = z
  .strictObject({
    aiSystemId: idSchema,
    metric: z.string().min(1).max(60),
    direction: z.enum(['at-least', 'at-most']),
    warning: z.number().nullable().default(null),
    breach: z.number(),
    minimumSample: z.int().positive().nullable().default(null),
    every: z.enum(['day', 'week', 'month', 'quarter', 'year']),
    owner: idSchema.nullable().default(null),
  })
  .meta({ id: 'CreateMonitor' });
export type CreateMonitor = z.infer<typeof createMonitorSchema>;

export const addMeasurementSchema = z
  .strictObject({
    windowFrom: z.iso.date('Enter the first day.'),
    windowTo: z.iso.date('Enter the last day.'),
    value: z.number(),
    sample: z.int().nonnegative().nullable().default(null),
    note: z.string().trim().max(2000).default(''),
  })
  .meta({ id: 'AddMeasurement' });
export type AddMeasurement = z.infer<typeof addMeasurementSchema>;
