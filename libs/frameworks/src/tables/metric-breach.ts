import type { DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { monitoringResponses } from '../vocabulary.ts';

/** DT-METRIC-BREACH: what a window's worst measurement asks for. A person closes it, always. */
export const metricBreachTable: DecisionTable = {
  key: 'DT-METRIC-BREACH',
  name: 'What a measurement asks for',
  hit: 'first',
  inputs: ['worstLevel', 'tier', 'windowsInBreach', 'sensitiveBreach'],
  outputs: declare('table', { response: [choice(monitoringResponses), 'What it asks for'] }),
  rules: [
    {
      when: when.equal('worstLevel', 'critical'),
      then: { response: 'incident' },
      note: 'The overseer is told and may stop the system at once.',
    },
    {
      when: when.all(
        when.equal('worstLevel', 'breach'),
        when.equal('tier', 'high'),
        when.yes('sensitiveBreach'),
      ),
      then: { response: 'review-and-risk' },
      note: 'Fairness, security or behaviour of an agent.',
    },
    {
      when: when.all(when.equal('worstLevel', 'breach'), when.equal('tier', 'high')),
      then: { response: 'review' },
    },
    {
      when: when.all(when.equal('worstLevel', 'breach'), when.atLeast('windowsInBreach', 2)),
      then: { response: 'review' },
    },
    { when: when.in('worstLevel', 'breach', 'warn'), then: { response: 'look' } },
    { when: when.in('worstLevel', 'insufficient-data', 'late'), then: { response: 'fix-data' } },
    { when: when.equal('worstLevel', 'ok'), then: { response: 'none' } },
    { then: { response: 'review' }, note: 'Nothing is known about this window: look into it.' },
  ],
};
