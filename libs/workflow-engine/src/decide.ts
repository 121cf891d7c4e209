import type { FactValue } from './condition.ts';
import { isDate, isKeepable } from './answer-values.ts';
import { Advance } from './advance.ts';
import { type Authority, authorityOf, openSeats, roleInWords } from './authority.ts';
import { basisOf, pick } from './compiled.ts';
import type { ApprovalStep, Outcome } from './definition.ts';
import { gateOf, offeredOutcomes } from './gate.ts';
import { type Journal, setFacts } from './journal.ts';
import { refuse } from './refused.ts';
import type { Command, OpenTask, Vote } from './run.ts';
import { requireSeparation } from './separation.ts';
import {
  findTask,
  type Person,
  requireFree,
  requireOwnPeople,
  requirePerson,
  requireReason,
  requireRole,
} from './task.ts';
import { noteFinished } from './undo.ts';

type Decide = Command & { readonly type: 'decide' };

/** Records one approver's decision and, when it settles the matter, moves the run on. */
export function decide(journal: Journal, command: Decide): void {
  const { task, step, token } = findTask(journal, command.task);
  if (step.type !== 'approval') {
    return refuse('unknown-outcome', `“${step.name}” is not a decision. Submit it instead.`);
  }
  const person = requirePerson(command.by);
  const authority = authorityOf(step, journal.compiled.dictionary, journal.facts);
  const waived = requireVoter(journal, { task, step, authority }, person);
  const outcome = requireOutcome(journal, step, command);
  const approves = isApproving(outcome);
  const vote = { personId: person.personId, roles: person.roles, outcome: outcome.key };
  const votes = [...task.votes, vote];
  if (approves) {
    requireOpenGate(journal, step, authority);
    requireSeat(authority, task.votes, vote);
  }
  const final = !approves || openSeats(authority, votes) === 0;
  const settled = final ? settledBy(step, approves ? votes : [vote]) : null;

  if (!sameAuthority(authority, task)) {
    journal.record({ type: 'authority-changed', key: task.key, ...authority });
  }
  journal.record({
    type: 'decision-recorded',
    key: task.key,
    step: step.id,
    outcome: outcome.key,
    reason: command.reason,
    conditions: command.conditions,
    final,
    result: settled?.key ?? null,
    waived,
    basis: pick(journal.facts, basisOf(step)),
  });
  if (!settled) return;
  journal.record({ type: 'task-closed', key: task.key, why: 'done' });
  setFacts(journal, step.id, factsOf(step, settled, person));
  if (isApproving(settled)) noteFinished(journal, step, token);
  new Advance(journal).leave(token, settled.to);
}

/** Refuses whoever may not decide here; gives the separation rules that were lifted. */
function requireVoter(
  journal: Journal,
  { task, step, authority }: { task: OpenTask; step: ApprovalStep; authority: Authority },
  person: Person,
): readonly string[] {
  requireOwnPeople(person, step);
  requireRole(journal, person, step, authority);
  if (task.votes.some(({ personId }) => personId === person.personId)) {
    refuse('already-decided', 'You have already decided. Another approver must decide now.');
  }
  requireFree(task, person);
  return requireSeparation(journal, step, person.personId);
}

function isApproving({ effect }: Outcome): boolean {
  return effect === 'approve' || effect === 'approve-with-conditions';
}

function sameAuthority(left: Authority, right: Authority): boolean {
  return (
    left.role === right.role &&
    left.also === right.also &&
    left.needed === right.needed &&
    left.blocked === right.blocked
  );
}

function requireOutcome(journal: Journal, step: ApprovalStep, command: Decide): Outcome {
  const offered = offeredOutcomes(step, journal.compiled.dictionary, journal.facts);
  const outcome = offered.find(({ key }) => key === command.outcome);
  if (!outcome) {
    const labels = offered.map(({ label }) => `“${label}”`).join(', ');
    return refuse('unknown-outcome', `This outcome is not offered here. Choose ${labels}.`);
  }
  requireReason(command.reason, `Give a reason for “${outcome.label}”.`, outcome.reasonRequired);
  requireConditions(outcome, command);
  return outcome;
}

function requireConditions(outcome: Outcome, { conditions }: Decide): void {
  const wanted = outcome.effect === 'approve-with-conditions';
  const whole = conditions.every(
    ({ text, owner, due }) => text.trim() !== '' && isKeepable(text) && owner !== '' && isDate(due),
  );
  if (wanted && (conditions.length === 0 || !whole)) {
    refuse('conditions-required', 'Write at least one condition, each with an owner and a date.');
  }
  if (!wanted && conditions.length > 0) {
    refuse('conditions-required', `Conditions cannot go with “${outcome.label}”. Remove them.`);
  }
}

/** Refuses an approval that is blocked or whose gate is not met by the facts of this moment. */
function requireOpenGate(journal: Journal, step: ApprovalStep, { blocked }: Authority): void {
  if (blocked !== null) refuse('approval-blocked', `Nobody can approve now. ${blocked}`);
  const unmet = gateOf(step, journal.compiled.dictionary, journal.facts)
    .filter(({ met }) => !met)
    .map(({ key, label, cure }) => ({ key, label, cure }));
  if (unmet.length > 0) {
    const labels = unmet.map(({ label }) => label).join('; ');
    refuse('gate-not-met', `The gate is closed. Not met: ${labels}. Do these first.`, { unmet });
  }
}

/** Refuses an approver of a role of which nobody is needed any more. */
function requireSeat(authority: Authority, votes: readonly Vote[], vote: Vote): void {
  const before = openSeats(authority, votes);
  // Fewer approvers may be needed by now: then any vote of a right role settles the matter.
  if (before === 0 || openSeats(authority, [...votes, vote]) < before) return;
  const missing =
    authority.also !== null && !vote.roles.includes(authority.also)
      ? authority.also
      : authority.role;
  refuse('not-your-role', `Enough of your role have approved. Now “${roleInWords(missing)}” must.`);
}

/** Any condition set by one approver binds the whole decision; otherwise the last vote names it. */
function settledBy(step: ApprovalStep, votes: readonly Vote[]): Outcome | null {
  const chosen = votes.map(({ outcome }) => step.outcomes.find(({ key }) => key === outcome));
  return (
    chosen.find((outcome) => outcome?.effect === 'approve-with-conditions') ?? chosen.at(-1) ?? null
  );
}

function factsOf(step: ApprovalStep, outcome: Outcome, person: Person): Record<string, FactValue> {
  return {
    ...(step.outcomeFact !== undefined && { [step.outcomeFact]: outcome.key }),
    ...(step.performer !== undefined && { [step.performer]: person.personId }),
  };
}
