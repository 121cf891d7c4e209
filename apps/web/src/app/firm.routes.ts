import type { Routes } from '@angular/router';
import { shellPages } from './shell/shell-pages.ts';

/** Pages of one advisory firm, `/f/:firm/…`: one line per capability. */
export const firmRoutes: Routes = [...shellPages];
