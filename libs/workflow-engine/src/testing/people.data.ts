import type { FactDeclaration } from '../expressions/condition.ts';
import type { ApprovalStep, FormStep, WorkflowDefinition } from '../definition/definition.ts';
import type { Candidate, Command } from '../run/run.ts';
import { aDefinition, end, outcome, person, task } from './samples.data.ts';

/** Definitions and builders for the specs about people; not part of this library's door. */

type By = Command['by'] & { readonly kind: 'person' };

/** Somebody who acts on behalf of another. */
export function deputy(who: By, { personId, roles }: By): By {
  return { ...who, onBehalfOf: { personId, roles } };
}

export function candidate(personId: string, change: Partial<Candidate> = {}): Candidate {
  return {
    ...{ personId, roles: ['client.approver'], openTasks: 0, lastAssignedAt: null, away: false },
    ...change,
  };
}

const facts: readonly FactDeclaration[] = [
  { name: 'tier', type: { kind: 'text' }, source: 'subject' },
  { name: 'residualLevel', type: { kind: 'text' }, source: 'subject' },
  { name: 'owner', type: { kind: 'person' }, source: 'subject' },
  { name: 'boss', type: { kind: 'person' }, source: 'subject' },
  { name: 'outcome', type: { kind: 'text' }, source: 'run' },
  { name: 'decidedBy', type: { kind: 'person' }, source: 'run' },
];

/** Prepare, then decide; whoever prepared, or owns the system, does not decide. */
export function decision(
  change: Partial<ApprovalStep> = {},
  work: Partial<FormStep & { type: 'task' }> = {},
): WorkflowDefinition {
  const decide: ApprovalStep = {
    ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Go live' },
    ...{ role: 'client.approver', question: 'Go?', shows: [] },
    ...{ outcomeFact: 'outcome', performer: 'decidedBy' },
    due: [{ due: { amount: 2, unit: 'business-days' } }],
    separation: [
      { id: 'SOD-01', parties: ['owner'], because: 'You own it.', waivable: 'never' },
      { id: 'SOD-05', steps: ['prepare'], because: 'You prepared it.', waivable: 'never' },
    ],
    outcomes: [
      outcome('yes', 'approve', 'live'),
      outcome('changes', 'ask-for-changes', 'prepare'),
      outcome('no', 'reject', 'rejected'),
    ],
    ...change,
  };
  const prepare = task('prepare', 'decide', { role: 'client.staff', ...work });
  return aDefinition('prepare', [prepare, decide, end('live'), end('rejected')], facts);
}

export const ana = person('ana', 'client.staff');
export const ben = person('ben', 'client.approver');
export const cleo = person('cleo', 'client.approver');
export const dan = person('dan', 'client.approver');
export const eve = person('eve', 'client.legal');
export const fay = person('fay', 'client.top_management');
