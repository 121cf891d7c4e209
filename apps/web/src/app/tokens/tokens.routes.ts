import type { Routes } from '@angular/router';

/** Which machines use the API for a client. */
export const tokenRoutes: Routes = [
  { path: '', loadComponent: () => import('./tokens.ts').then((it) => it.Tokens) },
  { path: 'new', loadComponent: () => import('./create-token.ts').then((it) => it.CreateToken) },
];
