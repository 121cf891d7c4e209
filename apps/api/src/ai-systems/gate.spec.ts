import { describe, expect, it } from '@jest/globals';
import { gateConditions, gateVerdict, type GateFacts } from './gate.ts';

const open: GateFacts = {
  stage: 'approved',
  tier: 'high',
  gateState: 'passed',
  missing: [],
  nextReviewOn: '2026-11-25',
  today: '2026-11-25',
};
const unmet = (change: Partial<GateFacts>) =>
  gateConditions({ ...open, ...change })
    .filter(({ met }) => !met)
    .map(({ key }) => key);

describe('gateConditions', () => {
  it.each(['approved', 'live', 'under-review'] as const)('lets %s run', (stage) => {
    expect(unmet({ stage })).toEqual([]);
  });

  it.each<[string, Partial<GateFacts>, string[]]>([
    ['nobody decided', { gateState: 'deciding' }, ['decided']],
    ['the decision was no', { gateState: 'refused' }, ['decided']],
    ['it is proposed', { stage: 'proposed', gateState: 'not-started' }, ['decided', 'stage']],
    ['it was suspended after a yes', { stage: 'suspended' }, ['stage']],
    ['it was retired', { stage: 'retired' }, ['stage']],
    ['it was stopped', { stage: 'stopped' }, ['stage']],
    ['its pilot is not over', { stage: 'pilot' }, ['piloted']],
    ['the tier is unknown', { tier: null }, ['tier']],
    ['it is prohibited', { tier: 'prohibited' }, ['tier']],
    ['its entry is incomplete', { missing: ['owner'] }, ['complete']],
    ['its review is overdue', { nextReviewOn: '2026-11-24' }, ['reviewed']],
    ['no review was planned', { nextReviewOn: null }, []],
  ])('when %s', (_, change, keys) => {
    expect(unmet(change)).toEqual(keys);
  });
});

describe('gateVerdict', () => {
  it.each<[string, Partial<GateFacts>, boolean, boolean]>([
    ['approved', {}, true, true],
    ['in its pilot', { stage: 'pilot' }, false, true],
    [
      'in its pilot with a late review',
      { stage: 'pilot', nextReviewOn: '2026-11-24' },
      false,
      false,
    ],
    ['suspended', { stage: 'suspended' }, false, false],
  ])('for a system that is %s', (_, change, mayBeLive, mayPilot) => {
    expect(gateVerdict(gateConditions({ ...open, ...change }))).toEqual({ mayBeLive, mayPilot });
  });
});
