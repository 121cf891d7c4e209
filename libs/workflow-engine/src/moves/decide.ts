import type { FactValue } from '../expressions/condition.ts';
import { isDate, isKeepable } from '../forms/answer-values.ts';
import { Advance } from './advance.ts';
import { offerNext } from './assignment.ts';
import { type Authority, rolesInWords, shownOnTask } from '../people/authority.ts';
import { basisOf, pick } from '../definition/compiled.ts';
import type { ApprovalStep, Outcome } from '../definition/definition.ts';
import { gateOf, isApproving, offeredOutcomes } from '../people/gate.ts';
import { type Journal, setFacts } from './journal.ts';
import { type Ballot, outcomeOf, verdictOf } from '../people/quorum.ts';
import { refuse } from '../run/refused.ts';
import type { Command, OpenTask, Token, Vote } from '../run/run.ts';
import { hasPlaceFor, seated } from '../people/seats.ts';
import { requireSeparation } from './separation.ts';
import {
  authorityNow,
  closeTask,
  everyoneBehind,
  findTask,
  idsOf,
  type Person,
  requireFree,
  requireNotHeld,
  requireOwnPeople,
  requirePerson,
  requireReason,
  requireRole,
} from './task.ts';
import { noteFinished } from './undo.ts';
import { voteOf } from '../run/votes.ts';

type Decide = Command & { readonly type: 'decide' };
type Case = { readonly task: OpenTask; readonly step: ApprovalStep; readonly token: Token };

/** Records one approver's decision and, when it settles the matter, moves the run on. */
export function decide(journal: Journal, command: Decide): void {
  const { task, step, token } = findTask(journal, command.task);
  if (step.type !== 'approval') {
    return refuse('unknown-outcome', `“${step.name}” is not a decision. Submit it instead.`);
  }
  const person = requirePerson(command.by);
  requireNotHeld(task);
  const authority = authorityNow(journal, { task, step, token });
  const waived = requireVoter(journal, { task, step, token }, { authority, person });
  const outcome = requireOutcome(journal, step, command);
  const approves = isApproving(outcome);
  const vote = voteOf(person, outcome.key);
  if (approves) requireOpenGate(journal, step, authority);
  requirePlace(authority, task.votes, vote, approves);
  const ballots = ballotsOf(step, [...task.votes, vote]);
  const verdict = verdictOf(authority, ballots);
  // A blind matter may be settled in favour by a vote against: the gate must hold then too.
  if (verdict === 'for' && !approves) requireOpenGate(journal, step, authority);
  const settled = verdict === 'open' ? null : outcomeOf(verdict, authority, ballots, step.outcomes);

  noteAuthority(journal, task, authority);
  journal.record({
    type: 'decision-recorded',
    key: task.key,
    step: step.id,
    outcome: outcome.key,
    reason: command.reason,
    conditions: command.conditions,
    final: settled !== null,
    result: settled?.key ?? null,
    waived,
    basis: pick(journal.facts, basisOf(step)),
  });
  if (settled) settle(journal, { task, step, token }, settled, person.personId);
  else offerNext(journal, { task, step });
}

/** Closes a decision by an outcome and moves the run on. `performer` is who settled it, if anybody. */
export function settle(
  journal: Journal,
  { task, step, token }: Case,
  outcome: Outcome,
  performer: string | null,
): void {
  closeTask(journal, task);
  const facts: Record<string, FactValue> = {};
  if (step.outcomeFact !== undefined) facts[step.outcomeFact] = outcome.key;
  if (step.performer !== undefined && performer !== null) facts[step.performer] = performer;
  setFacts(journal, step.id, facts);
  if (isApproving(outcome)) noteFinished(journal, step, token);
  new Advance(journal).leave(token, outcome.to);
}

/** Records who must finish the task when that is no longer what the task says. */
export function noteAuthority(journal: Journal, task: OpenTask, authority: Authority): void {
  const [now, before] = [shownOnTask(authority), shownOnTask(task)];
  if (JSON.stringify(now) === JSON.stringify(before)) return;
  journal.record({ type: 'authority-changed', key: task.key, ...now });
}

/** Refuses whoever may not decide here; gives the separation rules that were lifted. */
function requireVoter(
  journal: Journal,
  { task, step }: Case,
  { authority, person }: { readonly authority: Authority; readonly person: Person },
): readonly string[] {
  requireOwnPeople(person, step);
  requireRole(journal, person, step, authority);
  requireNoVote(task, idsOf(person));
  requireFree(task, person);
  return requireSeparation(journal, step, everyoneBehind(person, task));
}

/** Refuses whoever has voted already, under whichever name. */
export function requireNoVote(
  { votes }: OpenTask,
  people: readonly string[],
  message = 'You have already decided. Another approver must decide now.',
): void {
  const voted = new Set(votes.flatMap(({ personId, onBehalfOf }) => [personId, onBehalfOf]));
  if (people.some((personId) => voted.has(personId))) refuse('already-decided', message);
}

function ballotsOf(step: ApprovalStep, votes: readonly Vote[]): readonly Ballot[] {
  return votes.map(({ roles, outcome }) => {
    const chosen = step.outcomes.find(({ key }) => key === outcome);
    return { roles, outcome, approves: chosen !== undefined && isApproving(chosen) };
  });
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

/** Refuses a voter for whom no seat is open: not in turn, or enough of their role have voted. */
function requirePlace(
  authority: Authority,
  votes: readonly Vote[],
  vote: Vote,
  approves: boolean,
): void {
  // Where one vote against settles the matter at once, everybody with the role may cast it.
  const settlesAlone = !approves && authority.veto === 'everyone' && !authority.blind;
  if (settlesAlone && !authority.ordered) return;
  const { free, open } = seated(authority, votes);
  // Fewer approvers may be needed by now: then any vote of a right role settles the matter.
  if (free === 0 || hasPlaceFor(authority, votes, vote)) return;
  if (authority.ordered) {
    refuse('not-your-turn', `It is not your turn yet. Now ${rolesInWords(open)} decides.`);
  }
  refuse('not-your-role', `Enough of your role have decided. Now ${rolesInWords(open)} must.`);
}
