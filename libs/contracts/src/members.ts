import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';
import { emailSchema } from './sessions.ts';

const roles = z.array(z.string().max(60)).min(1, 'Choose at least one role.').max(20);

/** `…/members/<id>`: a person's place in an organisation. */
export const memberSchema = z
  .object({
    id: idSchema,
    person: personRefSchema.extend({ email: z.string() }),
    roles: z.array(z.string()),
    status: z.enum(['active', 'removed']),
    lastSeenAt: z.iso.datetime().nullable(),
    /** When the membership ends by itself; always set for an auditor from outside. */
    validTo: z.iso.datetime().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

/**
 * `…/invitations/<id>`: one that nobody has accepted yet. `DELETE` withdraws it; `POST …/resend` sends
 * a new link, which ends the old one.
 */
export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    expiresAt: z.iso.datetime(),
    expired: z.boolean(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;

export const membersSchema = z
  .object({ members: z.array(memberSchema), invitations: z.array(invitationSchema) })
  .meta({ id: 'Members' });
export type MembersAnswer = z.infer<typeof membersSchema>;

export const inviteMemberSchema = z
  .strictObject({
    email: emailSchema,
    name: z.string().trim().min(1, 'Enter a name.').max(200),
    roles,
    /** When the membership shall end; for an auditor from outside at most 180 days from now. */
    validTo: z.iso.datetime('Choose a day.').nullable().default(null),
  })
  .meta({ id: 'InviteMember' });
export type InviteMember = z.infer<typeof inviteMemberSchema>;

export const updateMemberSchema = z.strictObject({ roles }).meta({ id: 'UpdateMember' });
export type UpdateMember = z.infer<typeof updateMemberSchema>;
