import * as z from 'zod';
import { organisationStandingSchema } from './organisations.ts';
import { personRefSchema } from './paging.ts';

/** A password as people choose it: long rather than odd (OWASP ASVS 5.0, 6.2). */
export const passwordSchema = z
  .string()
  .min(15, 'Use at least 15 characters: a few words are easier to remember than symbols.')
  .max(200, 'Use at most 200 characters.');

export const emailSchema = z.email('Enter an e-mail address like name@example.org.').max(254);

/** `POST /api/sessions`: signs in; the session travels in a cookie, never in the answer. */
export const signInSchema = z
  .strictObject({
    email: emailSchema,
    password: z.string().min(1, 'Enter your password.').max(200),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signInSchema>;

/** `GET /api/sessions/current`: the signed-in person and every organisation they may enter, as member or as adviser. */
export const meSchema = z
  .object({
    person: personRefSchema.extend({ email: z.string() }),
    organisations: z.array(organisationStandingSchema),
    /** When the session ends without further use, and at the latest. */
    idleUntil: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    steppedUpUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

/** `POST /api/sessions/step-up`: proves again that it is them, for decisions, exports and tokens. */
export const stepUpSchema = z
  .strictObject({ password: z.string().min(1, 'Enter your password.').max(200) })
  .meta({ id: 'StepUp' });
export type StepUp = z.infer<typeof stepUpSchema>;

/** `PUT /api/sessions/current/password`: a new password; ends every other session of the person. */
export const changePasswordSchema = z
  .strictObject({
    current: z.string().min(1, 'Enter your present password.').max(200),
    password: passwordSchema,
  })
  .meta({ id: 'ChangePassword' });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

/**
 * `POST /api/password-resets`: asks for a link (`/reset/<token>` on the web) by mail; the answer
 * never tells whether the address is known.
 */
export const requestPasswordResetSchema = z
  .strictObject({ email: emailSchema })
  .meta({ id: 'RequestPasswordReset' });
export type RequestPasswordReset = z.infer<typeof requestPasswordResetSchema>;

/** `POST /api/password-resets/complete`: sets the password and ends every session of the person. */
export const resetPasswordSchema = z
  .strictObject({ token: z.string().min(20).max(200), password: passwordSchema })
  .meta({ id: 'ResetPassword' });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;

/** `GET /api/invitations/<token>`: what an invitation link (`/invitation/<token>`) is about. */
export const openInvitationSchema = z
  .object({
    organisationName: z.string(),
    organisationSlug: z.string(),
    email: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    /** False when the address has an account already: then its password is asked, not a new one. */
    needsPassword: z.boolean(),
  })
  .meta({ id: 'OpenInvitation' });
export type OpenInvitation = z.infer<typeof openInvitationSchema>;

/**
 * `POST /api/invitations/accept`: enters the organisation and signs in. `password` is a new one, or
 * the account's own when the address has an account; then `name` changes nothing.
 */
export const acceptInvitationSchema = z
  .strictObject({
    token: z.string().min(20).max(200),
    name: z.string().trim().min(1, 'Enter your name.').max(200),
    password: z.string().min(1).max(200),
  })
  .meta({ id: 'AcceptInvitation' });
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
