export {
  abilityFor,
  abilityForToken,
  rolesThatMay,
  type Ability,
  type Standing,
} from './ability.ts';
export {
  CLIENT_ROLES,
  EXTERNAL_ROLES,
  FIRM_ROLES,
  roleLabel,
  ROLE_LABELS,
  ROLES,
  rolesOfKind,
  type MemberRole,
} from './roles.ts';
export {
  ACTIONS,
  ADVISER_RULES,
  MEMBER_RULES,
  SUBJECTS,
  TOKEN_RULES,
  type Action,
  type Rule,
  type Subject,
} from './rules.ts';
