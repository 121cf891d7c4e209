import { inject } from '@angular/core';
import { Router, type CanActivateFn } from '@angular/router';
import type { OrganisationStanding } from '@plumbline/contracts';
import { Session } from '../platform/session/index.ts';

const RUNS_THE_SYSTEM = ['client.aims_manager', 'client.internal_auditor', 'ext.cert_auditor'];

/** Where somebody starts in an organisation: those who run it at its home, those who have tasks at these. */
export function startOf({ kind, slug, relation, roles }: OrganisationStanding): string[] {
  if (kind === 'firm') return ['/', 'f', slug];
  const home = relation === 'adviser' || roles.some((role) => RUNS_THE_SYSTEM.includes(role));
  return home ? ['/', 'c', slug] : ['/', 'c', slug, 'tasks'];
}

/** The one place to start, or null when the person has to choose. */
export function landingOf(organisations: readonly OrganisationStanding[]): string[] | null {
  const own = organisations.filter(({ relation }) => relation === 'member');
  const [only, ...others] = own.length > 0 ? own : organisations;
  return only && others.length === 0 ? startOf(only) : null;
}

/** Sends a signed-in person from `/` to where their work is. */
export const landing: CanActivateFn = async () => {
  const router = inject(Router);
  const me = await inject(Session).load();
  return me ? router.createUrlTree(landingOf(me.organisations) ?? ['/organisations']) : false;
};
