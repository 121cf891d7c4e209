import type { Routes } from '@angular/router';
import { loadWords } from '../platform/i18n/words.ts';

/** Pages that every organisation has; last in each list, because the last one catches all. */
export const shellPages: Routes = [
  {
    path: 'notifications',
    resolve: {
      words: loadWords('notifications', () => import('../notifications/notifications.en-GB.json')),
    },
    loadComponent: () =>
      import('../notifications/notifications.ts').then((it) => it.NotificationsPage),
  },
  { path: 'more', loadComponent: () => import('./more.ts').then((it) => it.More) },
  {
    path: '**',
    loadComponent: () => import('./page-not-found.ts').then((it) => it.PageNotFound),
  },
];
