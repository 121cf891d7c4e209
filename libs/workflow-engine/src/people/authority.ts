import type { Facts } from '../expressions/condition.ts';
import type { ApprovalStep, FormStep, Quorum, Seat } from '../definition/definition.ts';
import { type Dictionary, readFact } from '../expressions/dictionary.ts';
import { calculate } from '../expressions/expressions.ts';
import type { Rule } from './quorum.ts';
import type { OpenTask } from '../run/run.ts';
import { maxPeoplePerSeat, peopleIn } from './seats.ts';
import { evaluateTable } from '../definition/table.ts';

/** Who must finish a task now. */
export interface Authority extends Rule, Pick<OpenTask, 'role' | 'also' | 'blocked'> {
  /** Whether the approver table set the seats: then nobody is added by escalating. */
  readonly byTable: boolean;
}

/** What escalation has changed about who may act; nothing for a task that was just opened. */
export type Raised = Pick<OpenTask, 'raisedTo' | 'helpers'>;

const notRaised: Raised = { raisedTo: null, helpers: [] };

/**
 * The authority that the facts ask for. Where the approver table has a row, its seats are the ones,
 * and all of them are needed. Without a fitting row, the quorum holds; without one either, nobody
 * can approve: it fails closed.
 */
export function authorityOf(
  step: FormStep | ApprovalStep,
  dictionary: Dictionary,
  facts: Facts,
  raised: Raised = notRaised,
): Authority {
  const role = raised.raisedTo ?? roleOf(step, dictionary, facts);
  const plain = { seats: [{ role, count: 1 }], helpers: raised.helpers, blocked: null };
  if (step.type !== 'approval') return authority(plain);
  const { quorum, approvers } = step;
  const row = approvers && evaluateTable(approvers, dictionary, facts);
  if (row) {
    const byTable = seatsOfRow(row.outputs, roleOf(step, dictionary, facts));
    return authority({ ...byTable, helpers: [], byTable: true }, quorum);
  }
  if (quorum) return authority({ ...plain, ...ofQuorum(quorum, raised.raisedTo) }, quorum);
  if (!approvers) return authority(plain);
  const blocked = `No rule of “${approvers.name}” fits the facts. Complete them first.`;
  return authority({ ...plain, blocked });
}

/** What an open task shows of its authority. */
export function shownOnTask(from: Pick<OpenTask, ShownPart>): Pick<OpenTask, ShownPart> {
  const { role, also, needed, blocked, seats, ordered, blind, helpers } = from;
  return { role, also, needed, blocked, seats, ordered, blind, helpers };
}

type ShownPart = 'role' | 'also' | 'needed' | 'blocked' | 'seats' | 'ordered' | 'blind' | 'helpers';

interface Parts extends Pick<OpenTask, 'seats' | 'helpers' | 'blocked'> {
  readonly needed?: number;
  readonly byTable?: boolean;
  readonly veto?: Rule['veto'];
}

function authority(parts: Parts, quorum?: Quorum): Authority {
  const { seats, helpers, blocked, byTable = false, veto = 'everyone' } = parts;
  const [first, second] = seats;
  return {
    ...{ seats, helpers, blocked, byTable, veto },
    role: first?.role ?? '',
    also: second?.role ?? null,
    needed: parts.needed ?? peopleIn(seats),
    ordered: quorum?.ordered ?? false,
    blind: quorum?.blind ?? false,
  };
}

function ofQuorum(
  { seats, needs, veto = [] }: Quorum,
  raisedTo: string | null,
): Pick<Parts, 'seats' | 'veto'> & { readonly needed: number } {
  const people = peopleIn(seats);
  const needed = needs === 'any' ? 1 : needs === 'all' ? people : needs;
  return {
    seats: raisedTo === null ? seats : [{ role: raisedTo, count: people }],
    needed: Math.min(people, Math.max(1, Math.ceil(needed))),
    veto,
  };
}

/** The step's role, or the one that its expression gives on these facts. */
function roleOf(step: FormStep | ApprovalStep, dictionary: Dictionary, facts: Facts): string {
  if (!step.roleFrom) return step.role;
  const role = calculate(step.roleFrom, dictionary, facts, { kind: 'text' });
  return typeof role === 'string' && role !== '' ? role : step.role;
}

function seatsOfRow(outputs: Facts, usual: string): Pick<Parts, 'seats' | 'blocked'> {
  const role = readFact(outputs, 'role');
  const also = readFact(outputs, 'also');
  const count = readFact(outputs, 'count');
  const blocked = readFact(outputs, 'blocked');
  const people = typeof count === 'number' ? Math.max(1, Math.ceil(count)) : 1;
  const seats: Seat[] = [
    { role: typeof role === 'string' ? role : usual, count: Math.min(people, maxPeoplePerSeat) },
  ];
  if (typeof also === 'string') seats.push({ role: also, count: 1 });
  return { seats, blocked: typeof blocked === 'string' && blocked !== '' ? blocked : null };
}

/** `client.top_management` in words: “top management”. */
export function roleInWords(role: string): string {
  return role.slice(role.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

/** “top management” and “approver”: whose people finish the task. */
export function rolesInWords(roles: readonly string[]): string {
  const words = [...new Set(roles)].map((role) => `“${roleInWords(role)}”`);
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
