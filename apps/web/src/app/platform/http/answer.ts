import { httpResource } from '@angular/common/http';
import { computed, linkedSignal, type Signal } from '@angular/core';
import type { ProblemDetails } from '@plumbline/contracts';
import type { ZodType } from 'zod';
import { problemOf } from './problem.ts';

/** What a page reads from the API, kept while it is read again. */
export interface Answer<T> {
  /** The newest answer; the previous one while the next is on its way. */
  readonly value: Signal<T | undefined>;
  /** Why there is no answer; null when all is well. */
  readonly problem: Signal<ProblemDetails | null>;
  /** Nothing to show yet. */
  readonly loading: Signal<boolean>;
  /** Old rows are on screen while new ones are fetched: dim them. */
  readonly refreshing: Signal<boolean>;
  /** Reads again, quietly. */
  reload(): void;
  /** Shows this at once, for example what a command answered. */
  set(value: T): void;
}

/** Query parameters; what is empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An address with its query. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Reads `path` as `schema` and follows its signals; `undefined` reads nothing. `keepOver` tells
 * whether the old answer may stand in while another address is read (a list that is filtered: yes;
 * another record: no).
 */
export function answerOf<T>(
  schema: ZodType<T>,
  path: () => string | undefined,
  { keepOver = true }: { keepOver?: boolean } = {},
): Answer<T> {
  const resource = httpResource(path, { parse: (body) => schema.parse(body) });
  const value = linkedSignal<
    { now: T | undefined; of: string | undefined; failed: boolean },
    T | undefined
  >({
    source: () => ({
      now: resource.hasValue() ? resource.value() : undefined,
      of: path(),
      failed: resource.status() === 'error',
    }),
    computation: (source, previous) => {
      if (source.now !== undefined) return source.now;
      const kept = keepOver || source.of === previous?.source.of;
      return kept && !source.failed ? previous?.value : undefined;
    },
  });
  const problem = computed(() => {
    const error = resource.error();
    return error ? problemOf(error) : null;
  });
  return {
    value,
    problem,
    loading: computed(() => resource.isLoading() && value() === undefined),
    refreshing: computed(() => resource.isLoading() && value() !== undefined),
    reload: () => void resource.reload(),
    set: (next) => resource.set(next),
  };
}
