import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

const ruleSchema = z.string().regex(/^SOD-\d{2}$/, 'Choose a rule of the list.');

/**
 * `…/exceptions`: a rule of separation of duties that a micro organisation has lifted for a time,
 * with what it does instead. It never holds for high-tier systems.
 */
export const separationExceptionSchema = z
  .object({
    id: idSchema,
    rule: ruleSchema,
    reason: z.string(),
    compensatingControl: z.string(),
    /** The last day on which it holds. */
    expiresOn: z.iso.date(),
    declaredBy: personRefSchema,
    declaredAt: z.iso.datetime(),
    revokedBy: personRefSchema.nullable(),
    revokedAt: z.iso.datetime().nullable(),
    state: z.enum(['in-force', 'expired', 'revoked']),
  })
  .meta({ id: 'SeparationException' });
export type SeparationException = z.infer<typeof separationExceptionSchema>;

/** Every exception ever declared, newest first, and the rules that one can be declared for. */
export const separationExceptionsSchema = z
  .object({
    exceptions: z.array(separationExceptionSchema),
    rules: z.array(z.object({ rule: ruleSchema, says: z.string() })),
    /** Only an organisation of fewer than ten people may declare one. */
    mayDeclare: z.boolean(),
  })
  .meta({ id: 'SeparationExceptions' });
export type SeparationExceptionsAnswer = z.infer<typeof separationExceptionsSchema>;

/** Declared by top management, for 12 months at most. Needs a password entered within five minutes. */
export const declareExceptionSchema = z
  .strictObject({
    rule: ruleSchema,
    reason: z.string().trim().min(1, 'Say why it is needed.').max(4000),
    compensatingControl: z.string().trim().min(1, 'Say what you do instead.').max(4000),
    expiresOn: z.iso.date('Choose a day.'),
  })
  .meta({ id: 'DeclareException' });
export type DeclareException = z.infer<typeof declareExceptionSchema>;
