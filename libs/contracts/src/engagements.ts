import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

/**
 * `…/engagements`: a client's dated, revocable grant of access to a firm. A client sees its own, a firm
 * those that clients gave it; only the client grants, changes and revokes (`POST …/<id>/revoke`).
 */
export const engagementSchema = z
  .object({
    id: idSchema,
    client: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
    firm: z.object({ id: idSchema, slug: z.string(), name: z.string() }),
    /** `set-up`: made by the firm that created the client, until the client confirms it. */
    basis: z.enum(['set-up', 'granted']),
    scope: z.string(),
    /** The firm's people who may enter; null for all of its advisers. */
    people: z.array(personRefSchema).nullable(),
    validFrom: z.iso.datetime(),
    validTo: z.iso.datetime(),
    status: z.enum(['planned', 'live', 'ended', 'revoked']),
    grantedBy: personRefSchema.nullable(),
    revokedAt: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Engagement' });
export type Engagement = z.infer<typeof engagementSchema>;

/** Grants a firm access, or confirms and changes what there is. */
export const grantEngagementSchema = z
  .strictObject({
    firm: z.string().min(1, 'Name the firm by its short name.').max(60),
    scope: z.string().trim().max(2000).default(''),
    people: z.array(idSchema).min(1).max(200).nullable().default(null),
    validFrom: z.iso.datetime().optional(),
    validTo: z.iso.datetime('Choose a day.'),
  })
  .meta({ id: 'GrantEngagement' });
export type GrantEngagement = z.infer<typeof grantEngagementSchema>;

export const updateEngagementSchema = z
  .strictObject({
    scope: z.string().trim().max(2000),
    people: z.array(idSchema).min(1).max(200).nullable(),
    validTo: z.iso.datetime('Choose a day.'),
    /** A client confirms the set-up engagement that its firm made. */
    confirm: z.literal(true),
  })
  .partial()
  .meta({ id: 'UpdateEngagement' });
export type UpdateEngagement = z.infer<typeof updateEngagementSchema>;

export const engagementsSchema = z
  .object({ engagements: z.array(engagementSchema) })
  .meta({ id: 'Engagements' });
export type EngagementsAnswer = z.infer<typeof engagementsSchema>;

/** `GET …/engagements/<id>/advisers`: whom of the firm an engagement can be limited to. */
export const advisersSchema = z
  .object({ advisers: z.array(personRefSchema) })
  .meta({ id: 'Advisers' });
export type Advisers = z.infer<typeof advisersSchema>;
