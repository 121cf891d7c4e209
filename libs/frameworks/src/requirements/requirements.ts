import { iso42001Items } from './iso42001.data.ts';
import type { Requirement } from './requirement.ts';

/** What is assessed: the 32 clauses and 38 controls, without the headings above them. */
export const requirements: readonly Requirement[] = iso42001Items.filter(
  (item) => item.kind === 'clause' || item.kind === 'control',
);

const byId = new Map(iso42001Items.map((item) => [item.id, item]));

/** The clause, control or heading of this number, if there is one. */
export function requirementOf(id: string): Requirement | undefined {
  return byId.get(id);
}

/** Clauses and controls under one heading of a readiness table: clause 4 to 10, A.2 to A.10. */
export interface RequirementGroup {
  readonly id: string;
  readonly title: string;
  readonly kind: 'clauses' | 'controls';
  readonly requirements: readonly Requirement[];
}

function topOf(item: Requirement): Requirement {
  const parent = item.parent === null ? undefined : byId.get(item.parent);
  return parent ? topOf(parent) : item;
}

/** Every clause and control once, grouped as the standard orders them. */
export const requirementGroups: readonly RequirementGroup[] = iso42001Items
  .filter((item) => item.parent === null)
  .map((group) => ({
    id: group.id,
    title: group.title,
    kind: group.kind === 'clause-group' ? 'clauses' : 'controls',
    requirements: requirements.filter((item) => topOf(item).id === group.id),
  }));
