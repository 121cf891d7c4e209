import type { DecisionTable, Step, WorkflowDefinition } from '@plumbline/workflow-engine';

/** A role that a definition counts on, and where. */
export interface NamedRole {
  readonly role: string;
  readonly place: string;
}

/** Every role that a definition counts on, each with the first place that names it. */
export function rolesIn(definition: WorkflowDefinition): readonly NamedRole[] {
  const first = new Map<string, string>();
  for (const step of definition.steps) {
    for (const { role, place } of rolesOfStep(step)) {
      if (!first.has(role)) first.set(role, `steps.${step.id}.${place}`);
    }
  }
  return [...first].map(([role, place]) => ({ role, place }));
}

/** The roles that decide at a step: its seats, what its table may give, or its own. */
export function decidingRoles(step: Step): readonly string[] {
  if (step.type !== 'approval') return [];
  const given = step.approvers ? rolesInTable(step.approvers) : [];
  const seats = step.quorum?.seats.map(({ role }) => role) ?? [];
  const roles = given.length > 0 ? given : seats.length > 0 ? seats : [step.role];
  return [...new Set(roles)];
}

function rolesOfStep(step: Step): readonly NamedRole[] {
  const named: NamedRole[] = [];
  const name = (role: string, place: string) => named.push({ role, place });
  if (step.type === 'form' || step.type === 'task' || step.type === 'approval') {
    if (!step.roleFrom) name(step.role, 'role');
    for (const [at, level] of (step.escalation ?? []).entries()) {
      if ('role' in level && level.role) name(level.role, `escalation.${at}.role`);
    }
  }
  if (step.type === 'approval') {
    for (const role of step.approvers ? rolesInTable(step.approvers) : []) name(role, 'approvers');
    for (const [at, { role }] of (step.quorum?.seats ?? []).entries()) {
      name(role, `quorum.seats.${at}.role`);
    }
  }
  if (step.type === 'tell') {
    for (const [at, role] of (step.roles ?? []).entries()) name(role, `roles.${at}`);
  }
  return named;
}

/** The roles among the outputs of an approver table; rows that block name nobody who acts. */
function rolesInTable({ rules }: DecisionTable): readonly string[] {
  return rules
    .filter(({ then }) => !('blocked' in then))
    .flatMap(({ then }) => [then['role'], then['also']])
    .filter((role): role is string => typeof role === 'string' && role !== '');
}
