import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TOKEN_SCOPES } from '@plumbline/contracts';
import { abilityFor, abilityForToken, rolesThatMay } from './ability.ts';
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
    ['ext.cert_auditor', 'create', 'Export', true],
    ['client.technical_lead', 'create', 'Export', false],
    ['client.technical_lead', 'manage', 'Token', false],
    ['client.aims_manager', 'manage', 'Token', true],
    ['firm.partner', 'manage', 'Engagement', false],
    ['firm.auditor', 'read', 'Portfolio', false],
    ['firm.admin', 'read', 'AiSystem', false],
    ['client.top_management', 'manage', 'Workflow', true],
    ['client.system_owner', 'update', 'Workflow', false],
    ['firm.lead', 'manage', 'Workflow', true],
    ['firm.consultant', 'update', 'Workflow', true],
    ['firm.consultant', 'manage', 'Workflow', false],
    ['firm.viewer', 'update', 'Workflow', false],
  ] as const)('as a member, %s %s %s: %s', (role, action, subject, expected) => {
    expect(abilityFor({ roles: [role], relation: 'member' }).can(action, subject)).toBe(expected);
  });

  it.each([
    ['firm.lead', 'update', 'AiSystem', true],
    ['firm.partner', 'update', 'AiSystem', false],
    ['firm.admin', 'read', 'AiSystem', false],
    ['firm.consultant', 'submit', 'Task', true],
    ['firm.consultant', 'update', 'Workflow', true],
    ['firm.lead', 'manage', 'Workflow', false],
    ['firm.partner', 'update', 'Workflow', false],
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

const roles = fc.uniqueArray(fc.constantFrom(...ROLES));
const scopes = fc.uniqueArray(fc.constantFrom(...TOKEN_SCOPES));
const action = fc.constantFrom(...ACTIONS);
const subject = fc.constantFrom(...SUBJECTS);

describe('whatever roles come together', () => {
  it('an adviser decides nothing, grants nothing and manages nobody', () => {
    fc.assert(
      fc.property(roles, subject, (held, about) => {
        const ability = abilityFor({ roles: held, relation: 'adviser' });
        expect(ability.can('decide', about)).toBe(false);
        expect(ability.can('manage', about)).toBe(false);
        expect(ability.can('update', 'Organisation')).toBe(false);
      }),
    );
  });

  it('an adviser has no right that the roles of the firm do not give', () => {
    fc.assert(
      fc.property(roles, action, subject, (held, act, about) => {
        const firmRoles = held.filter((role) => role.startsWith('firm.'));
        const all = abilityFor({ roles: held, relation: 'adviser' });
        const own = abilityFor({ roles: firmRoles, relation: 'adviser' });
        expect(all.can(act, about)).toBe(own.can(act, about));
      }),
    );
  });

  it('together they may what one of them may, as members', () => {
    fc.assert(
      fc.property(roles, action, subject, (held, act, about) => {
        const together = abilityFor({ roles: held, relation: 'member' }).can(act, about);
        const alone = held.some((role) =>
          abilityFor({ roles: [role], relation: 'member' }).can(act, about),
        );
        expect(together).toBe(alone);
      }),
    );
  });
});

describe('abilityForToken', () => {
  it('never decides, submits, manages or exports', () => {
    fc.assert(
      fc.property(scopes, subject, (held, about) => {
        const ability = abilityForToken(held);
        for (const act of ['decide', 'submit', 'manage', 'export', 'delete'] as const) {
          expect(ability.can(act, about)).toBe(false);
        }
      }),
    );
  });

  it.each([
    ['ai-systems:read', 'read', 'AiSystem', true],
    ['ai-systems:read', 'update', 'AiSystem', false],
    ['ai-systems:write', 'read', 'AiSystem', false],
    ['gate:read', 'read', 'Gate', true],
    ['gate:read', 'read', 'AiSystem', false],
    ['measurements:write', 'create', 'Measurement', true],
    ['record:read', 'verify', 'Record', true],
    ['signals:write', 'create', 'Signal', true],
    ['signals:write', 'update', 'Run', false],
  ] as const)('%s: %s %s is %s', (scope, act, about, expected) => {
    expect(abilityForToken([scope]).can(act, about)).toBe(expected);
  });

  it.each(['', 'ai-systems', 'constructor', '__proto__', 'client.approver'])(
    'gives nothing for %j',
    (scope) => {
      const ability = abilityForToken([scope]);
      expect(SUBJECTS.some((about) => ACTIONS.some((act) => ability.can(act, about)))).toBe(false);
    },
  );
});

it('knows who may manage members', () => {
  expect(rolesThatMay('manage', 'Member')).toEqual([
    'firm.partner',
    'firm.admin',
    'client.top_management',
    'client.aims_manager',
  ]);
});
