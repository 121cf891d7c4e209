import * as z from 'zod';

export const NOTIFICATION_KINDS = ['your-turn', 'late', 'for-information', 'job'] as const;

/** What the reader is mailed in one organisation. */
export const mailPreferencesSchema = z
  .object({
    /** Kinds of notifications that are mailed at once; the others are on the screen and in the digest. */
    atOnce: z.array(z.enum(NOTIFICATION_KINDS)),
    digest: z.enum(['never', 'daily', 'weekly']),
    /** Of a weekly digest: 1 is Monday. */
    weekday: z.int().min(1).max(7),
    /** Hour of the day in the organisation's time zone. */
    hour: z.int().min(0).max(23),
    nextAt: z.iso.datetime().nullable(),
    /** When the secret address of the calendar was made; null when there is none. */
    calendarMadeAt: z.iso.datetime().nullable(),
    timeZone: z.string(),
  })
  .meta({ id: 'MailPreferences' });
export type MailPreferences = z.infer<typeof mailPreferencesSchema>;

export const setMailPreferencesSchema = z
  .strictObject({
    atOnce: z.array(z.enum(NOTIFICATION_KINDS)).max(4),
    digest: z.enum(['never', 'daily', 'weekly']),
    weekday: z.int().min(1).max(7),
    hour: z.int().min(0).max(23),
  })
  .meta({ id: 'SetMailPreferences' });
export type SetMailPreferences = z.infer<typeof setMailPreferencesSchema>;

/** Makes the address of the reader's calendar; an earlier one is replaced only when that is said. */
export const makeCalendarSchema = z
  .strictObject({ renew: z.boolean() })
  .meta({ id: 'MakeCalendar' });
export type MakeCalendar = z.infer<typeof makeCalendarSchema>;

/** The secret address of the reader's calendar: shown once. */
export const calendarAddressSchema = z
  .object({ address: z.url(), madeAt: z.iso.datetime() })
  .meta({ id: 'CalendarAddress' });
export type CalendarAddress = z.infer<typeof calendarAddressSchema>;
