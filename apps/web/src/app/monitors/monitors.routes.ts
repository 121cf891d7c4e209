import type { Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';

const formWords = { forms: loadWords('forms', () => import('../forms/forms.en-GB.json')) };

/** `/c/:client/monitors`: what is watched, one series, and the pages that add to them. */
export const monitorRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('monitors', () => import('./monitors.en-GB.json')) },
    children: [
      {
        path: '',
        loadComponent: () => import('./monitor-list.ts').then((it) => it.MonitorList),
      },
      { path: 'new', loadComponent: () => import('./add-monitor.ts').then((it) => it.AddMonitor) },
      {
        path: ':id',
        loadComponent: () => import('./monitor-page.ts').then((it) => it.MonitorPage),
      },
      {
        path: ':id/record',
        resolve: formWords,
        loadComponent: () => import('./record-measurement.ts').then((it) => it.RecordMeasurement),
      },
    ],
  },
];
