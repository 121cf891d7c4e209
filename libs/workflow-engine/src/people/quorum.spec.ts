import fc from 'fast-check';
import { outcomeOf, type Rule, verdictOf } from './quorum.ts';
import { outcome } from '../testing/samples.data.ts';

const outcomes = [
  outcome('yes', 'approve', 'a'),
  outcome('yes-if', 'approve-with-conditions', 'a'),
  outcome('changes', 'ask-for-changes', 'b'),
  outcome('no', 'reject', 'c'),
  outcome('stop', 'stop', 'd'),
];
const ballot = (said: string, ...roles: string[]) => ({
  ...{ roles: roles.length > 0 ? roles : ['approver'], outcome: said },
  approves: said.startsWith('yes'),
});
const [yes, no] = [ballot('yes'), ballot('no')];
const three: Rule = {
  ...{ seats: [{ role: 'approver', count: 3 }], helpers: [], ordered: false, blind: false },
  ...{ needed: 2, veto: [] },
};

describe('a quorum', () => {
  it.each([
    ['2 of 3, none', three, [], 'open'],
    ['2 of 3, one for', three, [yes], 'open'],
    ['2 of 3, two for', three, [yes, yes], 'for'],
    ['2 of 3, one against', three, [no], 'open'],
    ['2 of 3, one each', three, [yes, no], 'open'],
    ['2 of 3, two against: cannot be reached any more', three, [no, no], 'against'],
    ['2 of 3, two against of three', three, [yes, no, no], 'against'],
    ['any of 3, one for', { ...three, needed: 1 }, [yes], 'for'],
    ['any of 3, two against', { ...three, needed: 1 }, [no, no], 'open'],
    ['any of 3, all against', { ...three, needed: 1 }, [no, no, no], 'against'],
    ['all of 3, one against', { ...three, needed: 3 }, [yes, no], 'against'],
    ['all of 3, two for', { ...three, needed: 3 }, [yes, yes], 'open'],
    ['all of 3, three for', { ...three, needed: 3 }, [yes, yes, yes], 'for'],
    ['somebody of no seat does not count', three, [yes, ballot('yes', 'staff')], 'open'],
    ['nor against', three, [ballot('no', 'staff'), ballot('no', 'staff')], 'open'],
    ['everybody with a veto', { ...three, veto: 'everyone' as const }, [yes, no], 'against'],
  ] as const)('%s', (_, rule, ballots, verdict) => {
    expect(verdictOf(rule, ballots)).toBe(verdict);
  });

  const mixed: Rule = {
    ...{ ...three, needed: 2, veto: ['dpo'] },
    seats: [
      { role: 'approver', count: 2 },
      { role: 'dpo', count: 1 },
    ],
  };
  const dpo = (said: string) => ballot(said, 'dpo');

  it.each([
    ['a veto settles it', [yes, dpo('no')], 'against'],
    ['the others have none', [yes, no], 'open'],
    ['approvals of either role count', [yes, dpo('yes')], 'for'],
    ['two against leave only one seat', [no, no], 'against'],
  ] as const)('with a veto: %s', (_, ballots, verdict) => {
    expect(verdictOf(mixed, ballots)).toBe(verdict);
  });

  it.each([
    ['stays open when enough are for', [yes, yes], 'open'],
    ['stays open when enough are against', [no, no], 'open'],
    ['stays open on a veto', [dpo('no')], 'open'],
    ['is settled for when all have voted', [yes, no, dpo('yes')], 'for'],
    ['is settled against when all have voted', [yes, no, dpo('no')], 'against'],
    ['is settled against by a veto then', [yes, yes, dpo('no')], 'against'],
  ] as const)('that is blind %s', (_, ballots, verdict) => {
    expect(verdictOf({ ...mixed, blind: true }, ballots)).toBe(verdict);
  });

  const blind = fc.array(fc.boolean(), { maxLength: 2 });
  it('that is blind never shows by being open or not what was voted', () => {
    fc.assert(
      fc.property(blind, fc.integer({ min: 1, max: 3 }), fc.boolean(), (said, needed, veto) => {
        const ballots = said.map((approves) => (approves ? yes : no));
        const rule = { ...three, needed, blind: true, veto: veto ? ('everyone' as const) : [] };
        expect(verdictOf(rule, ballots)).toBe('open');
      }),
    );
  });

  it('is settled by every order of the same votes alike', () => {
    const said = fc.constantFrom('yes', 'no', 'changes');
    const votes = fc.uniqueArray(fc.tuple(fc.nat(2), said), {
      ...{ selector: ([seat]) => seat, minLength: 3, maxLength: 3 },
    });
    fc.assert(
      fc.property(votes, fc.integer({ min: 1, max: 3 }), (cast, needed) => {
        const ballots = cast.map(([, each]) => ballot(each));
        const rule = { ...three, needed };
        const first = verdictOf(rule, ballots);
        expect(first).not.toBe('open');
        expect(verdictOf(rule, ballots.toReversed())).toBe(first);
      }),
    );
  });
});

describe('the outcome of all votes', () => {
  const none = { veto: [] };
  it.each([
    ['the last approval', 'for', none, [yes, no, ballot('yes')], 'yes'],
    ['conditions of one bind all', 'for', none, [ballot('yes-if'), yes], 'yes-if'],
    ['what most of those against chose', 'against', none, [ballot('changes'), no, no], 'no'],
    ['in a tie the more cautious', 'against', none, [ballot('changes'), no], 'no'],
    ['in a tie stopping first', 'against', none, [no, ballot('stop')], 'stop'],
    [
      'the veto’s, whatever others said',
      'against',
      { veto: ['dpo'] },
      [no, no, ballot('changes', 'dpo')],
      'changes',
    ],
  ] as const)('is %s', (_, verdict, rule, ballots, expected) => {
    expect(outcomeOf(verdict, rule, ballots, outcomes)?.key).toBe(expected);
  });

  it('is none without a vote', () => {
    expect(outcomeOf('against', none, [], outcomes)).toBeNull();
  });
});
