import type { Routes } from '@angular/router';

/** Who is away and who stands in. */
export const absenceRoutes: Routes = [
  { path: '', loadComponent: () => import('./absences.ts').then((it) => it.Absences) },
  {
    path: 'new',
    loadComponent: () => import('./declare-absence.ts').then((it) => it.DeclareAbsence),
  },
];
