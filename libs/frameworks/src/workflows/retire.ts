import type { Field, FormStep, WorkflowDefinition } from '@plumbline/workflow-engine';
import { define } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { approverTable } from '../tables/approver.ts';
import { dueIn, notOwnSystem, outcome, put } from './rules.ts';

function longtext(key: string, label: string): Field {
  return { key, label, type: 'longtext', maxLength: 4000, required: true };
}

/** A thing to do at retirement: say what was done and attach the proof. */
function todo(
  step: Pick<FormStep, 'id' | 'name' | 'role' | 'requirements' | 'evidence'>,
  question: string,
  next: string,
): FormStep {
  return {
    ...step,
    type: 'task',
    stage: 'do',
    minutes: 10,
    due: dueIn(10),
    form: {
      shows: ['dependants', 'dataPlan', 'recordsKept', 'noticesPlan', 'switchOffOn'],
      sections: [
        {
          key: step.id,
          title: step.name,
          fields: [
            longtext(`${step.id}Done`, question),
            { key: `${step.id}Proof`, label: 'Proof', type: 'evidence', required: true },
          ],
        },
      ],
    },
    next: [{ to: next }],
  };
}

/** WF-RETIRE: a system is taken out of use without leaving anything behind. */
export const retire: WorkflowDefinition = define(
  {
    key: 'WF-RETIRE',
    name: 'Retirement',
    purpose: 'Take a system out of use safely.',
    stages: [
      { key: 'plan', name: 'Plan' },
      { key: 'do', name: 'Do' },
    ],
    start: 'plan',
    steps: [
      {
        id: 'plan',
        type: 'form',
        stage: 'plan',
        name: 'Plan the retirement',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 20,
        due: dueIn(10),
        form: {
          shows: ['purpose', 'affectedGroups', 'dataKinds', 'supplier'],
          sections: [
            {
              key: 'plan',
              title: 'Plan',
              fields: [
                longtext('dependants', 'Who and what depends on it?'),
                longtext('dataPlan', 'Data and model: what is kept, returned, deleted, archived?'),
                longtext('recordsKept', 'Which records are kept, and until when?'),
                longtext('noticesPlan', 'Who must be told?'),
                longtext('replacement', 'What replaces it, or how is it done by hand?'),
                {
                  key: 'switchOffOn',
                  label: 'When is it switched off?',
                  type: 'date',
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['8.1', 'A.6.1.3', 'A.4.6'],
        next: [{ to: 'decide' }],
      },
      {
        id: 'decide',
        type: 'approval',
        stage: 'plan',
        name: 'Decide about the retirement',
        role: 'client.approver',
        question: 'Can {name} be retired as planned?',
        minutes: 10,
        due: dueIn(5),
        approvers: approverTable,
        separation: [notOwnSystem('plan')],
        outcomes: [
          outcome(
            'approve',
            'notice',
            'Approve',
            'People are told, then it is switched off and its data is seen to.',
          ),
          outcome(
            'approve-with-conditions',
            'notice',
            'Approve with conditions',
            'As above. Each condition becomes a task with an owner and a date.',
          ),
          outcome('ask-for-changes', 'plan', 'Ask for changes', 'The plan goes back to the owner.'),
          outcome('reject', 'kept', 'Keep it', 'It is not retired. It is reviewed on its date.'),
        ],
        shows: [
          'purpose',
          'dependants',
          'dataPlan',
          'recordsKept',
          'noticesPlan',
          'replacement',
          'switchOffOn',
        ],
        requirements: ['8.1'],
        evidence: ['Retirement decision'],
      },
      todo(
        {
          id: 'notice',
          name: 'Tell users, customers and supplier',
          role: 'client.system_owner',
          requirements: ['A.8.2', 'A.10.2'],
          evidence: ['Notices'],
        },
        'Who was told, and how?',
        'off',
      ),
      todo(
        {
          id: 'off',
          name: 'Switch it off',
          role: 'client.technical_lead',
          requirements: ['8.1'],
          evidence: ['Switch-off proof'],
        },
        'What was switched off, and which access, keys and permissions were revoked?',
        'data',
      ),
      todo(
        {
          id: 'data',
          name: 'Delete or archive data and model',
          role: 'client.data_lead',
          requirements: ['A.7.2'],
          evidence: ['Certificate of deletion'],
        },
        'What was deleted, what is archived, and where?',
        'close',
      ),
      todo(
        {
          id: 'close',
          name: 'Close risks, metrics and supplier items',
          role: 'client.aims_manager',
          requirements: ['8.1'],
          evidence: ['Retirement record'],
        },
        'What was closed, and which records are kept?',
        'retired',
      ),
      {
        id: 'retired',
        type: 'end',
        stage: 'do',
        name: 'Retired',
        outcome: 'retired',
        writes: [put('stage', 'retired')],
      },
      {
        id: 'kept',
        type: 'end',
        stage: 'plan',
        name: 'Kept in use',
        outcome: 'kept',
        writes: [put('stage', 'live')],
      },
    ],
  },
  outsideFacts,
);
