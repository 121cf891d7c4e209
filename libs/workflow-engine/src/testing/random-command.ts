import fc from 'fast-check';
import type { Facts } from '../expressions/condition.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import type { Actor, Command, OpenTask, RepairAction, RunState, Surroundings } from '../run/run.ts';
import { surroundings, system } from './samples.data.ts';

/** Numbers that choose one command among those that a state suggests, sensible and not. */
export interface Choice {
  readonly kind: number;
  readonly which: number;
  readonly who: number;
  readonly odd: number;
  readonly hours: number;
  readonly facts: Facts;
}

const roles = ['client.staff', 'client.approver', 'client.owner'];
const people = ['ana', 'ben', 'cleo', 'dan', 'eve'];

/** Choices of commands: most of them sensible, so that runs come far. */
export const choices: fc.Arbitrary<Choice> = fc.record({
  ...{ kind: fc.nat(39), which: fc.nat(9), who: fc.nat(people.length - 1), odd: fc.nat(24) },
  hours: fc.oneof(fc.nat(3), fc.nat(200)),
  facts: fc.record({
    go0: fc.constantFrom(true, false, null),
    go1: fc.boolean(),
    go2: fc.boolean(),
    team: fc.constantFrom(['ana', 'ben'], ['cleo', 'dan', 'eve'], [], null),
    divisor: fc.constantFrom(1, 2, 0, null),
  }),
});

/** What a move may look at, so many hours after the start. */
export function aroundAt({ facts }: Choice, hours: number): Surroundings {
  const now = new Date(Date.parse('2026-11-24T10:00:00Z') + hours * 3_600_000).toISOString();
  const candidates = people.map((personId, nth) => ({
    ...{ personId, roles, openTasks: nth, lastAssignedAt: null, away: nth === 4 },
  }));
  return surroundings({ now, facts, candidates });
}

function pick<Item>(items: readonly Item[], nth: number): Item | undefined {
  return items[nth % Math.max(1, items.length)];
}

function actor({ who, odd, which }: Choice, task: OpenTask | undefined): Actor {
  // Mostly whoever has the task acts.
  const personId = (odd > 2 ? task?.assignee : null) ?? people[who] ?? 'ana';
  return {
    ...{ kind: 'person', personId, adviser: odd === 0 },
    roles: odd === 1 ? roles.slice(which % 3) : roles,
    ...(odd === 4 && { onBehalfOf: { personId: pick(people, which) ?? 'ana', roles } }),
  };
}

/** One command for a state: of a waiting task, timer, signal or child run, or quite another. */
export function commandFor(
  definition: WorkflowDefinition,
  state: RunState,
  chosen: Choice,
): Command {
  const { which, odd, kind } = chosen;
  const open = pick(state.tasks, which);
  const task = odd === 5 ? 'none#1' : odd === 6 ? stale(state, which) : (open?.key ?? 'none#1');
  const by = actor(chosen, open);
  const reason = odd === 7 ? '' : 'Because.';
  if (state.suspended && kind < 20) return { type: 'resume', reason, by };
  const waits: readonly Command[] = [
    ...state.timers.map(({ key }): Command => ({ type: 'fire-timer', timer: key, by: system })),
    ...state.children.map(({ key }): Command => ({
      ...{ type: 'end-child', child: key, outcome: 'done', facts: { x: 1 }, by: system },
    })),
    ...state.awaiting.map(({ signal }): Command => signalled(signal, chosen)),
  ];
  if (kind < 12 || (kind < 20 && waits.length === 0))
    return work(definition, open, task, by, chosen);
  if (kind < 20) return pick(waits, which) ?? signalled('news', chosen);
  switch (kind) {
    case 20:
      return { type: 'claim', task, by };
    case 21:
      return { type: 'release', task, by };
    case 22:
      return { type: 'assign', task, assignee: pick([...people, null], which) ?? null, by };
    case 23:
      return { type: 'delegate', task, to: pick(people, which) ?? '', toRoles: roles, reason, by };
    case 24:
    case 25:
      return open?.held ? { type: 'continue', task, by } : { type: 'hold', task, reason, by };
    case 26:
      return { type: 'continue', task, by };
    case 27:
      return { type: 'move-deadline', task, dueAt: deadlineOf(odd, which), reason, by };
    case 28:
      return { type: 'suspend', reason, by };
    case 29:
      return { type: 'resume', reason, by };
    case 30:
      return signalled(which % 2 > 0 ? 'news' : 'alarm', chosen);
    case 31:
      return {
        type: 'child-cancelled',
        child: pick(state.children, which)?.key ?? 'x#1',
        by: system,
      };
    case 32:
      if (odd === 3) return { type: 'cancel', reason, by };
      return { type: 'start', runId: 'again', facts: {}, by };
    case 33:
      return { type: 'send-back', task, to: pick(definition.steps, which)?.id ?? '', reason, by };
    case 34:
      return { type: 'fire-timer', timer: `${task}!b`, by: system };
    default:
      return { type: 'repair', action: repairFor(definition, state, chosen), reason, by };
  }
}

/** The key of something that was open once. */
function stale({ visits }: RunState, which: number): string {
  return `${pick(Object.keys(visits), which) ?? 'none'}#1`;
}

function deadlineOf(odd: number, which: number): string {
  return odd === 8 ? 'soon' : `2027-0${(which % 9) + 1}-15T12:00:00.000Z`;
}

function signalled(signal: string, { odd, who, hours }: Choice): Command {
  const facts = { note: odd === 9 ? 7 : 'x' };
  // Some come twice with the same id.
  return { type: 'receive-signal', signal, id: `i${odd % 4}${who}${hours}`, facts, by: system };
}

function work(
  definition: WorkflowDefinition,
  open: OpenTask | undefined,
  task: string,
  by: Actor,
  { which, odd, kind }: Choice,
): Command {
  const step = definition.steps.find(({ id }) => id === open?.step);
  if (step?.type !== 'approval') {
    return { type: 'submit', task, answers: odd === 10 ? { nothing: 1 } : {}, by };
  }
  const outcome = kind < 6 ? 'yes' : (pick(step.outcomes, which)?.key ?? 'none');
  return { type: 'decide', task, outcome, reason: 'Because.', conditions: [], by };
}

const corrections: readonly Facts[] = [{ note: 'y' }, { rows: [] }, { count: 'x' }, { none: 1 }];

function repairFor(
  { steps }: WorkflowDefinition,
  { tokens, tasks, timers, children, awaiting }: RunState,
  { which, odd, who }: Choice,
): RepairAction {
  const to = pick(steps, which * 7 + odd)?.id ?? 'none';
  const token = pick(tokens, which);
  const from = token ? `${token.step}#${token.visit}` : 'none#1';
  const key = pick([...tasks, ...timers, ...children, ...awaiting], which)?.key ?? from;
  switch (odd % 5) {
    case 0:
      return { kind: 'skip', key };
    case 1:
      return { kind: 'skip', key, to };
    case 2:
      return { kind: 'move', from, to };
    case 3:
      return { kind: 'retry', key: who % 2 > 0 ? from : key };
    default:
      return {
        kind: 'set-facts',
        facts: pick(corrections, which) ?? {},
      };
  }
}
