import type { DecisionTable } from '@plumbline/workflow-engine';
import { declare, when } from '../authoring.ts';

/** For how many months a high risk, and any other, may be accepted. */
export const acceptanceMonthsCel = 'residualLevel == "high" ? 6.0 : 12.0';

/** DT-APPROVER: who approves deployment and residual risk, and how many. */
export const approverTable: DecisionTable = {
  key: 'DT-APPROVER',
  name: 'Who approves deployment and residual risk',
  hit: 'first',
  inputs: ['tier', 'orgSize', 'residualLevel'],
  outputs: declare('table', {
    role: [{ kind: 'text' }, 'Role that approves'],
    count: [{ kind: 'number' }, 'Approvers of that role'],
    also: [{ kind: 'text' }, 'One more person of this role'],
    blocked: [{ kind: 'text' }, 'Why nobody may approve'],
  }),
  rules: [
    {
      when: when.equal('residualLevel', 'critical'),
      then: {
        role: 'client.top_management',
        blocked: 'The risk that is left is critical. Treat it further, or stop.',
      },
      note: 'Must stay the first rule: a critical risk cannot be accepted by anybody.',
    },
    {
      when: when.equal('tier', 'prohibited'),
      then: {
        role: 'client.top_management',
        blocked: 'The use is prohibited. It can only be stopped.',
      },
    },
    {
      when: when.all(when.equal('residualLevel', 'high'), when.equal('orgSize', 'micro')),
      then: { role: 'client.top_management', count: 1 },
      note: 'An outside reviewer is recorded, who advises and does not approve.',
    },
    {
      when: when.all(
        when.equal('residualLevel', 'high'),
        when.known('tier'),
        when.known('orgSize'),
      ),
      then: {
        role: 'client.top_management',
        count: 1,
        also: 'client.approver',
      },
      note: 'Top management and one approver, for six months at most.',
    },
    {
      when: when.all(when.equal('tier', 'minimal'), when.known('residualLevel')),
      then: { role: 'client.aims_manager', count: 1 },
    },
    {
      when: when.all(
        when.in('tier', 'limited', 'high'),
        when.equal('orgSize', 'micro'),
        when.known('residualLevel'),
      ),
      then: { role: 'client.top_management', count: 1 },
      note: 'If the only other person proposed it, an outside reviewer is recorded, who advises and does not approve.',
    },
    {
      when: when.all(
        when.equal('tier', 'limited'),
        when.known('orgSize'),
        when.known('residualLevel'),
      ),
      then: { role: 'client.approver', count: 1 },
    },
    {
      when: when.all(
        when.equal('tier', 'high'),
        when.known('orgSize'),
        when.known('residualLevel'),
      ),
      then: { role: 'client.approver', count: 2 },
    },
    {
      then: {
        role: 'client.top_management',
        blocked:
          'The tier, the size of the organisation or the risk that is left is not known. Complete them first.',
      },
    },
  ],
};
