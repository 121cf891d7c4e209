import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import type { TokenScope } from '@plumbline/contracts';
import { ROLES, type MemberRole } from './roles.ts';
import {
  ADVISER_RULES,
  MEMBER_RULES,
  SUBJECTS,
  TOKEN_RULES,
  type Action,
  type Rule,
  type Subject,
} from './rules.ts';

/** Who may do what, built once per request. Subjects are names of ours, never data from outside. */
export type Ability = MongoAbility<[Action, Subject]>;

/** What a person is in one organisation. */
export interface Standing {
  readonly roles: readonly string[];
  readonly relation: 'member' | 'adviser';
}

const isRole = (text: string): text is MemberRole => (ROLES as readonly string[]).includes(text);
const isScope = (text: string): text is TokenScope => Object.hasOwn(TOKEN_RULES, text);

/** The rights that a standing gives. An unknown role gives none. */
export function abilityFor({ roles, relation }: Standing): Ability {
  const rules = relation === 'member' ? MEMBER_RULES : ADVISER_RULES;
  return abilityOf(
    roles.filter(isRole).flatMap((role) => rules[role] ?? []),
    relation === 'adviser' ? ['Task', 'Run'] : [],
  );
}

/** The rights that the scopes of a service token give. An unknown scope gives none. */
export const abilityForToken = (scopes: readonly string[]): Ability =>
  abilityOf(
    scopes.filter(isScope).flatMap((scope) => TOKEN_RULES[scope]),
    SUBJECTS,
  );

/** The roles that may do something where they are a member, for example who may manage members. */
export const rolesThatMay = (action: Action, subject: Subject): MemberRole[] =>
  ROLES.filter((role) => abilityFor({ roles: [role], relation: 'member' }).can(action, subject));

function abilityOf(rules: readonly Rule[], neverDecides: readonly Subject[]): Ability {
  const { can, cannot, build } = new AbilityBuilder<Ability>(createMongoAbility);
  for (const [action, ...subjects] of rules) can(action, subjects);
  if (neverDecides.length > 0) cannot('decide', [...neverDecides]);
  return build();
}
