import { blankDecision, decisionFrom, decisionOf, gapsOf } from './decision-draft.ts';

const approve = { effect: 'approve', reasonRequired: false };
const conditional = { effect: 'approve-with-conditions', reasonRequired: true };

describe('a decision being written', () => {
  it('starts with nothing chosen, whatever a kept draft lacks', () => {
    expect(decisionFrom(null)).toEqual(blankDecision);
    expect(decisionFrom({})).toEqual(blankDecision);
    expect(decisionFrom({ outcome: 7, reason: null, conditions: 'x' })).toEqual(blankDecision);
  });

  it('keeps what was written', () => {
    const kept = {
      outcome: 'approve-with-conditions',
      reason: 'Fine',
      conditions: [{ text: 'Name an owner', owner: 'p1', due: '2026-12-01' }],
    };
    expect(decisionFrom(kept)).toEqual(kept);
  });

  it.each([
    ['nothing chosen', blankDecision, undefined, ['outcome']],
    ['a plain yes', { ...blankDecision, outcome: 'a' }, approve, []],
    [
      'a reason that is wanted',
      { ...blankDecision, outcome: 'c' },
      conditional,
      ['conditions', 'reason'],
    ],
    [
      'a condition without anything',
      { outcome: 'c', reason: 'x', conditions: [{ text: ' ', owner: '', due: '' }] },
      conditional,
      ['text', 'owner', 'due'],
    ],
    [
      'a day that does not exist',
      { outcome: 'c', reason: 'x', conditions: [{ text: 'T', owner: 'p', due: '2026-02-31' }] },
      conditional,
      ['due'],
    ],
  ])('asks for what is missing: %s', (_, draft, chosen, expected) => {
    expect(gapsOf(draft, chosen).map(({ what }) => what)).toEqual(expected);
  });

  it('leaves conditions behind when the answer does not take any', () => {
    const draft = {
      outcome: 'approve',
      reason: ' Fine ',
      conditions: [{ text: 'T', owner: 'p', due: '2026-12-01' }],
    };
    expect(decisionOf(draft, false)).toEqual({
      outcome: 'approve',
      reason: 'Fine',
      conditions: [],
    });
    expect(decisionOf(draft, true).conditions).toHaveLength(1);
  });
});
