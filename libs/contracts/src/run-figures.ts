import * as z from 'zod';

const period = {
  /** Key of the workflow. */
  workflow: z.string().min(1).max(60),
  version: z.coerce.number().int().positive().optional(),
  /** The first day and the last, in the organisation's time zone. */
  from: z.iso.date(),
  to: z.iso.date(),
};

const inOrder = ({ from, to }: { from: string; to: string }): boolean => from <= to;
const ORDER = { error: 'The last day must not be before the first.', path: ['to'] };

/** `GET run-figures?workflow=…&from=…&to=…`. */
export const runFiguresQuerySchema = z.object(period).refine(inOrder, ORDER);
export type RunFiguresQuery = z.infer<typeof runFiguresQuerySchema>;

/** `GET run-exports/<xes|ocel|csv>`: the runs that were under way in the period, for process mining. */
export const runExportQuerySchema = z.object(period).refine(inOrder, ORDER);
export type RunExportQuery = z.infer<typeof runExportQuerySchema>;

/** A share from 0 to 1, with the counts that it is of. Null where there was nothing to count. */
const share = z.object({ of: z.int(), count: z.int() });

/** How long something took: the middle one, and what nine of ten did not exceed. */
const durations = z
  .object({ count: z.int(), medianSeconds: z.number(), p90Seconds: z.number() })
  .nullable();

/** One step of a workflow in a period. */
export const stepFiguresSchema = z
  .object({
    step: z.string(),
    name: z.string(),
    type: z.string(),
    /** Of the visits that ended in the period. */
    took: durations,
    /** Seconds of all those visits together: where the time goes. */
    totalSeconds: z.number(),
    /** Visits after the first of their run. */
    rework: share,
    /** Tasks with a deadline that were finished, or are open, after it. */
    overdue: share,
    /** Runs that are at this step now, and since when the longest. */
    running: z.int(),
    longestSince: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StepFigures' });
export type StepFigures = z.infer<typeof stepFiguresSchema>;

/** How a workflow went in a period, counted from the history of its runs. */
export const runFiguresSchema = z
  .object({
    workflow: z.object({ key: z.string(), name: z.string() }),
    from: z.iso.date(),
    to: z.iso.date(),
    started: z.int(),
    ended: z.int(),
    cancelled: z.int(),
    /** Under way now. */
    running: z.int(),
    /** From start to end, of the runs that ended in the period. */
    took: durations,
    outcomes: z.array(z.object({ outcome: z.string(), count: z.int() })),
    /** Ended runs in which some step was done again. */
    rework: share,
    overdue: share,
    /** The step where most of the time went. */
    bottleneck: z.object({ step: z.string(), name: z.string(), share: z.number() }).nullable(),
    /** Day by day of the period; weeks, by their Monday, when it is longer than 62 days. */
    throughput: z.array(z.object({ from: z.iso.date(), started: z.int(), ended: z.int() })),
    steps: z.array(stepFiguresSchema),
  })
  .meta({ id: 'RunFigures' });
export type RunFigures = z.infer<typeof runFiguresSchema>;
