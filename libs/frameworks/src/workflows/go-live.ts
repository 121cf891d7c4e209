import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import { define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { approverTable } from '../tables/approver.ts';
import { dueByTier, dueIn, keep, notOwnSystem, outcome, put } from './rules.ts';

const inPilot = when.equal('stage', 'pilot');

/** WF-GO-LIVE: the pilot, where there is one, and the moment of going live. */
export const goLive: WorkflowDefinition = define(
  {
    key: 'WF-GO-LIVE',
    name: 'Pilot and going live',
    purpose:
      'Run the pilot within its limits, decide after it, and record the moment of going live.',
    stages: [
      { key: 'pilot', name: 'Pilot' },
      { key: 'live', name: 'Live' },
    ],
    start: 'pilot-report',
    steps: [
      {
        id: 'pilot-report',
        type: 'form',
        stage: 'pilot',
        name: 'Report on the pilot',
        description: 'Open while the pilot runs. It can be cut short when something goes wrong.',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 30,
        due: [{ due: { amount: 30, unit: 'calendar-days' } }],
        when: inPilot,
        form: {
          shows: ['purpose', 'tier', 'residualLevel', 'monitors'],
          sections: [
            {
              key: 'report',
              title: 'Pilot report',
              fields: [
                { key: 'pilotFrom', label: 'First day of the pilot', type: 'date', required: true },
                { key: 'pilotTo', label: 'Last day of the pilot', type: 'date', required: true },
                {
                  key: 'pilotComplete',
                  label: 'Did it run for the whole time that was planned?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'pilotShortWhy',
                  label: 'Why did the pilot end early?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                  when: when.equal('pilotComplete', false),
                },
                {
                  key: 'pilotResults',
                  label: 'What did the metrics of the pilot show?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                {
                  key: 'pilotTrouble',
                  label: 'What went wrong in the pilot, and what was done about it?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                { key: 'pilotProof', label: 'Proof', type: 'evidence', required: false },
              ],
            },
          ],
        },
        requirements: ['A.6.2.5', 'A.6.2.6'],
        evidence: ['Pilot report'],
        next: [{ to: 'pilot-decision' }],
      },
      {
        id: 'pilot-decision',
        type: 'approval',
        stage: 'pilot',
        name: 'Decide after the pilot',
        role: 'client.approver',
        question: 'Can {name} go live after its pilot?',
        minutes: 10,
        due: dueByTier({ limited: 5, high: 10 }),
        when: inPilot,
        approvers: approverTable,
        separation: [notOwnSystem()],
        gate: [
          {
            key: 'risk-accepted',
            label: 'The risk that is left is still accepted',
            holds: when.in('riskStatus', 'accepted', 'catalogue-confirmed'),
            cure: 'Finish the risk assessment and have what is left accepted.',
          },
          {
            key: 'monitoring-plan',
            label: 'The monitoring plan is approved',
            holds: when.equal('monitoringPlanStatus', 'approved'),
            cure: 'Finish the monitoring plan and have it approved.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'confirm-live',
            'Go live',
            'It may go live for everybody. The technical lead is asked to confirm when it is.',
          ),
          outcome(
            'approve-with-conditions',
            'confirm-live',
            'Go live with conditions',
            'As above. Each condition becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'pilot-report',
            'Go on with the pilot',
            'The pilot goes on and is reported on again.',
          ),
          outcome('reject', 'pilot-stopped', 'End it', 'It may not be used any more.'),
        ],
        shows: [
          'purpose',
          'tier',
          'residualLevel',
          'pilotFrom',
          'pilotTo',
          'pilotShortWhy',
          'pilotResults',
          'pilotTrouble',
        ],
        requirements: ['A.6.2.5', '8.1'],
        evidence: ['Approval dated before go-live'],
      },
      {
        id: 'confirm-live',
        type: 'task',
        stage: 'live',
        name: 'Confirm that it is live',
        role: 'client.technical_lead',
        minutes: 5,
        due: dueIn(10),
        form: {
          shows: ['approvedOn', 'modelVersion'],
          sections: [
            {
              key: 'live',
              title: 'Going live',
              fields: [
                {
                  key: 'liveVersion',
                  label: 'Which version is live?',
                  type: 'text',
                  maxLength: 300,
                  required: true,
                },
                { key: 'liveOn', label: 'Since when is it live?', type: 'date', required: true },
                {
                  key: 'logsOn',
                  label: 'Are the event logs on?',
                  type: 'yes-no',
                  required: true,
                },
                { key: 'liveProof', label: 'Proof', type: 'evidence', required: false },
              ],
            },
          ],
        },
        requirements: ['A.6.2.5', 'A.6.2.8'],
        evidence: ['Go-live record'],
        next: [
          { to: 'live', when: when.yes('logsOn'), label: 'Logs are on' },
          { to: 'confirm-live', label: 'Logs are off' },
        ],
      },
      {
        id: 'live',
        type: 'end',
        stage: 'live',
        name: 'Live',
        outcome: 'live',
        writes: [...keep('liveVersion'), put('stage', 'live')],
      },
      {
        id: 'pilot-stopped',
        type: 'end',
        stage: 'pilot',
        name: 'Pilot ended',
        outcome: 'pilot-stopped',
        writes: [put('stage', 'stopped')],
      },
    ],
  },
  outsideFacts,
);
