import * as z from 'zod';
import { markSchema } from './organisations.ts';
import { idSchema, pageQuerySchema } from './paging.ts';
import { readinessRowSchema, readinessSchema } from './requirements.ts';

/** One client in a firm's portfolio: aggregates only, over clients that granted access. */
export const portfolioRowSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    mark: markSchema,
    systems: z.int(),
    live: z.int(),
    incomplete: z.int(),
    openTasks: z.int(),
    lateOurs: z.int(),
    lateTheirs: z.int(),
    decisionsWaiting: z.int(),
    breaches: z.int(),
    nextReviewOn: z.iso.date().nullable(),
    readiness: readinessSchema,
    lastActivityAt: z.iso.datetime().nullable(),
    engagementEndsAt: z.iso.datetime(),
    /** Why this client needs the firm, most urgent first; empty when it does not. */
    reasons: z.array(z.object({ text: z.string(), path: z.string() })),
  })
  .meta({ id: 'PortfolioRow' });
export type PortfolioRow = z.infer<typeof portfolioRowSchema>;

export const portfolioQuerySchema = pageQuerySchema.extend({
  q: z.string().max(200).optional(),
  needs: z.enum(['firm', 'client']).optional(),
  sort: z.enum(['needs', 'name', 'lastActivityAt', 'nextReviewOn']).default('needs'),
});
export type PortfolioQuery = z.infer<typeof portfolioQuerySchema>;

export const portfolioSchema = z
  .object({
    items: z.array(portfolioRowSchema),
    nextCursor: z.string().nullable(),
    totals: z.object({ clients: z.int(), needFirm: z.int(), waitingOnClient: z.int() }),
  })
  .meta({ id: 'Portfolio' });
export type Portfolio = z.infer<typeof portfolioSchema>;

/** A client's home: what to do next and where it stands. */
export const homeSchema = z
  .object({
    next: z.array(
      z.object({
        text: z.string(),
        /** The AI system that it is about. */
        about: z.string(),
        who: z.string().nullable(),
        dueAt: z.iso.datetime().nullable(),
        late: z.boolean(),
        yourTurn: z.boolean(),
        path: z.string(),
      }),
    ),
    readiness: z.array(readinessRowSchema),
    comingUp: z.array(z.object({ on: z.iso.date(), text: z.string(), path: z.string() })),
    systems: z.object({ total: z.int(), live: z.int(), incomplete: z.int() }),
    /** The first steps of a new organisation, computed from its data. */
    start: z.array(
      z.object({ key: z.string(), title: z.string(), done: z.boolean(), path: z.string() }),
    ),
  })
  .meta({ id: 'Home' });
export type Home = z.infer<typeof homeSchema>;
