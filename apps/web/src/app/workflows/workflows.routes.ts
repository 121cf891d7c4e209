import type { CanDeactivateFn, Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';
import type { DesignerPage } from './designer/designer-page.ts';

const mayLeave: CanDeactivateFn<DesignerPage> = (page) => page.mayLeave();

/** `workflows` of a client and of a firm: the list, a new one, and the designer of one. */
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
        path: ':key',
        resolve: { forms: loadWords('forms', () => import('../forms/forms.en-GB.json')) },
        canDeactivate: [mayLeave],
        loadComponent: () => import('./designer/designer-page.ts').then((it) => it.DesignerPage),
      },
    ],
  },
];
