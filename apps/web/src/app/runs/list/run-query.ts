import type { BulkFilter } from '@plumbline/contracts';

export const STATUSES = ['running', 'ended', 'cancelled'] as const;

/** The filters of the list of runs, as they stand in the address. */
export interface RunQuery {
  readonly status: (typeof STATUSES)[number] | undefined;
  readonly workflow: string | undefined;
  readonly version: number | undefined;
  readonly aiSystem: string | undefined;
  readonly role: string | undefined;
  readonly person: string | undefined;
  readonly late: boolean;
  readonly suspended: boolean;
  readonly stuck: boolean;
}

/** What the API is asked: switches that are off ask for nothing. */
export const toApi = ({ late, suspended, stuck, ...rest }: RunQuery) => ({
  ...rest,
  late: late || undefined,
  suspended: suspended || undefined,
  stuck: stuck || undefined,
});

/** How many filters are on. */
export const filtersOn = (query: RunQuery): number =>
  Object.values(query).filter((value) => value !== undefined && value !== false && value !== '')
    .length;

/**
 * What a bulk operation chooses by: the runs that were ticked, or all that match. Runs that are over
 * are left alone in any case, so their status does not matter.
 */
export function bulkFilter(
  { status: _, late, suspended, stuck, ...rest }: RunQuery,
  runs: readonly string[] | null,
): BulkFilter {
  if (runs) return { runs: [...runs] };
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(late && { late }),
    ...(suspended && { suspended }),
    ...(stuck && { stuck }),
  };
}
