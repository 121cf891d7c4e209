import { EXTERNAL_ROLES, rolesOfKind } from '@plumbline/policies';
import { Invalid } from '../platform/problems.ts';

/** What an organisation is. */
export type Kind = 'firm' | 'client';

/** Days that an auditor from outside stays: unless said otherwise, and at most. */
const AUDITOR_DAYS = { usual: 30, most: 180 } as const;
const DAY = 24 * 3600 * 1000;

const isExternal = (role: string): boolean => (EXTERNAL_ROLES as readonly string[]).includes(role);

const refuse = (field: string, message: string): never => {
  throw new Invalid('This cannot be done as it stands.', [{ field, message }]);
};

/** Refuses roles that this kind of organisation does not have, and an auditor with other roles. */
export function refuseRolesOutOfPlace(kind: Kind, roles: readonly string[]): void {
  const known: readonly string[] = rolesOfKind(kind);
  const wrong = roles.filter((role) => !known.includes(role));
  if (wrong.length > 0) {
    refuse('roles', `A ${kind} has no role ${wrong.join(', ')}. Choose among its own.`);
  }
  if (roles.some(isExternal) && new Set(roles).size > 1) {
    refuse('roles', 'An auditor from outside holds no other role: that keeps them independent.');
  }
}

/**
 * When a membership with these roles ends, if it does: an auditor from outside stays 30 days unless
 * another day is given, and never more than 180.
 */
export function memberUntil(
  roles: readonly string[],
  wanted: string | null,
  now: Date,
): Date | null {
  const isAuditor = roles.some(isExternal);
  if (wanted === null) return isAuditor ? new Date(now.getTime() + AUDITOR_DAYS.usual * DAY) : null;
  const end = new Date(wanted);
  if (end <= now) refuse('validTo', 'Choose a day in the future.');
  if (isAuditor && end.getTime() > now.getTime() + AUDITOR_DAYS.most * DAY) {
    refuse('validTo', `An auditor stays at most ${AUDITOR_DAYS.most} days. Choose an earlier day.`);
  }
  return end;
}
