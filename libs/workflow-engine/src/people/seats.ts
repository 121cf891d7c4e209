import type { Seat } from '../definition/definition.ts';
import type { OpenTask } from '../run/run-state.ts';

/** The most people that one seat is for. More is a mistake in the definition. */
export const maxPeoplePerSeat = 100;

/** Somebody at a decision, with the roles that count for them. */
export interface Voter {
  readonly roles: readonly string[];
}

/** Seats at a decision, as an open task has them. */
export type Seating = Pick<OpenTask, 'seats' | 'ordered' | 'helpers'>;

/** One place at the table. */
type Place = string;

/** How many of these voters find a place of their own, and which roles could still take one. */
export interface Seated<V extends Voter> {
  readonly seated: readonly V[];
  /** Places without a voter. */
  readonly free: number;
  /** Roles of which one more person would find a place now, in the order of the seats. */
  readonly open: readonly string[];
}

/**
 * Seats voters, each in one place of a role that they hold; an earlier voter never loses a place to
 * a later one. In an ordered seating places are filled one after another. Whoever holds a helping
 * role may take any place.
 */
export function seated<V extends Voter>(seating: Seating, voters: readonly V[]): Seated<V> {
  const places = placesOf(seating.seats);
  const fits = ({ roles }: Voter, place: Place): boolean =>
    roles.includes(place) || seating.helpers.some((role) => roles.includes(role));
  return seating.ordered ? inOrder(places, voters, fits) : matched(places, voters, fits);
}

/** Whether one more voter would find a place. */
export function hasPlaceFor(seating: Seating, voters: readonly Voter[], next: Voter): boolean {
  const { open, free } = seated(seating, voters);
  const helps = free > 0 && seating.helpers.some((role) => next.roles.includes(role));
  return helps || open.some((role) => next.roles.includes(role));
}

/**
 * The roles whose people may act on an open task now: for work, its role and those who help; for a
 * decision, those with an open seat, in an ordered one of the next seat only.
 */
export function rolesNow(task: Seating & Pick<OpenTask, 'votes'>): readonly string[] {
  const { open, free } = seated(task, task.votes);
  return free > 0 ? [...new Set([...open, ...task.helpers])] : [];
}

/** Roles that ever have a part in the task, also when their seats are taken. */
export function rolesOf({ seats, helpers }: Pick<Seating, 'seats' | 'helpers'>): readonly string[] {
  return [...new Set([...seats.map(({ role }) => role), ...helpers])];
}

/** How many people the seats are for. */
export function peopleIn(seats: readonly Seat[]): number {
  return placesOf(seats).length;
}

function placesOf(seats: readonly Seat[]): readonly Place[] {
  return seats.flatMap(({ role, count }) =>
    Array.from({ length: Math.min(maxPeoplePerSeat, Math.max(0, Math.ceil(count))) }, () => role),
  );
}

type Fits = (voter: Voter, place: Place) => boolean;

function inOrder<V extends Voter>(
  places: readonly Place[],
  voters: readonly V[],
  fits: Fits,
): Seated<V> {
  const left = [...voters];
  const taken: V[] = [];
  for (const place of places) {
    const at = left.findIndex((voter) => fits(voter, place));
    const [voter] = at < 0 ? [] : left.splice(at, 1);
    if (!voter) break;
    taken.push(voter);
  }
  const next = places[taken.length];
  return {
    seated: taken,
    free: places.length - taken.length,
    open: next === undefined ? [] : [next],
  };
}

/** A largest matching by augmenting paths; whoever has a place keeps one. */
function matched<V extends Voter>(
  places: readonly Place[],
  voters: readonly V[],
  fits: Fits,
): Seated<V> {
  const holders: (Voter | undefined)[] = places.map(() => undefined);
  const place = (voter: Voter, tried: Set<number>): boolean => {
    for (const [at, role] of places.entries()) {
      if (tried.has(at) || !fits(voter, role)) continue;
      tried.add(at);
      const holder = holders[at];
      if (holder && !place(holder, tried)) continue;
      holders[at] = voter;
      return true;
    }
    return false;
  };
  const taken = voters.filter((voter) => place(voter, new Set()));
  const before = [...holders];
  const open = [...new Set(places)].filter((role) => {
    const found = place({ roles: [role] }, new Set());
    holders.splice(0, holders.length, ...before);
    return found;
  });
  return { seated: taken, free: places.length - taken.length, open };
}
