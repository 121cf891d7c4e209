import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import { ROLES, type MemberRole } from './roles.ts';
import { ADVISER_RULES, MEMBER_RULES, type Action, type Subject } from './rules.ts';

/** Who may do what, built once per request. Subjects are names of ours, never data from outside. */
export type Ability = MongoAbility<[Action, Subject]>;

/** What a person is in one organisation. */
export interface Standing {
  readonly roles: readonly string[];
  readonly relation: 'member' | 'adviser';
}

const isRole = (text: string): text is MemberRole => (ROLES as readonly string[]).includes(text);

/** The rights that a standing gives. An unknown role gives none. */
export function abilityFor({ roles, relation }: Standing): Ability {
  const { can, cannot, build } = new AbilityBuilder<Ability>(createMongoAbility);
  const rules = relation === 'member' ? MEMBER_RULES : ADVISER_RULES;
  for (const role of roles.filter(isRole)) {
    for (const [action, ...subjects] of rules[role] ?? []) can(action, subjects);
  }
  if (relation === 'adviser') cannot('decide', ['Task']);
  return build();
}
