import type { Routes } from '@angular/router';

/** Which firms a client lets in. */
export const engagementRoutes: Routes = [
  { path: '', loadComponent: () => import('./engagements.ts').then((it) => it.Engagements) },
  {
    path: 'new',
    loadComponent: () => import('./grant-engagement.ts').then((it) => it.GrantEngagement),
  },
];
