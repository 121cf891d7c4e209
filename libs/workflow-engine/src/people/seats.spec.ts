import fc from 'fast-check';
import type { Seat } from '../definition/definition.ts';
import { hasPlaceFor, rolesNow, seated, type Seating } from './seats.ts';

const voter = (...roles: string[]) => ({ personId: roles.join(), roles, outcome: 'x' });
const seats: readonly Seat[] = [
  { role: 'top', count: 2 },
  { role: 'legal', count: 1 },
];
const seating: Seating = { seats, ordered: false, helpers: [] };

describe('seats', () => {
  it.each([
    ['nobody', [], 3, ['top', 'legal']],
    ['one of the first role', [voter('top')], 2, ['top', 'legal']],
    ['all of the first role', [voter('top'), voter('top')], 1, ['legal']],
    ['more than all of the first role', [voter('top'), voter('top'), voter('top')], 1, ['legal']],
    ['the second role', [voter('legal')], 2, ['top']],
    ['one of both roles', [voter('top', 'legal')], 2, ['top', 'legal']],
    ['both where one must move over', [voter('top', 'legal'), voter('top')], 1, ['top', 'legal']],
    ['people of both roles', [voter('top', 'legal'), voter('top', 'legal')], 1, ['top', 'legal']],
    ['everybody', [voter('top'), voter('top', 'legal'), voter('top')], 0, []],
    ['somebody of no role', [voter('staff')], 3, ['top', 'legal']],
  ])('taken by %s', (_, voters, free, open) => {
    expect(seated(seating, voters)).toMatchObject({ free, open });
    expect(rolesNow({ ...seating, votes: voters })).toEqual(open);
  });

  it.each([
    ['nobody', [], ['top']],
    ['one', [voter('top')], ['top']],
    ['two', [voter('top'), voter('top', 'legal')], ['legal']],
    ['a later seat first, which does not count', [voter('legal')], ['top']],
    ['all', [voter('top'), voter('top'), voter('legal')], []],
  ])('in order, taken by %s', (_, voters, open) => {
    expect(rolesNow({ ...seating, ordered: true, votes: voters })).toEqual(open);
  });

  it('may be taken by helpers in the place of anybody', () => {
    const helped = { ...seating, helpers: ['board'] };
    expect(rolesNow({ ...helped, votes: [] })).toEqual(['top', 'legal', 'board']);
    const votes = [voter('board'), voter('top'), voter('top')];
    expect(seated(helped, votes)).toMatchObject({ free: 0, open: [] });
    expect(rolesNow({ ...helped, votes })).toEqual([]);
    expect(hasPlaceFor(helped, votes.slice(0, 2), voter('board'))).toBe(true);
    expect(hasPlaceFor(helped, votes, voter('board'))).toBe(false);
  });

  it('of the simplest work are its role and those who help', () => {
    const work = { seats: [{ role: 'staff', count: 1 }], ordered: false, votes: [] };
    expect(rolesNow({ ...work, helpers: [] })).toEqual(['staff']);
    expect(rolesNow({ ...work, helpers: ['manager', 'staff'] })).toEqual(['staff', 'manager']);
  });

  const role = fc.constantFrom('a', 'b', 'c', 'd');
  const someSeats = fc.array(fc.record({ role, count: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 4,
  });
  const someVoters = fc.array(fc.uniqueArray(role, { minLength: 1 }), { maxLength: 5 });

  it('hold as many people as can be seated at all, and say for whom one is open', () => {
    fc.assert(
      fc.property(someSeats, someVoters, role, (some, people, next) => {
        const voters = people.map((roles) => voter(...roles));
        const around = { seats: some, ordered: false, helpers: [] };
        const most = mostSeated(
          some.flatMap((seat) => places(seat)),
          people,
        );
        const { seated: found, open } = seated(around, voters);
        expect(found).toHaveLength(most);
        const more = mostSeated(
          some.flatMap((seat) => places(seat)),
          [...people, [next]],
        );
        expect(open.includes(next)).toBe(more > most);
        expect(hasPlaceFor(around, voters, { roles: [next] })).toBe(more > most);
      }),
      { numRuns: 300 },
    );
  });
});

const places = ({ role, count }: Seat): string[] => Array.from({ length: count }, () => role);

/** By trying everything. */
function mostSeated(
  free: readonly string[],
  [first, ...others]: readonly (readonly string[])[],
): number {
  if (!first) return 0;
  const without = mostSeated(free, others);
  const tries = [...new Set(free)]
    .filter((role) => first.includes(role))
    .map((role) => 1 + mostSeated(free.toSpliced(free.indexOf(role), 1), others));
  return Math.max(without, ...tries);
}
