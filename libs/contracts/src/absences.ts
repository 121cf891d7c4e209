import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

/** A time in which somebody is away and another person stands in for them. */
export const absenceSchema = z
  .object({
    id: idSchema,
    person: personRefSchema,
    substitute: personRefSchema,
    /** First and last day away, in the organisation's time zone. */
    from: z.iso.date(),
    until: z.iso.date(),
    /** What the substitute stands in for; null for all of it. */
    workflows: z.array(z.object({ key: z.string(), name: z.string() })).nullable(),
    roles: z.array(z.object({ key: z.string(), label: z.string() })).nullable(),
    note: z.string(),
    state: z.enum(['planned', 'now', 'over', 'ended']),
    declaredBy: personRefSchema,
    declaredAt: z.iso.datetime(),
    endedBy: personRefSchema.nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** When nobody stands in after all: why, in words. */
    gap: z.string().nullable(),
    /** Whether the reader may end it. */
    mayEnd: z.boolean(),
  })
  .meta({ id: 'Absence' });
export type Absence = z.infer<typeof absenceSchema>;

export const absencesSchema = z
  .object({
    items: z.array(absenceSchema),
    /** The reader's own absence of today. */
    away: z.object({ id: idSchema, substitute: personRefSchema, until: z.iso.date() }).nullable(),
    /** For whom the reader stands in today. */
    standingInFor: z.array(z.object({ person: personRefSchema, until: z.iso.date() })),
    /** What may be chosen: people for whom the reader may declare, substitutes, workflows. */
    choices: z.object({
      people: z.array(
        personRefSchema.extend({
          roles: z.array(z.object({ key: z.string(), label: z.string() })),
        }),
      ),
      substitutes: z.array(personRefSchema),
      workflows: z.array(z.object({ key: z.string(), name: z.string() })),
    }),
  })
  .meta({ id: 'Absences' });
export type AbsencesAnswer = z.infer<typeof absencesSchema>;

export const declareAbsenceSchema = z
  .strictObject({
    /** Somebody else, declared by who manages absences; without it, the reader. */
    person: idSchema.optional(),
    substitute: z.uuid('Choose who stands in.'),
    from: z.iso.date('Choose the first day away.'),
    until: z.iso.date('Choose the last day away.'),
    workflows: z
      .array(z.string().max(80))
      .min(1, 'Choose at least one workflow.')
      .max(200)
      .nullable(),
    roles: z.array(z.string().max(80)).min(1, 'Choose at least one role.').max(40).nullable(),
    note: z.string().trim().max(500).default(''),
  })
  .meta({ id: 'DeclareAbsence' });
export type DeclareAbsence = z.infer<typeof declareAbsenceSchema>;
