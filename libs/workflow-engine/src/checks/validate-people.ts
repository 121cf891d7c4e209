import type { Compiled } from '../definition/compiled.ts';
import type {
  ApprovalStep,
  EscalationLevel,
  FormStep,
  Quorum,
  Step,
} from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { isApproving } from '../people/gate.ts';
import { maxPeoplePerSeat, peopleIn } from '../people/seats.ts';
import { requireFact } from './validate-facts.ts';

type PeopleStep = FormStep | ApprovalStep;

/** A role’s name, such as `client.system_owner`. */
const roleName = /^[a-z]+\.[a-z_]+$/;
const maxLevels = 20;
const maxShare = 1_000;

/** Checks who may do a step, how a person is found, and what happens when nobody does it in time. */
export function checkPeople(compiled: Compiled, step: Step, findings: Findings): void {
  if (step.type !== 'form' && step.type !== 'task' && step.type !== 'approval') return;
  const place = `steps.${step.id}`;
  if (step.type === 'approval') checkDecision(step, findings, place);
  if (step.escalation) checkEscalation(compiled, step, findings);
}

function checkDecision(step: ApprovalStep, findings: Findings, place: string): void {
  if (step.delegable === 'anyone') {
    const message = 'A decision can be given on only to people who hold the role themselves.';
    findings.error('bad-quorum', `${place}.delegable`, message);
  }
  const { quorum } = step;
  if (!quorum) return;
  checkSeats(quorum, findings, `${place}.quorum`);
  if (step.roleFrom) {
    const message = 'The seats of the quorum name the roles, so this expression is never asked.';
    findings.warn('bad-quorum', `${place}.roleFrom`, message);
  }
}

function checkSeats({ seats, needs, veto = [] }: Quorum, findings: Findings, place: string): void {
  if (seats.length === 0) findings.error('bad-quorum', place, 'A quorum needs at least one seat.');
  for (const [at, { role, count }] of seats.entries()) {
    const here = `${place}.seats.${at}`;
    checkRole(findings, here, role);
    if (!Number.isInteger(count) || count < 1 || count > maxPeoplePerSeat) {
      const message = `A seat is for 1 to ${maxPeoplePerSeat} people.`;
      findings.error('bad-quorum', here, message);
    }
  }
  const people = peopleIn(seats);
  if (typeof needs === 'number' && (!Number.isInteger(needs) || needs < 1 || needs > people)) {
    const message = `${needs} approvals are needed, and there are seats for ${people}.`;
    findings.error('bad-quorum', `${place}.needs`, message);
  }
  for (const role of veto) {
    if (seats.some((seat) => seat.role === role)) continue;
    const message = `“${role}” has a veto and no seat. Give it a seat, or take the veto away.`;
    findings.error('bad-quorum', `${place}.veto`, message);
  }
}

function checkEscalation(compiled: Compiled, step: PeopleStep, findings: Findings): void {
  const { escalation: levels = [] } = step;
  const place = `steps.${step.id}.escalation`;
  const error = (at: number, message: string): void =>
    findings.error('bad-escalation', `${place}.${at}`, message);
  if (!step.due || step.due.length === 0) {
    findings.error('bad-escalation', place, 'Escalation is reckoned from a deadline. Set one.');
  }
  if (levels.length > maxLevels) {
    findings.error('bad-escalation', place, `A chain may have ${maxLevels} levels.`);
  }
  for (const [at, level] of levels.entries()) {
    if (!Number.isFinite(level.at) || level.at <= 0 || level.at > maxShare) {
      error(at, `A level comes after 1 to ${maxShare} percent of the time up to the deadline.`);
    }
    if (at > 0 && level.at < (levels[at - 1]?.at ?? 0)) {
      error(at, 'Levels come one after another. Put the earlier one first.');
    }
    checkLevel(compiled, step, { level, at, error }, findings);
  }
  const settles = levels.findIndex(({ action }) => action === 'settle');
  if (settles >= 0 && settles < levels.length - 1) {
    error(settles, 'Nothing can follow on a level that settles the matter. Make it the last.');
  }
}

function checkLevel(
  compiled: Compiled,
  step: PeopleStep,
  {
    level,
    at,
    error,
  }: {
    readonly level: EscalationLevel;
    readonly at: number;
    readonly error: (at: number, message: string) => void;
  },
  findings: Findings,
): void {
  const place = `steps.${step.id}.escalation.${at}`;
  if (level.action === 'tell') checkRole(findings, place, level.role);
  if (level.action === 'reassign') {
    const { role, assignee } = level;
    if (role === undefined && assignee === undefined) {
      error(at, 'Say to which role, or to the person of which fact, the task goes.');
    }
    if (role !== undefined) checkRole(findings, place, role);
    if (assignee !== undefined) {
      requireFact(compiled, findings, assignee, { place, kinds: ['person', 'people'] });
    }
  }
  if (level.action !== 'settle') return;
  if (step.type !== 'approval') {
    error(at, 'Only a decision can be settled by a clock.');
    return;
  }
  const outcome = step.outcomes.find(({ key }) => key === level.outcome);
  if (!outcome) {
    error(at, `There is no outcome “${level.outcome}” here.`);
    return;
  }
  if (isApproving(outcome))
    error(at, 'Nothing is ever approved by a clock. Choose another outcome.');
  if (outcome.when) error(at, 'This outcome is not always offered, so a clock cannot rely on it.');
}

function checkRole(findings: Findings, place: string, role: string): void {
  if (!roleName.test(role)) findings.error('bad-name', place, `“${role}” is not a role.`);
}
