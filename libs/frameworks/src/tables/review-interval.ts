import type { DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { reviewIntervals } from '../vocabulary.ts';

/** DT-REVIEW-INTERVAL: how long until the next review; the shortest of all that apply. */
export const reviewIntervalTable: DecisionTable = {
  key: 'DT-REVIEW-INTERVAL',
  name: 'Next review',
  hit: 'shortest',
  inputs: ['tier', 'residualLevel', 'severeIncidentLast6Months'],
  outputs: declare('table', {
    reviewInterval: [choice(reviewIntervals), 'How often it is reviewed'],
  }),
  rules: [
    { when: when.equal('tier', 'high'), then: { reviewInterval: 'P6M' } },
    { when: when.equal('tier', 'limited'), then: { reviewInterval: 'P12M' } },
    { when: when.equal('tier', 'minimal'), then: { reviewInterval: 'P12M' } },
    { when: when.equal('residualLevel', 'high'), then: { reviewInterval: 'P3M' } },
    { when: when.yes('severeIncidentLast6Months'), then: { reviewInterval: 'P3M' } },
    {
      when: when.any(when.unknown('tier'), when.unknown('residualLevel')),
      then: { reviewInterval: 'P3M' },
      note: 'Something is unknown: the shortest interval.',
    },
  ],
};
