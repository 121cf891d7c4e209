import * as z from 'zod';

/** A mail that was kept on this machine because no SMTP server is configured. */
export const localMailSchema = z
  .object({
    effectId: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'LocalMail' });
export type LocalMail = z.infer<typeof localMailSchema>;
