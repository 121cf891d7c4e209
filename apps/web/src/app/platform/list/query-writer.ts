import { inject } from '@angular/core';
import { ActivatedRoute, Router } from '@angular/router';
import type { Query } from '../http/answer.ts';

/**
 * Writes filters, sort and view to the address, where pages read them as inputs; what is empty is
 * taken out. The page stays where it is scrolled to.
 */
export function queryWriter(): (patch: Query) => Promise<boolean> {
  const router = inject(Router);
  const relativeTo = inject(ActivatedRoute);
  return (patch) => {
    const queryParams = Object.fromEntries(
      Object.entries(patch).map(([name, value]) => [name, value === '' ? null : value]),
    );
    return router.navigate([], {
      relativeTo,
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: true,
      scroll: 'manual',
    });
  };
}
