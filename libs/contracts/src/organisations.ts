import * as z from 'zod';
import { idSchema } from './paging.ts';

export const organisationKindSchema = z.enum(['firm', 'client']);
export type OrganisationKind = z.infer<typeof organisationKindSchema>;

/** Two letters on one of eight plates: how an organisation is told apart at a glance. */
export const markSchema = z.object({
  text: z.string().min(1).max(3),
  plate: z.int().min(0).max(7),
});
export type Mark = z.infer<typeof markSchema>;

/** What an organisation does with AI, in the standard's terms. */
export const AI_ROLES = ['producer', 'provider', 'customer', 'partner'] as const;

/** Calendars of bank holidays; `custom` has none but those that the organisation names itself. */
export const HOLIDAY_CALENDARS = [
  'england-and-wales',
  'scotland',
  'northern-ireland',
  'custom',
] as const;
const holidayCalendar = z.enum(HOLIDAY_CALENDARS);

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Enter a time like 09:00, from 00:00 to 24:00.');

/** A day without work that an organisation names itself. */
export const dayOffSchema = z
  .strictObject({ date: z.iso.date('Enter a date.'), name: z.string().trim().max(100).default('') })
  .meta({ id: 'DayOff' });
export type DayOff = z.infer<typeof dayOffSchema>;

/** When an organisation works: what deadlines in working time are reckoned by. */
const workingTimes = {
  /** IANA name, such as Europe/London. */
  timeZone: z.string().min(1).max(60),
  /** Monday is 1, Sunday 7. */
  workingDays: z
    .array(z.int().min(1).max(7))
    .min(1, 'Choose at least one working day.')
    .max(7)
    .refine((days) => new Set(days).size === days.length, 'Name each day once.'),
  /** On the clock there, such as 09:00. */
  worksFrom: clock,
  worksUntil: clock,
  holidayCalendar,
  /** Days off beside those of the calendar. */
  daysOff: z.array(dayOffSchema).max(500),
};

/** When an organisation works, whole. */
export const workingTimesSchema = z.object(workingTimes).meta({ id: 'WorkingTimes' });
export type WorkingTimes = z.infer<typeof workingTimesSchema>;

/** A tenant: an advisory firm or a client. */
export const organisationSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    kind: organisationKindSchema,
    mark: markSchema,
    headcount: z.int().positive().nullable(),
    ...workingTimesSchema.shape,
    scopeStatement: z.string(),
    aiRoles: z.array(z.enum(AI_ROLES)),
    /** Other names under which imports mention it. */
    aliases: z.array(z.string()),
    /** Of its working times: counted up whenever they change. */
    calendarVersion: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof organisationSchema>;

/** One organisation that a person may enter, and as what. */
export const organisationStandingSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    kind: organisationKindSchema,
    mark: markSchema,
    roles: z.array(z.string()),
    relation: z.enum(['member', 'adviser']),
    firm: z.object({ id: idSchema, name: z.string(), slug: z.string() }).nullable(),
    /** Open tasks that wait for this person there. */
    yourTurn: z.int(),
  })
  .meta({ id: 'OrganisationStanding' });
export type OrganisationStanding = z.infer<typeof organisationStandingSchema>;

const organisationName = z.string().trim().min(1, 'Enter a name.').max(200);

/**
 * `POST …/clients/<id>/first-member`: the first person at a client that has none yet, invited by the
 * firm that set it up.
 */
export const inviteFirstMemberSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(200),
    email: z.email('Enter an e-mail address like name@example.org.').max(254),
  })
  .meta({ id: 'InviteFirstMember' });
export type InviteFirstMember = z.infer<typeof inviteFirstMemberSchema>;

/**
 * `POST …/clients`: a firm adds a client; the firm gets a set-up engagement until somebody at the client
 * confirms it.
 */
export const createClientSchema = z
  .strictObject({
    name: organisationName,
    headcount: z.int().positive().max(10_000_000).nullable().default(null),
    timeZone: z.string().min(1).max(60).default('Europe/London'),
    holidayCalendar: holidayCalendar.default('custom'),
    scopeStatement: z.string().max(4000).default(''),
    aiRoles: z.array(z.enum(AI_ROLES)).default([]),
    /** The first person at the client, who confirms the engagement; invited by mail. */
    firstMember: inviteFirstMemberSchema.nullable().default(null),
  })
  .meta({ id: 'CreateClient' });
export type CreateClient = z.infer<typeof createClientSchema>;

export const updateOrganisationSchema = z
  .strictObject({
    name: organisationName,
    headcount: z.int().positive().max(10_000_000).nullable(),
    ...workingTimes,
    scopeStatement: z.string().max(4000),
    aiRoles: z.array(z.enum(AI_ROLES)),
    aliases: z.array(z.string().trim().min(1).max(200)).max(50),
  })
  .partial()
  .meta({ id: 'UpdateOrganisation' });
export type UpdateOrganisation = z.infer<typeof updateOrganisationSchema>;

/** One client of a firm, as its people see it on their list. */
export const clientOfFirmSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    mark: markSchema,
    engagement: z.object({
      id: idSchema,
      basis: z.enum(['set-up', 'granted']),
      status: z.enum(['planned', 'live', 'ended', 'revoked']),
      validTo: z.iso.datetime(),
    }),
    /** Whether the person who asks may enter it now. */
    open: z.boolean(),
    /** Nobody works there yet: the firm may invite the first person. */
    withoutPeople: z.boolean(),
  })
  .meta({ id: 'ClientOfFirm' });
export type ClientOfFirm = z.infer<typeof clientOfFirmSchema>;

/** `GET …/clients`: every client that let the firm in, now or before, by name. */
export const clientsOfFirmSchema = z
  .object({ clients: z.array(clientOfFirmSchema) })
  .meta({ id: 'ClientsOfFirm' });
export type ClientsOfFirm = z.infer<typeof clientsOfFirmSchema>;
