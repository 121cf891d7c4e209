import { inject } from '@angular/core';
import { RedirectCommand, Router, type CanActivateFn } from '@angular/router';
import type { OrganisationKind } from '@plumbline/contracts';
import { Session } from './session.ts';

/** Lets signed-in people in; others sign in first and come back here. */
export const signedIn: CanActivateFn = async (_, { url }) => {
  const router = inject(Router);
  if (await inject(Session).load()) return true;
  return router.createUrlTree(['/sign-in'], url === '/' ? {} : { queryParams: { next: url } });
};

/** Lets people in who belong to the organisation that the address names, as `/f/:firm` or `/c/:client`. */
export const belongsTo =
  (kind: OrganisationKind): CanActivateFn =>
  async (route) => {
    const session = inject(Session);
    const router = inject(Router);
    // Guards of one route run side by side: the session may still be on its way.
    if (!(await session.load())) return false;
    const slug = String(route.params[kind]);
    if (session.standingIn(kind, slug)) return true;
    // Access may have been given since this page was loaded.
    await session.refresh();
    if (session.standingIn(kind, slug)) return true;
    // Unknown and foreign look alike; the address stays as it was typed.
    return new RedirectCommand(router.createUrlTree(['/no-access']), { skipLocationChange: true });
  };
