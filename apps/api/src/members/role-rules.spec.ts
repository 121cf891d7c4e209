import { describe, expect, it } from '@jest/globals';
import { memberUntil, refuseRolesOutOfPlace } from './role-rules.ts';

describe('refuseRolesOutOfPlace', () => {
  it.each([
    ['client', ['client.approver', 'client.staff'], true],
    ['client', ['ext.cert_auditor'], true],
    ['client', ['firm.lead'], false],
    ['client', ['client.god'], false],
    ['client', ['ext.cert_auditor', 'client.staff'], false],
    ['firm', ['firm.partner', 'firm.lead'], true],
    ['firm', ['client.approver'], false],
    ['firm', ['ext.cert_auditor'], false],
  ] as const)('a %s gives %j: %s', (kind, roles, fits) => {
    const check = () => refuseRolesOutOfPlace(kind, roles);
    if (fits) expect(check).not.toThrow();
    else expect(check).toThrow();
  });
});

describe('memberUntil', () => {
  const now = new Date('2026-11-25T09:00:00Z');
  it.each([
    [['client.staff'], null, null],
    [['client.staff'], '2027-11-25T09:00:00Z', '2027-11-25T09:00:00.000Z'],
    [['ext.cert_auditor'], null, '2026-12-25T09:00:00.000Z'],
    [['ext.cert_auditor'], '2027-05-24T09:00:00Z', '2027-05-24T09:00:00.000Z'],
    [['ext.cert_auditor'], '2027-05-25T09:00:00Z', 'refused'],
    [['client.staff'], '2026-11-25T09:00:00Z', 'refused'],
  ])('%j until %s: %s', (roles, wanted, expected) => {
    const end = () => memberUntil(roles, wanted, now)?.toISOString() ?? null;
    if (expected === 'refused') expect(end).toThrow();
    else expect(end()).toBe(expected);
  });
});
