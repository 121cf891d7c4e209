import { describe, expect, it } from '@jest/globals';
import { abilityFor } from './ability.ts';
import { FIRM_ROLES, ROLES } from './roles.ts';
import { ACTIONS, SUBJECTS } from './rules.ts';

describe('abilityFor', () => {
  it.each(FIRM_ROLES)(
    'never lets an adviser (%s) decide, whatever other roles are claimed',
    (role) => {
      const ability = abilityFor({ roles: [role, 'client.approver'], relation: 'adviser' });
      expect(ability.can('decide', 'Task')).toBe(false);
      expect(ability.can('manage', 'Engagement')).toBe(false);
      expect(ability.can('manage', 'Member')).toBe(false);
    },
  );

  it.each([
    ['client.approver', 'decide', 'Task', true],
    ['client.system_owner', 'decide', 'Task', false],
    ['client.staff', 'create', 'AiSystem', true],
    ['client.staff', 'read', 'AiSystem', false],
    ['client.staff', 'read', 'Decision', false],
    ['client.aims_manager', 'manage', 'Engagement', true],
    ['client.approver', 'manage', 'Member', false],
    ['client.internal_auditor', 'read', 'Record', true],
    ['client.internal_auditor', 'update', 'AiSystem', false],
    ['ext.cert_auditor', 'read', 'Evidence', true],
    ['ext.cert_auditor', 'create', 'Evidence', false],
    ['firm.admin', 'read', 'AiSystem', false],
  ] as const)('as a member, %s %s %s: %s', (role, action, subject, expected) => {
    expect(abilityFor({ roles: [role], relation: 'member' }).can(action, subject)).toBe(expected);
  });

  it.each([
    ['firm.lead', 'update', 'AiSystem', true],
    ['firm.partner', 'update', 'AiSystem', false],
    ['firm.admin', 'read', 'AiSystem', false],
    ['firm.consultant', 'submit', 'Task', true],
  ] as const)('as an adviser, %s %s %s: %s', (role, action, subject, expected) => {
    expect(abilityFor({ roles: [role], relation: 'adviser' }).can(action, subject)).toBe(expected);
  });

  it('gives nothing to unknown roles', () => {
    const ability = abilityFor({ roles: ['client.god', '__proto__'], relation: 'member' });
    for (const action of ACTIONS) {
      for (const subject of SUBJECTS) expect(ability.can(action, subject)).toBe(false);
    }
  });

  it('knows a rule for every role', () => {
    for (const role of ROLES) {
      expect(abilityFor({ roles: [role], relation: 'member' }).can('read', 'Organisation')).toBe(
        true,
      );
    }
  });
});
