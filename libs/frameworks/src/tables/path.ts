import type { DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { cadences, paths } from '../vocabulary.ts';

/** DT-PATH: which steps run at a tier. A raised tier changes the path with it. */
export const pathTable: DecisionTable = {
  key: 'DT-PATH',
  name: 'Which steps run',
  hit: 'first',
  inputs: ['tier'],
  outputs: declare('table', {
    path: [choice(paths), 'Path'],
    impactQuestions: [{ kind: 'number' }, 'Impact questions asked'],
    leastCadence: [choice(cadences), 'Measured at least'],
  }),
  rules: [
    {
      when: when.equal('tier', 'minimal'),
      then: { path: 'light', impactQuestions: 17, leastCadence: 'yearly' },
      note: 'The 17 questions are part of the proposal; risks are picked from the catalogue; one approver; a self-check each year.',
    },
    {
      when: when.equal('tier', 'limited'),
      then: { path: 'standard', impactQuestions: 39, leastCadence: 'quarterly' },
      note: 'Full risk form for the top risks; an approver, with privacy and security asked; review every 12 months.',
    },
    {
      when: when.equal('tier', 'high'),
      then: { path: 'full', impactQuestions: 48, leastCadence: 'monthly' },
      note: 'Full register with a challenge by a second person; affected people heard; two approvers and a pilot; review every 6 months.',
    },
    {
      then: { path: 'stop', impactQuestions: 0, leastCadence: 'yearly' },
      note: 'Prohibited or unknown: nothing runs. Only top management and legal may close it.',
    },
  ],
};
