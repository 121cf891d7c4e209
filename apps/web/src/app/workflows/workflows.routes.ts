import type { CanDeactivateFn, ResolveFn, Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';
import type { DesignerPage } from './designer/designer-page.ts';

const mayLeave: CanDeactivateFn<DesignerPage> = (page) => page.mayLeave();
const canvas: ResolveFn<boolean> = loadWords('canvas', () => import('../canvas/canvas.en-GB.json'));
const forms: ResolveFn<boolean> = loadWords('forms', () => import('../forms/forms.en-GB.json'));
const publishing: ResolveFn<boolean> = loadWords(
  'publishing',
  () => import('./publish/publish.en-GB.json'),
);

/** `workflows` of a client and of a firm: the list, the designer of each, and what becomes of it. */
export const workflowRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('workflows', () => import('./workflows.en-GB.json')) },
    children: [
      {
        path: '',
        loadComponent: () => import('./workflow-list.ts').then((it) => it.WorkflowList),
      },
      {
        path: 'new',
        loadComponent: () => import('./new-workflow.ts').then((it) => it.NewWorkflow),
      },
      {
        path: 'offers',
        resolve: { canvas, publishing },
        children: [
          {
            path: '',
            loadComponent: () => import('./offers/offer-list.ts').then((it) => it.OfferList),
          },
          {
            path: ':id',
            loadComponent: () => import('./offers/offer-page.ts').then((it) => it.OfferPage),
          },
        ],
      },
      {
        path: ':key',
        resolve: { canvas, forms },
        children: [
          {
            path: '',
            canDeactivate: [mayLeave],
            loadComponent: () =>
              import('./designer/designer-page.ts').then((it) => it.DesignerPage),
          },
          {
            path: '',
            resolve: { publishing },
            children: [
              {
                path: 'publish',
                loadComponent: () =>
                  import('./publish/publish-page.ts').then((it) => it.PublishPage),
              },
              {
                path: 'versions',
                loadComponent: () =>
                  import('./versions/versions-page.ts').then((it) => it.VersionsPage),
              },
              {
                path: 'clients',
                loadComponent: () =>
                  import('./offers/clients-page.ts').then((it) => it.ClientsPage),
              },
              {
                path: 'migrations/new',
                loadComponent: () =>
                  import('./migrations/new-move-page.ts').then((it) => it.NewMovePage),
              },
              {
                path: 'migrations/:id',
                loadComponent: () => import('./migrations/move-page.ts').then((it) => it.MovePage),
              },
            ],
          },
        ],
      },
    ],
  },
];
