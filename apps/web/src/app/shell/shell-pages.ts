import type { Routes } from '@angular/router';

/** Pages that every organisation has; last in each list, because the last one catches all. */
export const shellPages: Routes = [
  { path: 'more', loadComponent: () => import('./more.ts').then((it) => it.More) },
  {
    path: '**',
    loadComponent: () => import('./page-not-found.ts').then((it) => it.PageNotFound),
  },
];
