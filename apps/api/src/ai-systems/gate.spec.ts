import { describe, expect, it } from '@jest/globals';
import { gateConditions, type GateFacts } from './gate.ts';

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
  it.each(['approved', 'pilot', 'live', 'under-review'] as const)('lets %s run', (stage) => {
    expect(unmet({ stage })).toEqual([]);
  });

  it.each<[string, Partial<GateFacts>, string[]]>([
    ['nobody decided', { gateState: 'deciding' }, ['decided']],
    ['the decision was no', { gateState: 'refused' }, ['decided']],
    ['it is proposed', { stage: 'proposed', gateState: 'not-started' }, ['decided', 'stage']],
    ['it was suspended after a yes', { stage: 'suspended' }, ['stage']],
    ['it was retired', { stage: 'retired' }, ['stage']],
    ['it was stopped', { stage: 'stopped' }, ['stage']],
    ['the tier is unknown', { tier: null }, ['tier']],
    ['it is prohibited', { tier: 'prohibited' }, ['tier']],
    ['its entry is incomplete', { missing: ['owner'] }, ['complete']],
    ['its review is overdue', { nextReviewOn: '2026-11-24' }, ['reviewed']],
    ['no review was planned', { nextReviewOn: null }, []],
  ])('when %s', (_, change, keys) => {
    expect(unmet(change)).toEqual(keys);
  });
});
