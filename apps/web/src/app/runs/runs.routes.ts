import type { Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';

/** `/c/:client/runs` and the page of one run. */
export const runRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('runs', () => import('./runs.en-GB.json')) },
    children: [
      { path: '', loadComponent: () => import('./list/run-list.ts').then((it) => it.RunList) },
      {
        path: 'figures',
        loadComponent: () => import('./figures/figures-page.ts').then((it) => it.FiguresPage),
      },
      {
        path: 'bulk',
        loadComponent: () => import('./bulk/bulk-list.ts').then((it) => it.BulkList),
      },
      {
        path: 'bulk/:id',
        loadComponent: () => import('./bulk/bulk-page.ts').then((it) => it.BulkPage),
      },
      {
        path: ':id',
        resolve: { canvas: loadWords('canvas', () => import('../canvas/canvas.en-GB.json')) },
        loadComponent: () => import('./run-page.ts').then((it) => it.RunPage),
      },
      {
        path: ':id/repair',
        resolve: { forms: loadWords('forms', () => import('../forms/forms.en-GB.json')) },
        loadComponent: () => import('./repair/repair-page.ts').then((it) => it.RepairPage),
      },
    ],
  },
];
