import { expect, it } from '@jest/globals';
import { abilityFor } from '@plumbline/policies';
import type { RequestContext } from '../platform/request-context.ts';
import { pageOfFact } from './fact-pages.ts';

const reader = (role: string): RequestContext => ({
  ...{ organisationId: 'o', organisationSlug: 'cedar', organisationName: 'Cedar' },
  ...{ personId: 'p', personName: 'Pia', roles: [role], relation: 'member', firmId: null },
  ability: abilityFor({ roles: [role], relation: 'member' }),
  ...{ steppedUpAt: null, sessionId: null, requestId: 'r' },
});

it.each([
  ['risks', 'subject', 'client.approver', '/c/cedar/ai-systems/s#risks'],
  ['lastLevel', 'subject', 'client.approver', '/c/cedar/ai-systems/s#monitors'],
  ['purpose', 'subject', 'client.approver', '/c/cedar/ai-systems/s#about'],
  ['purpose', 'subject', 'client.staff', null],
  ['triageScore', 'calculated', 'client.approver', '/c/cedar/runs/r'],
  ['purpose', 'form', 'client.staff', null],
  ['criteriaVersion', 'organisation', 'client.approver', null],
] as const)('%s of the %s is for %s at %s', (name, source, role, path) => {
  expect(pageOfFact(reader(role), { name, source }, { aiSystemId: 's', runId: 'r' })).toBe(path);
});
