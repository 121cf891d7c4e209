import type { Routes } from '@angular/router';

/** Evidence packs: what an auditor takes away. */
export const exportRoutes: Routes = [
  { path: '', loadComponent: () => import('./export-list.ts').then((it) => it.ExportList) },
  { path: 'new', loadComponent: () => import('./new-export.ts').then((it) => it.NewExport) },
  { path: ':id', loadComponent: () => import('./export-page.ts').then((it) => it.ExportPage) },
];
