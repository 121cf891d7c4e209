import type { Routes } from '@angular/router';

/** What shows that things are as they are said to be. */
export const evidenceRoutes: Routes = [
  { path: '', loadComponent: () => import('./evidence-list.ts').then((it) => it.EvidenceList) },
  { path: 'new', loadComponent: () => import('./add-evidence.ts').then((it) => it.AddEvidence) },
  { path: ':id', loadComponent: () => import('./evidence-page.ts').then((it) => it.EvidencePage) },
];
