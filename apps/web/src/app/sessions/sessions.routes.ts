import type { Routes } from '@angular/router';
import { signedIn } from '../platform/session/index.ts';
import { landing } from './landing.ts';

/** Pages outside any organisation that concern the person: signing in and choosing where to work. */
export const sessionRoutes: Routes = [
  { path: '', pathMatch: 'full', canActivate: [signedIn, landing], children: [] },
  { path: 'sign-in', loadComponent: () => import('./sign-in.ts').then((it) => it.SignInPage) },
  {
    path: 'reset',
    loadComponent: () => import('./request-reset.ts').then((it) => it.RequestReset),
  },
  {
    path: 'reset/:token',
    loadComponent: () => import('./reset-password.ts').then((it) => it.ResetPassword),
  },
  {
    path: 'invitation/:token',
    loadComponent: () => import('./accept-invitation.ts').then((it) => it.AcceptInvitation),
  },
  {
    path: 'me',
    canActivate: [signedIn],
    loadComponent: () => import('./account.ts').then((it) => it.Account),
  },
  {
    path: 'organisations',
    canActivate: [signedIn],
    loadComponent: () => import('./choose-organisation.ts').then((it) => it.ChooseOrganisation),
  },
  {
    path: 'no-access',
    data: { reason: 'no-access' },
    loadComponent: () => import('./dead-end.ts').then((it) => it.DeadEnd),
  },
];
