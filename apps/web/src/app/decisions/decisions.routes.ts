import type { Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';

/** `/c/:client/decisions/:id`: the record of one decision. */
export const decisionRoutes: Routes = [
  {
    path: ':id',
    resolve: { words: loadWords('decisions', () => import('./decisions.en-GB.json')) },
    loadComponent: () => import('./decision-page.ts').then((it) => it.DecisionPage),
  },
];
