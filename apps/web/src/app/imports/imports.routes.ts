import type { Routes } from '@angular/router';

/** Imports, the same at a client and at a firm (whose files may name its clients). */
export const importRoutes: Routes = [
  { path: '', loadComponent: () => import('./import-list.ts').then((it) => it.ImportList) },
  { path: 'new', loadComponent: () => import('./new-import.ts').then((it) => it.NewImport) },
  { path: ':id', loadComponent: () => import('./import-page.ts').then((it) => it.ImportPage) },
];
