import * as z from 'zod';
import { updateOrganisationSchema, workingTimesSchema } from './organisations.ts';
import { idSchema, personRefSchema } from './paging.ts';

/** A day without work: of the calendar of bank holidays, or one that the organisation names. */
export const comingDayOffSchema = z
  .object({ date: z.iso.date(), name: z.string(), own: z.boolean() })
  .meta({ id: 'ComingDayOff' });
export type ComingDayOff = z.infer<typeof comingDayOffSchema>;

/** Why an open deadline stays as it is; see `StayReason` of the engine. */
export const deadlineStaysSchema = z.enum([
  'held',
  'suspended',
  'set',
  'would-have-passed',
  'unknown',
]);
export type DeadlineStays = z.infer<typeof deadlineStaysSchema>;

/** A task whose deadline moves. */
export const movedDeadlineSchema = z
  .object({
    task: z.object({ id: idSchema, title: z.string(), reference: z.string() }),
    aiSystem: z.string(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
  })
  .meta({ id: 'MovedDeadline' });
export type MovedDeadline = z.infer<typeof movedDeadlineSchema>;

/** A task whose deadline stays, and why. */
export const stayingDeadlineSchema = movedDeadlineSchema
  .pick({ task: true, aiSystem: true })
  .extend({ dueAt: z.iso.datetime(), why: deadlineStaysSchema })
  .meta({ id: 'StayingDeadline' });
export type StayingDeadline = z.infer<typeof stayingDeadlineSchema>;

/** `POST …/working-calendar/preview`: what would change of that by which deadlines are reckoned. */
export const previewCalendarSchema = updateOrganisationSchema
  .pick({
    ...{ timeZone: true, workingDays: true, worksFrom: true, worksUntil: true },
    ...{ holidayCalendar: true, daysOff: true, headcount: true },
  })
  .meta({ id: 'PreviewWorkingCalendar' });
export type PreviewCalendar = z.infer<typeof previewCalendarSchema>;

/** What a change would do. Nothing has changed. */
export const calendarPreviewSchema = z
  .object({
    /** Whether deadlines are reckoned otherwise at all. */
    changes: z.boolean(),
    /** The days off of the next twelve months, by the change. */
    comingDaysOff: z.array(comingDayOffSchema),
    /** Running cases, and how many of them were looked at: those with the nearest deadlines. */
    runs: z.int(),
    tried: z.int(),
    /** Open tasks with a deadline in those cases. */
    tasks: z.int(),
    tasksMoved: z.int(),
    /** Waits that move. */
    timersMoved: z.int(),
    /** The ten that move furthest, either way. */
    furthest: z.array(movedDeadlineSchema).max(10),
    /** Ten that stay where they are for a reason, and how many there are. */
    tasksKept: z.int(),
    kept: z.array(stayingDeadlineSchema).max(10),
  })
  .meta({ id: 'WorkingCalendarPreview' });
export type CalendarPreview = z.infer<typeof calendarPreviewSchema>;

/** A change of the working calendar, and how far open deadlines have followed it. */
export const calendarChangeSchema = z
  .object({
    id: idSchema,
    /** Of the calendar, counted from 1: that of the change is 2 or more. */
    version: z.int(),
    changedBy: personRefSchema,
    changedAt: z.iso.datetime(),
    /** `superseded`: a later change took over before this one was through. */
    state: z.enum(['waiting', 'running', 'done', 'superseded']),
    finishedAt: z.iso.datetime().nullable(),
    /** Running cases, and those that are through. */
    runs: z.int(),
    runsDone: z.int(),
    tasksMoved: z.int(),
    timersMoved: z.int(),
    tasksKept: z.int(),
  })
  .meta({ id: 'CalendarChange' });
export type CalendarChange = z.infer<typeof calendarChangeSchema>;

/** `GET …/working-calendar`: the days off of the next twelve months, and the newest changes. */
export const workingCalendarSchema = z
  .object({
    comingDaysOff: z.array(comingDayOffSchema),
    changes: z.array(calendarChangeSchema),
  })
  .meta({ id: 'WorkingCalendar' });
export type WorkingCalendar = z.infer<typeof workingCalendarSchema>;

const calendarSettings = workingTimesSchema.extend({ headcount: z.int().nullable() });

/** `GET …/working-calendar/<id>`: what was changed, and what became of open deadlines. */
export const calendarChangeDetailSchema = calendarChangeSchema
  .extend({
    before: calendarSettings,
    after: calendarSettings,
    /** The first two hundred of each. */
    moved: z.array(movedDeadlineSchema),
    kept: z.array(stayingDeadlineSchema),
  })
  .meta({ id: 'CalendarChangeDetail' });
export type CalendarChangeDetail = z.infer<typeof calendarChangeDetailSchema>;
