import type { Routes } from '@angular/router';
import { loadWords } from '../../platform/index.ts';

/** `/c/:client/ai-systems/:id` and the page that changes it. */
export const aiSystemPageRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('aiSystem', () => import('./ai-system-page.en-GB.json')) },
    children: [
      {
        path: '',
        loadComponent: () => import('./ai-system-page.ts').then((it) => it.AiSystemPage),
      },
      {
        path: 'edit',
        resolve: { forms: loadWords('forms', () => import('../../forms/forms.en-GB.json')) },
        loadComponent: () => import('./edit-ai-system.ts').then((it) => it.EditAiSystem),
      },
    ],
  },
];
