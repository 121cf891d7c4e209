import type { Facts } from './condition.ts';
import type { ApprovalStep, FormStep } from './definition.ts';
import { type Dictionary, readFact } from './dictionary.ts';
import type { OpenTask, Vote } from './run.ts';
import { evaluateTable } from './table.ts';

/** Who must finish a task now. */
export type Authority = Pick<OpenTask, 'role' | 'also' | 'needed' | 'blocked'>;

/** The authority that the facts ask for. A table without a fitting row blocks: it fails closed. */
export function authorityOf(
  step: FormStep | ApprovalStep,
  dictionary: Dictionary,
  facts: Facts,
): Authority {
  const plain = { role: step.role, also: null, needed: 1, blocked: null };
  if (step.type !== 'approval' || !step.approvers) return plain;
  const result = evaluateTable(step.approvers, dictionary, facts);
  if (!result) {
    return {
      ...plain,
      blocked: `No rule of “${step.approvers.name}” fits the facts. Complete them first.`,
    };
  }
  const role = readFact(result.outputs, 'role');
  const also = readFact(result.outputs, 'also');
  const count = readFact(result.outputs, 'count');
  const blocked = readFact(result.outputs, 'blocked');
  const people = typeof count === 'number' ? Math.max(1, Math.ceil(count)) : 1;
  return {
    role: typeof role === 'string' ? role : step.role,
    also: typeof also === 'string' ? also : null,
    needed: people + (typeof also === 'string' ? 1 : 0),
    blocked: typeof blocked === 'string' && blocked !== '' ? blocked : null,
  };
}

/** How many seats these votes leave open: one person takes one seat of a role that they hold. */
export function openSeats(
  { role, also, needed }: Omit<Authority, 'blocked'>,
  votes: readonly Vote[],
): number {
  let [onlyRole, onlyAlso, both] = [0, 0, 0];
  for (const { roles } of votes) {
    const [fitsRole, fitsAlso] = [roles.includes(role), also !== null && roles.includes(also)];
    if (fitsRole && fitsAlso) both += 1;
    else if (fitsRole) onlyRole += 1;
    else if (fitsAlso) onlyAlso += 1;
  }
  const alsoSeats = also === null ? 0 : 1;
  const roleSeats = needed - alsoSeats;
  const roleLeft = Math.max(0, roleSeats - onlyRole);
  const alsoLeft = Math.max(0, alsoSeats - onlyAlso);
  return Math.max(0, roleLeft + alsoLeft - both);
}

/** `client.top_management` in words: “top management”. */
export function roleInWords(role: string): string {
  return role.slice(role.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

/** “top management, and one more from approver”: who may finish the task. */
export function authorityInWords({ role, also }: Pick<Authority, 'role' | 'also'>): string {
  return also === null
    ? `“${roleInWords(role)}”`
    : `“${roleInWords(role)}” and “${roleInWords(also)}”`;
}
