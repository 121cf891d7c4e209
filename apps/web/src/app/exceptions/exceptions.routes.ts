import type { Routes } from '@angular/router';

/** Which rules of separation of duties a client has lifted. */
export const exceptionRoutes: Routes = [
  { path: '', loadComponent: () => import('./exceptions.ts').then((it) => it.Exceptions) },
  {
    path: 'new',
    loadComponent: () => import('./declare-exception.ts').then((it) => it.DeclareException),
  },
];
