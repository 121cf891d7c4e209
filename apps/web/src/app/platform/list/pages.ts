import { computed, effect, inject, signal, untracked, type Signal } from '@angular/core';
import type { ProblemDetails } from '@plumbline/contracts';
import type { ZodType } from 'zod';
import { Api } from '../http/api.ts';
import { withQuery, type Query } from '../http/answer.ts';
import { problemOf } from '../http/problem.ts';

/** What every list of the API answers. */
interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** A list that grows as the reader goes on. */
export interface Pages<T, A> {
  readonly rows: Signal<readonly T[]>;
  /** The newest answer, for totals and counts beside the rows. */
  readonly answer: Signal<A | undefined>;
  readonly problem: Signal<ProblemDetails | null>;
  /** Nothing to show yet. */
  readonly loading: Signal<boolean>;
  /** Old rows are on screen while those of another filter are fetched. */
  readonly refreshing: Signal<boolean>;
  readonly hasMore: Signal<boolean>;
  /** Fetches the next page, unless that is under way. */
  loadMore(): void;
  /** Reads again as many rows as are shown. */
  reload(): void;
}

/**
 * Reads a list page by page from `path`, starting again whenever `query` changes. The old rows stay
 * until the new ones are there.
 */
export function pagesOf<T, A extends PageOf<T>>(
  schema: ZodType<A & PageOf<T>>,
  source: () => { readonly path: string; readonly query: Query } | undefined,
): Pages<T, A> {
  const api = inject(Api);
  const rows = signal<readonly T[]>([]);
  const answer = signal<A | undefined>(undefined);
  const problem = signal<ProblemDetails | null>(null);
  const busy = signal(false);
  const appending = signal(false);
  /** Answers of an earlier question are dropped. */
  let question = 0;

  const fetchPage = (cursor: string | null): Promise<A> | null => {
    const from = untracked(source);
    return from ? api.get(withQuery(from.path, { ...from.query, cursor }), schema) : null;
  };

  /** Reads from the start until `wanted` rows are there. */
  const readFromStart = async (wanted: number): Promise<void> => {
    const mine = (question += 1);
    busy.set(true);
    try {
      let page = await fetchPage(null);
      const fresh = page ? [...page.items] : [];
      while (page?.nextCursor && fresh.length < wanted && mine === question) {
        page = await fetchPage(page.nextCursor);
        fresh.push(...(page?.items ?? []));
      }
      if (mine !== question || !page) return;
      rows.set(fresh);
      answer.set(page);
      problem.set(null);
    } catch (error) {
      if (mine === question) problem.set(problemOf(error));
    } finally {
      if (mine === question) busy.set(false);
    }
  };

  const append = async (cursor: string): Promise<void> => {
    const mine = question;
    appending.set(true);
    try {
      const page = await fetchPage(cursor);
      if (mine !== question || !page) return;
      rows.update((all) => [...all, ...page.items]);
      answer.set(page);
    } catch (error) {
      if (mine === question) problem.set(problemOf(error));
    } finally {
      appending.set(false);
    }
  };

  const address = computed(() => {
    const from = source();
    return from ? withQuery(from.path, from.query) : undefined;
  });
  effect(() => {
    if (address() !== undefined) void untracked(() => readFromStart(1));
  });

  return {
    rows: rows.asReadonly(),
    answer: answer.asReadonly(),
    problem: problem.asReadonly(),
    loading: computed(() => busy() && answer() === undefined),
    refreshing: computed(() => busy() && answer() !== undefined),
    hasMore: computed(() => (answer()?.nextCursor ?? null) !== null),
    loadMore: () => {
      const cursor = answer()?.nextCursor;
      if (cursor && !busy() && !appending() && !problem()) void append(cursor);
    },
    reload: () => void readFromStart(Math.max(1, rows().length)),
  };
}
