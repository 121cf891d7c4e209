import type { ApprovalStep, FormStep, Step, StepId } from '../definition/definition.ts';
import type { StepAssumption } from './forecast.ts';
import type { Spread } from './forecast-luck.ts';

/** The share of approving outcomes, together, where nothing else is assumed. */
const approving = 85;
const defaultItems = 3;
/** Working minutes of work of people that says nothing else. */
const defaultMinutes = 30;

/** A way out of a step and how much it weighs among the others. */
export interface WeighedWay {
  readonly to: StepId;
  readonly weight: number;
}

/** The ways out of a step with the assumed weights, or plain ones where nothing is assumed. */
export function weightsOf(step: Step, { ways }: StepAssumption): readonly WeighedWay[] {
  const given = (key: string): number | null =>
    ways ? (Object.hasOwn(ways, key) ? (ways[key] ?? 0) : 0) : null;
  if (step.type === 'approval') {
    const good = step.outcomes.filter(isApproving).length;
    const bad = step.outcomes.length - good;
    return step.outcomes.map((outcome) => ({
      to: outcome.to,
      weight:
        given(outcome.key) ??
        (bad === 0 || good === 0
          ? 1
          : isApproving(outcome)
            ? approving / good
            : (100 - approving) / bad),
    }));
  }
  if (!('next' in step)) return [];
  const usual = [...new Set(step.next.map(({ to }) => to))];
  const others = [
    ...('sendBackTo' in step ? (step.sendBackTo ?? []) : []),
    ...('failed' in step && step.failed !== undefined ? [step.failed] : []),
  ].filter((to) => !usual.includes(to));
  return [
    ...usual.map((to) => ({ to, weight: given(to) ?? 1 })),
    ...others.map((to) => ({ to, weight: given(to) ?? 0 })),
  ];
}

function isApproving({ effect }: ApprovalStep['outcomes'][number]): boolean {
  return effect === 'approve' || effect === 'approve-with-conditions';
}

/** The pieces of work that a step asks of people. */
export interface Seats {
  /** A role for each piece. */
  readonly roles: readonly string[];
  /** So many done are enough. */
  readonly needed: number;
  /** One after another. */
  readonly ordered: boolean;
}

/** Who works on a step: a piece for each item or each person who must decide. */
export function seatsOf(
  step: FormStep | ApprovalStep,
  { people, items = defaultItems }: StepAssumption,
): Seats {
  if (step.type !== 'approval' && step.each) {
    const { enough, order } = step.each;
    const needed = enough && 'count' in enough ? Math.min(items, enough.count) : items;
    return { ...all(repeated(step.role, items), order === 'one-by-one'), needed };
  }
  if (people !== undefined) return all(repeated(step.role, people), false);
  const quorum = step.type === 'approval' ? step.quorum : undefined;
  const seats = quorum?.seats.flatMap(({ role, count }) => repeated(role, count)) ?? [];
  if (!quorum || seats.length === 0) return all([step.role], false);
  const { needs } = quorum;
  const needed = needs === 'any' ? 1 : needs === 'all' ? seats.length : Math.max(1, needs);
  return all(seats.slice(0, needed), quorum.ordered ?? false);
}

function all(roles: readonly string[], ordered: boolean): Seats {
  return { roles, ordered, needed: roles.length };
}

function repeated(role: string, times: number): readonly string[] {
  return Array.from({ length: times }, () => role);
}

/** The minutes that are assumed for one person, or for something to come. */
export function minutesFor(step: Step, { minutes }: StepAssumption, dayLength: number): Spread {
  if (minutes) return minutes;
  if (!('role' in step)) return plain(dayLength);
  return plain(step.minutes ?? defaultMinutes);
}

/** From half to three times as long as is usual. */
function plain(likely: number): Spread {
  return { min: likely / 2, likely, max: likely * 3 };
}
