import type { DecisionTable, Expression, WorkflowDefinition } from '@plumbline/workflow-engine';
import { declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { reviewIntervalTable } from '../tables/review-interval.ts';
import { reviewDecisions } from '../vocabulary.ts';
import { dueByTier, dueIn, keep, notOwnSystem, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const text = { kind: 'text' } as const;
const yesNo = { kind: 'boolean' } as const;

const calculated = [
  ...declare('calculated', { redo: [yesNo, 'Risk and impact are assessed again'] }),
  ...declare('run', {
    reason: [text, 'Why it is reviewed'],
    riskOutcome: [text, 'How the risk assessment ended'],
    impactOutcome: [text, 'How the impact assessment ended'],
  }),
];

/** One person of the AIMS manager's role for everyday tools, an approver for the rest. */
const reviewApprovers: DecisionTable = {
  key: 'DT-REVIEW-APPROVER',
  name: 'Who confirms a review',
  hit: 'first',
  inputs: ['tier', 'orgSize'],
  outputs: declare('table', {
    role: [text, 'Role that confirms'],
    count: [{ kind: 'number' }, 'People of that role'],
  }),
  rules: [
    { when: when.equal('tier', 'minimal'), then: { role: 'client.aims_manager', count: 1 } },
    {
      when: when.equal('orgSize', 'micro'),
      then: { role: 'client.top_management', count: 1 },
    },
    { then: { role: 'client.approver', count: 1 } },
  ],
};

/** WF-REVIEW: a system is looked at again, on its date or on a signal. */
export const review: WorkflowDefinition = define(
  {
    key: 'WF-REVIEW',
    name: 'Periodic and triggered review',
    purpose: 'Re-check an AI system on its date or on a signal.',
    stages: [
      { key: 'collect', name: 'Collect' },
      { key: 'redo', name: 'Assess again' },
      { key: 'decide', name: 'Decide' },
    ],
    start: 'pack',
    steps: [
      {
        id: 'pack',
        type: 'check',
        stage: 'collect',
        name: 'Build the review pack',
        description: 'Changes, measurements, actions and what the supplier announced.',
        requirements: ['A.6.2.6', 'A.10.3'],
        evidence: ['Review pack'],
        next: [{ to: 'answer' }],
      },
      {
        id: 'answer',
        type: 'form',
        stage: 'collect',
        name: 'Look at the system again',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 15,
        due: dueIn(10),
        form: {
          shows: [
            'reason',
            'purpose',
            'affectedGroups',
            'dataKinds',
            'jurisdictions',
            'supplier',
            'modelVersion',
            'liveVersion',
            'tier',
            'residualLevel',
            'lastLevel',
          ],
          sections: [
            {
              key: 'review',
              title: 'Review',
              fields: [
                {
                  key: 'stillIntended',
                  label: 'Is it used as intended?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'newGroups',
                  label: 'Are there new groups of people, or new places?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'changesMissed',
                  label: 'Did something change that was not reported?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'newRisks',
                  label: 'Are there new risks?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'reviewNotes',
                  label: 'What is new, and is it still the best option?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                {
                  key: 'keep',
                  label: 'What does the owner propose?',
                  type: 'select',
                  options: reviewDecisions,
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['A.9.4', 'A.5.5', 'A.2.4'],
        next: [{ to: 'weigh' }],
      },
      {
        id: 'weigh',
        type: 'check',
        stage: 'redo',
        name: 'Must risk and impact be assessed again?',
        description: 'On the light path a change goes through the proposal again instead.',
        set: [
          {
            fact: 'redo',
            value: cel(
              'path in ["standard", "full"] && keep in ["keep", "keep-with-actions"] && ' +
                '(tier == "high" || !stillIntended || newGroups || changesMissed || newRisks)',
            ),
          },
        ],
        next: [
          { to: 'redo', when: when.yes('redo'), label: 'Yes' },
          { to: 'review-date', label: 'No' },
        ],
      },
      {
        id: 'redo',
        type: 'parallel',
        stage: 'redo',
        name: 'Assess again',
        branches: [
          { id: 'risk', start: 'redo-risk' },
          { id: 'impact', start: 'redo-impact' },
        ],
        join: 'redone',
      },
      {
        id: 'redo-risk',
        type: 'sub-workflow',
        stage: 'redo',
        name: 'Assess the risks again',
        calls: 'WF-RISK',
        input: [],
        output: [],
        outcomeFact: 'riskOutcome',
        requirements: ['8.2'],
        next: [{ to: 'redone' }],
      },
      {
        id: 'redo-impact',
        type: 'sub-workflow',
        stage: 'redo',
        name: 'Assess the impact again',
        calls: 'WF-IMPACT',
        input: [],
        output: [],
        outcomeFact: 'impactOutcome',
        requirements: ['8.4'],
        next: [{ to: 'redone' }],
      },
      {
        id: 'redone',
        type: 'join',
        stage: 'redo',
        name: 'Assessed again',
        closes: 'redo',
        next: [{ to: 'review-date' }],
      },
      {
        id: 'review-date',
        type: 'table',
        stage: 'decide',
        name: 'Set the next review',
        table: reviewIntervalTable,
        next: [{ to: 'decide' }],
      },
      {
        id: 'decide',
        type: 'approval',
        stage: 'decide',
        name: 'Confirm the outcome and the next date',
        role: 'client.approver',
        question: 'Does {name} stay in use?',
        minutes: 10,
        due: dueByTier({ minimal: 5, limited: 5, high: 10 }),
        approvers: reviewApprovers,
        separation: [notOwnSystem('answer')],
        gate: [
          {
            key: 'risk-accepted',
            label: 'The risk that is left is accepted',
            applies: when.yes('redo'),
            holds: when.equal('riskOutcome', 'accepted'),
            cure: 'The risk was not accepted. Change, suspend or retire the system.',
          },
          {
            key: 'impact-approved',
            label: 'The impact assessment is approved',
            applies: when.yes('redo'),
            holds: when.equal('impactOutcome', 'approved'),
            cure: 'The impact was not accepted. Change, suspend or retire the system.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'kept',
            'Keep it in use',
            'It stays in use until the next review, whose date is set.',
          ),
          outcome(
            'approve-with-conditions',
            'kept',
            'Keep it, with actions',
            'It stays in use. Each action becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'answer',
            'Ask for changes',
            'The review goes back to the owner with your reason.',
          ),
          {
            ...outcome(
              'reject',
              'change',
              'It must change',
              'It goes through the proposal and its assessments again before the change is used.',
            ),
            key: 'change',
          },
          {
            ...outcome(
              'stop',
              'suspended',
              'Suspend it',
              'It may not be used until it has been changed and decided about again.',
            ),
            key: 'suspend',
          },
          {
            ...outcome('stop', 'retire', 'Retire it', 'Its retirement is planned and carried out.'),
            key: 'retire',
          },
        ],
        shows: [
          'reason',
          'purpose',
          'tier',
          'residualLevel',
          'lastLevel',
          'stillIntended',
          'newGroups',
          'changesMissed',
          'newRisks',
          'reviewNotes',
          'keep',
          'riskOutcome',
          'impactOutcome',
          'reviewInterval',
        ],
        requirements: ['8.2', '8.4', 'A.6.2.6'],
        evidence: ['Review decision'],
      },
      {
        id: 'kept',
        type: 'end',
        stage: 'decide',
        name: 'Kept in use',
        outcome: 'kept',
        writes: [...keep('reviewInterval'), put('stage', 'live')],
      },
      {
        id: 'change',
        type: 'end',
        stage: 'decide',
        name: 'To be changed',
        outcome: 'change',
        writes: [put('stage', 'under-review')],
      },
      {
        id: 'suspended',
        type: 'end',
        stage: 'decide',
        name: 'Suspended',
        outcome: 'suspended',
        writes: [put('stage', 'suspended')],
      },
      {
        id: 'retire',
        type: 'end',
        stage: 'decide',
        name: 'To be retired',
        outcome: 'retire',
        writes: [put('stage', 'under-review')],
      },
    ],
  },
  [...outsideFacts, ...calculated],
);
