import type { Routes } from '@angular/router';

/** Who is here, and inviting others. */
export const memberRoutes: Routes = [
  { path: '', loadComponent: () => import('./members.ts').then((it) => it.Members) },
  {
    path: 'invite',
    loadComponent: () => import('./invite-member.ts').then((it) => it.InviteMember),
  },
];
