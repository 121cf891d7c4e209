import type { Routes } from '@angular/router';
import { loadWords } from './platform/i18n/words.ts';
import { shellPages } from './shell/shell-pages.ts';

/** Pages of one advisory firm, `/f/:firm/…`: one line per capability. */
export const firmRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    resolve: { words: loadWords('portfolio', () => import('./portfolio/portfolio.en-GB.json')) },
    loadComponent: () => import('./portfolio/portfolio.ts').then((it) => it.PortfolioPage),
  },
  {
    path: 'imports',
    resolve: { words: loadWords('imports', () => import('./imports/imports.en-GB.json')) },
    loadChildren: () => import('./imports/imports.routes.ts').then((it) => it.importRoutes),
  },
  {
    path: 'workflows',
    loadChildren: () => import('./workflows/workflows.routes.ts').then((it) => it.workflowRoutes),
  },
  {
    path: 'clients/new',
    resolve: { words: loadWords('clients', () => import('./clients/clients.en-GB.json')) },
    loadComponent: () => import('./clients/new-client.ts').then((it) => it.NewClient),
  },
  {
    path: 'members',
    resolve: { words: loadWords('members', () => import('./members/members.en-GB.json')) },
    loadChildren: () => import('./members/members.routes.ts').then((it) => it.memberRoutes),
  },
  {
    path: 'webhooks',
    resolve: { words: loadWords('webhooks', () => import('./webhooks/webhooks.en-GB.json')) },
    loadChildren: () => import('./webhooks/webhooks.routes.ts').then((it) => it.webhookRoutes),
  },
  ...shellPages,
];
