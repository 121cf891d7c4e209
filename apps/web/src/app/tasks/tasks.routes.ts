import type { CanDeactivateFn, Routes } from '@angular/router';
import { loadWords } from '../platform/index.ts';
import type { TaskPage } from './task-page.ts';

const mayLeave: CanDeactivateFn<TaskPage> = (page) => page.mayLeave();

/** `/c/:client/tasks` and the page of one task. */
export const taskRoutes: Routes = [
  {
    path: '',
    resolve: { words: loadWords('tasks', () => import('./tasks.en-GB.json')) },
    children: [
      { path: '', loadComponent: () => import('./task-list.ts').then((it) => it.TaskList) },
      {
        path: ':id',
        resolve: {
          forms: loadWords('forms', () => import('../forms/forms.en-GB.json')),
          decisions: loadWords('decisions', () => import('../decisions/decisions.en-GB.json')),
        },
        canDeactivate: [mayLeave],
        loadComponent: () => import('./task-page.ts').then((it) => it.TaskPage),
      },
    ],
  },
];
