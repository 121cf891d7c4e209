import type { Routes } from '@angular/router';
import { loadWords } from './platform/i18n/words.ts';
import { belongsTo, signedIn } from './platform/session/index.ts';

const sessionWords = {
  words: loadWords('sessions', () => import('./sessions/sessions.en-GB.json')),
};
const shell = () => import('./shell/shell.ts').then((it) => it.Shell);
const shellWords = { words: loadWords('shell', () => import('./shell/shell.en-GB.json')) };

/** Every address: public pages, then the two contexts, whose organisation is part of the address. */
export const routes: Routes = [
  {
    path: '',
    resolve: sessionWords,
    loadChildren: () => import('./sessions/sessions.routes.ts').then((it) => it.sessionRoutes),
  },
  {
    path: 'f/:firm',
    canActivate: [signedIn, belongsTo('firm')],
    resolve: shellWords,
    loadComponent: shell,
    loadChildren: () => import('./firm.routes.ts').then((it) => it.firmRoutes),
  },
  {
    path: 'c/:client',
    canActivate: [signedIn, belongsTo('client')],
    resolve: shellWords,
    loadComponent: shell,
    loadChildren: () => import('./client.routes.ts').then((it) => it.clientRoutes),
  },
  {
    path: 'verify',
    resolve: { words: loadWords('record', () => import('./record/record.en-GB.json')) },
    loadComponent: () => import('./record/verify-page.ts').then((it) => it.VerifyPage),
  },
  {
    path: 'guest/:token',
    resolve: {
      words: loadWords('guest', () => import('./tasks/guest/guest.en-GB.json')),
      forms: loadWords('forms', () => import('./forms/forms.en-GB.json')),
      tasks: loadWords('tasks', () => import('./tasks/tasks.en-GB.json')),
    },
    loadComponent: () => import('./tasks/guest/guest-page.ts').then((it) => it.GuestPage),
  },
  {
    path: 'outbox',
    resolve: {
      words: loadWords('local-outbox', () => import('./local-outbox/local-outbox.en-GB.json')),
    },
    loadComponent: () => import('./local-outbox/local-outbox.ts').then((it) => it.LocalOutbox),
  },
  {
    path: '**',
    resolve: sessionWords,
    data: { reason: 'not-found' },
    loadComponent: () => import('./sessions/dead-end.ts').then((it) => it.DeadEnd),
  },
];
