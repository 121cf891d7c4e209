import type { Routes } from '@angular/router';
import { loadWords } from './platform/i18n/words.ts';
import { shellPages } from './shell/shell-pages.ts';

/** Pages of one client, `/c/:client/…`: one line per capability. */
export const clientRoutes: Routes = [
  {
    path: '',
    pathMatch: 'full',
    resolve: { words: loadWords('home', () => import('./home/home.en-GB.json')) },
    loadComponent: () => import('./home/home.ts').then((it) => it.Home),
  },
  {
    path: 'ai-systems',
    pathMatch: 'full',
    resolve: { words: loadWords('register', () => import('./ai-systems/register.en-GB.json')) },
    loadComponent: () => import('./ai-systems/register.ts').then((it) => it.Register),
  },
  {
    path: 'ai-systems/:id',
    loadChildren: () =>
      import('./ai-systems/ai-system-page/ai-system-page.routes.ts').then(
        (it) => it.aiSystemPageRoutes,
      ),
  },
  {
    path: 'tasks',
    loadChildren: () => import('./tasks/tasks.routes.ts').then((it) => it.taskRoutes),
  },
  {
    path: 'decisions',
    loadChildren: () => import('./decisions/decisions.routes.ts').then((it) => it.decisionRoutes),
  },
  {
    path: 'runs',
    loadChildren: () => import('./runs/runs.routes.ts').then((it) => it.runRoutes),
  },
  {
    path: 'workflows',
    loadChildren: () => import('./workflows/workflows.routes.ts').then((it) => it.workflowRoutes),
  },
  {
    path: 'monitors',
    loadChildren: () => import('./monitors/monitors.routes.ts').then((it) => it.monitorRoutes),
  },
  {
    path: 'propose',
    resolve: { words: loadWords('proposals', () => import('./proposals/proposals.en-GB.json')) },
    loadComponent: () => import('./proposals/propose.ts').then((it) => it.Propose),
  },
  {
    path: 'imports',
    resolve: { words: loadWords('imports', () => import('./imports/imports.en-GB.json')) },
    loadChildren: () => import('./imports/imports.routes.ts').then((it) => it.importRoutes),
  },
  {
    path: 'requirements/:group',
    resolve: {
      words: loadWords('requirements', () => import('./requirements/requirements.en-GB.json')),
    },
    loadComponent: () =>
      import('./requirements/requirement-group.ts').then((it) => it.RequirementGroup),
  },
  {
    path: 'evidence',
    resolve: { words: loadWords('evidence', () => import('./evidence/evidence.en-GB.json')) },
    loadChildren: () => import('./evidence/evidence.routes.ts').then((it) => it.evidenceRoutes),
  },
  {
    path: 'exports',
    resolve: { words: loadWords('exports', () => import('./exports/exports.en-GB.json')) },
    loadChildren: () => import('./exports/exports.routes.ts').then((it) => it.exportRoutes),
  },
  {
    path: 'engagements',
    resolve: {
      words: loadWords('engagements', () => import('./engagements/engagements.en-GB.json')),
    },
    loadChildren: () =>
      import('./engagements/engagements.routes.ts').then((it) => it.engagementRoutes),
  },
  {
    path: 'members',
    resolve: { words: loadWords('members', () => import('./members/members.en-GB.json')) },
    loadChildren: () => import('./members/members.routes.ts').then((it) => it.memberRoutes),
  },
  {
    path: 'absences',
    resolve: { words: loadWords('absences', () => import('./absences/absences.en-GB.json')) },
    loadChildren: () => import('./absences/absences.routes.ts').then((it) => it.absenceRoutes),
  },
  {
    path: 'mail-preferences',
    resolve: {
      words: loadWords(
        'mail-preferences',
        () => import('./notifications/mail-preferences.en-GB.json'),
      ),
    },
    loadComponent: () =>
      import('./notifications/mail-preferences.ts').then((it) => it.MailPreferences),
  },
  {
    path: 'exceptions',
    resolve: { words: loadWords('exceptions', () => import('./exceptions/exceptions.en-GB.json')) },
    loadChildren: () =>
      import('./exceptions/exceptions.routes.ts').then((it) => it.exceptionRoutes),
  },
  {
    path: 'tokens',
    resolve: { words: loadWords('tokens', () => import('./tokens/tokens.en-GB.json')) },
    loadChildren: () => import('./tokens/tokens.routes.ts').then((it) => it.tokenRoutes),
  },
  {
    path: 'webhooks',
    resolve: { words: loadWords('webhooks', () => import('./webhooks/webhooks.en-GB.json')) },
    loadChildren: () => import('./webhooks/webhooks.routes.ts').then((it) => it.webhookRoutes),
  },
  ...shellPages,
];
