import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import { declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { dueIn, dueOn, notOwnAction, outcome } from './rules.ts';

const text = { kind: 'text' } as const;

/** Handed in for each action of a treatment plan; `treatment` of the lifecycle names them. */
const action = declare('run', {
  riskTitle: [text, 'Risk'],
  actions: [text, 'Action'],
  actionOwner: [{ kind: 'person' }, 'Who does it'],
  actionDue: [{ kind: 'date' }, 'By when'],
  actionDoneBy: [{ kind: 'person' }, 'Who did it'],
});

/**
 * WF-TREATMENT: one action of a treatment plan is done, and 90 days later somebody else looks
 * whether it worked. It runs on its own: nobody who asked for the risk assessment waits for it.
 */
export const treatment: WorkflowDefinition = define(
  {
    key: 'WF-TREATMENT',
    name: 'Risk treatment action',
    purpose: 'Do one action of a treatment plan and check later whether it worked.',
    stages: [
      { key: 'do', name: 'Do' },
      { key: 'check', name: 'Check' },
    ],
    start: 'do',
    steps: [
      {
        id: 'do',
        type: 'task',
        stage: 'do',
        name: 'Do the action and attach proof',
        title: 'Do “{actions}” and attach proof',
        role: 'client.risk_owner',
        assignee: 'actionOwner',
        performer: 'actionDoneBy',
        minutes: 10,
        due: dueOn('actionDue'),
        form: {
          shows: ['riskTitle', 'actions', 'actionDue'],
          sections: [
            {
              key: 'do',
              title: 'Action',
              fields: [
                {
                  key: 'actionDone',
                  label: 'What was done?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                { key: 'actionProof', label: 'Proof', type: 'evidence', required: true },
              ],
            },
          ],
        },
        requirements: ['8.3'],
        evidence: ['Implementation evidence'],
        next: [{ to: 'wait' }],
      },
      {
        id: 'wait',
        type: 'timer',
        stage: 'check',
        name: 'Let it work for 90 days',
        wait: { amount: 90, unit: 'calendar-days' },
        next: [{ to: 'effect' }],
      },
      {
        id: 'effect',
        type: 'task',
        stage: 'check',
        name: 'Check whether it worked',
        title: 'Check whether “{actions}” worked',
        role: 'client.aims_manager',
        minutes: 10,
        due: dueIn(10),
        separation: [notOwnAction('actionOwner', 'do')],
        form: {
          shows: ['riskTitle', 'actions', 'actionDone', 'actionProof'],
          sections: [
            {
              key: 'effect',
              title: 'Effect',
              fields: [
                {
                  key: 'effective',
                  label: 'Did it reduce the risk as planned?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'effectNotes',
                  label: 'How can you tell that it worked, or did not?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                { key: 'effectProof', label: 'Proof', type: 'evidence', required: false },
              ],
            },
          ],
        },
        sendBackTo: ['do'],
        requirements: ['8.3'],
        evidence: ['Effectiveness record'],
        next: [
          { to: 'effective', when: when.yes('effective'), label: 'It worked' },
          { to: 'not-effective', label: 'It did not' },
        ],
      },
      { id: 'effective', type: 'end', stage: 'check', name: 'It worked', outcome: 'effective' },
      {
        id: 'not-effective',
        type: 'end',
        stage: 'check',
        name: 'It did not work',
        outcome: 'not-effective',
      },
    ],
  },
  [...outsideFacts, ...action],
);

/** Handed in for each condition of an approval. */
const condition = declare('run', {
  decision: [text, 'Decision'],
  condition: [text, 'Condition'],
  conditionOwner: [{ kind: 'person' }, 'Who meets it'],
  conditionDue: [{ kind: 'date' }, 'By when'],
});

/** WF-CONDITION: a condition of an approval is met by its owner, by its date, with proof. */
export const approvalCondition: WorkflowDefinition = define(
  {
    key: 'WF-CONDITION',
    name: 'Condition of an approval',
    purpose: 'Meet one condition that an approval was given on, and show that it is met.',
    stages: [{ key: 'meet', name: 'Meet' }],
    start: 'meet',
    steps: [
      {
        id: 'meet',
        type: 'task',
        stage: 'meet',
        name: 'Meet the condition and attach proof',
        role: 'client.system_owner',
        assignee: 'conditionOwner',
        minutes: 10,
        due: dueOn('conditionDue'),
        form: {
          shows: ['decision', 'condition', 'conditionDue'],
          sections: [
            {
              key: 'meet',
              title: 'Condition',
              fields: [
                {
                  key: 'conditionMet',
                  label: 'How was it met?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                { key: 'conditionProof', label: 'Proof', type: 'evidence', required: true },
              ],
            },
          ],
        },
        requirements: ['8.1'],
        evidence: ['Proof that the condition is met'],
        next: [{ to: 'met' }],
      },
      { id: 'met', type: 'end', stage: 'meet', name: 'Met', outcome: 'met' },
    ],
  },
  [...outsideFacts, ...condition],
);

/** WF-STOP-CHECK: 30 days after a stop somebody confirms that it is really not used. */
export const stopCheck: WorkflowDefinition = define(
  {
    key: 'WF-STOP-CHECK',
    name: 'Confirm a stop',
    purpose: 'Confirm 30 days after a decision to stop that the system is not used.',
    stages: [{ key: 'confirm', name: 'Confirm' }],
    start: 'wait',
    steps: [
      {
        id: 'wait',
        type: 'timer',
        stage: 'confirm',
        name: 'Wait for 30 days',
        wait: { amount: 30, unit: 'calendar-days' },
        next: [{ to: 'look' }],
      },
      {
        id: 'look',
        type: 'task',
        stage: 'confirm',
        name: 'Look whether it is stopped',
        role: 'client.aims_manager',
        minutes: 10,
        due: dueIn(5),
        form: {
          shows: ['purpose', 'owner', 'supplier', 'regClass'],
          sections: [
            {
              key: 'look',
              title: 'Stopped',
              fields: [
                {
                  key: 'stoppedHow',
                  label: 'How can you tell that nobody uses it?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                { key: 'stoppedProof', label: 'Proof', type: 'evidence', required: true },
              ],
            },
          ],
        },
        requirements: ['A.9.4'],
        evidence: ['Proof that it is stopped'],
        next: [{ to: 'confirm' }],
      },
      {
        id: 'confirm',
        type: 'approval',
        stage: 'confirm',
        name: 'Close the case',
        role: 'client.top_management',
        question: 'Is {name} stopped for good?',
        minutes: 5,
        due: dueIn(5),
        separation: [],
        outcomes: [
          outcome('approve', 'stopped', 'It is stopped', 'The case is closed.'),
          outcome(
            'ask-for-changes',
            'look',
            'Look again',
            'The AIMS manager looks again, with your reason in hand.',
          ),
        ],
        shows: ['purpose', 'stoppedHow'],
        requirements: ['A.9.4'],
        evidence: ['Closing decision'],
      },
      { id: 'stopped', type: 'end', stage: 'confirm', name: 'Stopped', outcome: 'stopped' },
    ],
  },
  outsideFacts,
);
