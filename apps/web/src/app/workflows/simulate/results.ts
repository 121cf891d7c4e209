import * as z from 'zod';

const target = z.object({
  place: z.string(),
  step: z.string(),
  kind: z.enum(['step', 'way', 'outcome', 'branch', 'boundary', 'skip', 'row']),
  text: z.string(),
});

/** What cases came to, as the API keeps it. */
export const casesResultSchema = z.object({
  passed: z.boolean(),
  cases: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      failures: z.array(z.string()),
      ending: z.string().nullable(),
      until: z.string(),
      path: z.array(z.string()),
    }),
  ),
  coverage: z.array(target.extend({ by: z.array(z.string()) })),
});
export type CasesResult = z.infer<typeof casesResultSchema>;

const quantiles = z.object({
  ...{ mean: z.number(), p10: z.number(), p50: z.number() },
  ...{ p80: z.number(), p95: z.number(), max: z.number() },
});
export type Quantiles = z.infer<typeof quantiles>;

/** What a forecast says, as the API keeps it; shares from 0 to 1. */
export const forecastResultSchema = z.object({
  runs: z.number(),
  finished: z.number(),
  endings: z.record(z.string(), z.number()),
  hours: quantiles,
  workingMinutes: quantiles,
  pastDue: z.object({ work: z.number().nullable(), runs: z.number() }),
  steps: z.array(
    z.object({
      step: z.string(),
      visits: z.number(),
      waiting: quantiles,
      working: quantiles,
      pastDue: z.number().nullable(),
    }),
  ),
  roles: z.array(
    z.object({
      role: z.string(),
      used: z.number(),
      waiting: z.number(),
      queue: z.number(),
      longestQueue: z.number(),
      queueByDay: z.array(z.number()),
    }),
  ),
  bottleneck: z.string().nullable(),
});
export type ForecastResult = z.infer<typeof forecastResultSchema>;
