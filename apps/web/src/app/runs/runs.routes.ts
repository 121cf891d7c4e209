import type { Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';

/** `/c/:client/runs` and the page of one run. */
export const runRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('runs', () => import('./runs.en-GB.json')) },
    children: [
      { path: '', loadComponent: () => import('./run-list.ts').then((it) => it.RunList) },
      { path: ':id', loadComponent: () => import('./run-page.ts').then((it) => it.RunPage) },
      {
        path: ':id/repair',
        resolve: { forms: loadWords('forms', () => import('../forms/forms.en-GB.json')) },
        loadComponent: () => import('./repair/repair-page.ts').then((it) => it.RepairPage),
      },
    ],
  },
];
