import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';
import { emailSchema } from './sessions.ts';
import { shownFactSchema } from './tasks.ts';

/** A form that was sent to somebody outside. The link itself is only in their mail. */
export const guestLinkSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string(),
    invitedBy: personRefSchema,
    invitedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    openedAt: z.iso.datetime().nullable(),
    usedAt: z.iso.datetime().nullable(),
    /** Who answered, as they said. */
    guest: z.object({ name: z.string(), email: z.string() }).nullable(),
    revokedAt: z.iso.datetime().nullable(),
    state: z.enum(['open', 'used', 'revoked', 'expired', 'closed']),
    mayRevoke: z.boolean(),
  })
  .meta({ id: 'GuestLink' });
export type GuestLink = z.infer<typeof guestLinkSchema>;

export const guestLinksSchema = z
  .object({
    items: z.array(guestLinkSchema),
    maySend: z.boolean(),
    /** Why this task cannot be sent, in words. */
    whyNot: z.string().nullable(),
  })
  .meta({ id: 'GuestLinks' });
export type GuestLinks = z.infer<typeof guestLinksSchema>;

export const sendToGuestSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter their name.').max(200),
    email: emailSchema,
    message: z.string().trim().max(1000).default(''),
    /** Days that the link works. */
    days: z
      .int()
      .min(1, 'Choose between 1 and 30 days.')
      .max(30, 'Choose between 1 and 30 days.')
      .default(7),
  })
  .meta({ id: 'SendToGuest' });
export type SendToGuest = z.infer<typeof sendToGuestSchema>;

/** What a guest sees: one form, and the facts shown with it. */
export const guestTaskSchema = z
  .object({
    organisationName: z.string(),
    invitedBy: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    message: z.string(),
    expiresAt: z.iso.datetime(),
    dueAt: z.iso.datetime().nullable(),
    guest: z.object({ name: z.string(), email: z.string() }),
    /** The form of @plumbline/workflow-engine, with what its conditions look at. */
    form: z.record(z.string(), z.unknown()),
    facts: z.array(z.record(z.string(), z.unknown())),
    values: z.record(z.string(), z.unknown()),
    shows: z.array(shownFactSchema),
  })
  .meta({ id: 'GuestTask' });
export type GuestTask = z.infer<typeof guestTaskSchema>;

export const answerAsGuestSchema = z
  .strictObject({
    token: z.string().min(1).max(200),
    name: z.string().trim().min(1, 'Enter your name.').max(200),
    email: emailSchema,
    answers: z.record(z.string().max(80), z.unknown()),
  })
  .meta({ id: 'AnswerAsGuest' });
export type AnswerAsGuest = z.infer<typeof answerAsGuestSchema>;

export const guestReceiptSchema = z
  .object({ reference: z.string(), at: z.iso.datetime(), organisationName: z.string() })
  .meta({ id: 'GuestReceipt' });
export type GuestReceipt = z.infer<typeof guestReceiptSchema>;
