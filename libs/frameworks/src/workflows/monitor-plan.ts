import type { Expression, WorkflowDefinition } from '@plumbline/workflow-engine';
import { define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { monitorsField } from '../forms/monitoring.ts';
import { dueByTier, dueIn, keep, notOwnSystem, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });

/** WF-MONITOR-PLAN: what is watched, with limits set before anybody sees a result. */
export const monitorPlan: WorkflowDefinition = define(
  {
    key: 'WF-MONITOR-PLAN',
    name: 'Monitoring plan',
    purpose: 'Decide what is watched, how often, by whom and with which limits, before going live.',
    stages: [{ key: 'plan', name: 'Plan' }],
    start: 'choose',
    steps: [
      {
        id: 'choose',
        type: 'form',
        stage: 'plan',
        name: 'Choose metrics and limits',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 30,
        due: dueByTier({ minimal: 5, limited: 5, high: 10 }),
        form: {
          shows: ['purpose', 'kind', 'tier', 'risks', 'affectedGroups'],
          sections: [
            {
              key: 'metrics',
              title: 'Metrics',
              fields: [
                monitorsField,
                {
                  key: 'groupDataChoice',
                  label: 'How do you look at groups of people, or why not?',
                  hint: 'A voluntary survey, a proxy, the supplier’s own test, or not at all.',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['9.1', 'A.6.2.6', 'A.7.4'],
        next: [{ to: 'cadence' }],
      },
      {
        id: 'cadence',
        type: 'check',
        stage: 'plan',
        name: 'Find the shortest cadence',
        set: [{ fact: 'monitorCadence', value: cel('lowest(monitors.map(m, m.cadence))') }],
        next: [{ to: 'decide' }],
      },
      {
        id: 'decide',
        type: 'approval',
        stage: 'plan',
        name: 'Decide about the monitoring plan',
        role: 'client.aims_manager',
        question: 'Is this enough to watch {name}?',
        minutes: 10,
        due: dueIn(5),
        separation: [notOwnSystem('choose')],
        gate: [
          {
            key: 'often-enough',
            label: 'A high tier is measured every month at least',
            applies: when.equal('tier', 'high'),
            holds: when.in('monitorCadence', 'daily', 'weekly', 'monthly'),
            cure: 'Ask for changes, so that one metric is measured every month at least.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'approved',
            'Approve the plan',
            'One more condition for going live is met. Measuring starts when it is live.',
          ),
          outcome(
            'approve-with-conditions',
            'approved',
            'Approve with conditions',
            'As above. Each condition becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'choose',
            'Ask for changes',
            'The plan goes back to the owner with your reason.',
          ),
          outcome('reject', 'refused', 'Refuse', 'There is no plan. The system cannot go live.'),
        ],
        shows: ['purpose', 'tier', 'monitors', 'monitorCadence', 'groupDataChoice'],
        requirements: ['9.1'],
        evidence: ['Approved monitoring plan'],
      },
      {
        id: 'approved',
        type: 'end',
        stage: 'plan',
        name: 'Approved',
        outcome: 'approved',
        writes: [...keep('monitors', 'monitorCadence'), put('monitoringPlanStatus', 'approved')],
      },
      {
        id: 'refused',
        type: 'end',
        stage: 'plan',
        name: 'Refused',
        outcome: 'refused',
        writes: [put('monitoringPlanStatus', 'refused')],
      },
    ],
  },
  outsideFacts,
);
