import type { Expression, Field, WorkflowDefinition } from '@plumbline/workflow-engine';
import { choice, declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { measurementsField } from '../forms/monitoring.ts';
import { metricBreachTable } from '../tables/metric-breach.ts';
import { measurementLevels, monitoringDecisions } from '../vocabulary.ts';
import { dueIn, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const yesNo = { kind: 'boolean' } as const;

const selfCheck: readonly Field[] = (
  [
    ['checkIntended', 'Is it still used for its purpose, and for nothing else?'],
    ['checkPeople', 'Are the same groups of people affected as before?'],
    ['checkData', 'Is only the data used that was named?'],
    ['checkSupplier', 'Are supplier, model and terms what they were?'],
    ['checkComplaints', 'Was every complaint and odd result looked at?'],
    ['checkNeeded', 'Is it still needed, and still the best way?'],
  ] as const
).map(([key, label]) => ({ key, label, type: 'yes-no', required: true }));

const calculated = [
  ...declare('calculated', {
    worstLevel: [choice(measurementLevels), 'Worst measurement of the window'],
    windowsInBreach: [{ kind: 'number' }, 'Windows in a row with a breach'],
    sensitiveBreach: [yesNo, 'A breach of fairness, security or agent behaviour'],
  }),
  ...declare('run', {
    windowFrom: [{ kind: 'date' }, 'First day of the window'],
    windowTo: [{ kind: 'date' }, 'Last day of the window'],
  }),
];

/** WF-MONITOR: one run for each measurement window; on the light path a self-check each year. */
export const monitor: WorkflowDefinition = define(
  {
    key: 'WF-MONITOR',
    name: 'Operation and monitoring',
    purpose: 'Watch the system in one measurement window and act on what shows.',
    stages: [
      { key: 'run', name: 'Measure' },
      { key: 'analyse', name: 'Analyse' },
    ],
    start: 'open',
    steps: [
      {
        id: 'open',
        type: 'check',
        stage: 'run',
        name: 'Open the window',
        next: [
          { to: 'self-check', when: when.equal('path', 'light'), label: 'Light path' },
          { to: 'measure', label: 'Any other path' },
        ],
      },
      {
        id: 'self-check',
        type: 'form',
        stage: 'run',
        name: 'Do the yearly self-check',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 5,
        due: dueIn(10),
        form: {
          shows: ['purpose', 'affectedGroups', 'dataKinds', 'supplier', 'modelVersion'],
          sections: [
            {
              key: 'check',
              title: 'Self-check',
              intro: 'Six questions. A no starts a review.',
              fields: [
                ...selfCheck,
                {
                  key: 'checkNotes',
                  label: 'What has changed?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                  when: when.any(...selfCheck.map(({ key }) => when.equal(key, false))),
                },
              ],
            },
          ],
        },
        requirements: ['9.1', 'A.9.4', 'A.6.2.6'],
        evidence: ['Self-check'],
        next: [
          {
            to: 'review-needed',
            when: when.any(...selfCheck.map(({ key }) => when.equal(key, false))),
            label: 'A no',
          },
          { to: 'within-limits', label: 'All yes' },
        ],
      },
      {
        id: 'measure',
        type: 'form',
        stage: 'run',
        name: 'Record the measurements',
        description: 'Done by itself once every monitor has a value for this window.',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 15,
        due: dueIn(5),
        form: {
          shows: ['monitors', 'windowFrom', 'windowTo'],
          sections: [
            {
              key: 'measurements',
              title: 'Measurements',
              fields: [
                measurementsField,
                {
                  key: 'measurementProof',
                  label: 'Where the values come from',
                  type: 'evidence',
                  required: false,
                },
              ],
            },
          ],
        },
        requirements: ['9.1', 'A.6.2.8', 'A.7.4'],
        evidence: ['Measurements with source and method'],
        next: [{ to: 'evaluate' }],
      },
      {
        id: 'evaluate',
        type: 'check',
        stage: 'run',
        name: 'Find the worst measurement',
        set: [
          { fact: 'worstLevel', value: cel('highest(measurements.map(m, m.level))') },
          {
            fact: 'sensitiveBreach',
            value: cel(
              'measurements.exists(m, m.level in ["breach", "critical"] && ' +
                'm.metricClass in ["fairness", "security", "agent"])',
            ),
          },
          {
            fact: 'windowsInBreach',
            value: cel(
              'worstLevel in ["breach", "critical"] ? orElse(breachWindows, 0.0) + 1.0 : 0.0',
            ),
          },
        ],
        next: [{ to: 'judge' }],
      },
      {
        id: 'judge',
        type: 'table',
        stage: 'run',
        name: 'Compare with the limits',
        table: metricBreachTable,
        requirements: ['9.1'],
        next: [{ to: 'oversight' }],
      },
      {
        id: 'oversight',
        type: 'task',
        stage: 'run',
        name: 'Log the oversight and check for drift in use',
        role: 'client.overseer',
        assignee: 'overseer',
        minutes: 10,
        due: dueIn(5),
        when: when.not(when.equal('tier', 'minimal')),
        form: {
          shows: ['purpose', 'measurements', 'worstLevel', 'response'],
          sections: [
            {
              key: 'oversight',
              title: 'Oversight',
              fields: [
                {
                  key: 'oversightLog',
                  label: 'What did you look at, overrule or stop?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                {
                  key: 'usedAsIntended',
                  label: 'Is it used as intended?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'stopNow',
                  label: 'Must it be stopped now?',
                  type: 'yes-no',
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['A.9.4', 'A.6.2.6'],
        evidence: ['Oversight log'],
        next: [
          { to: 'suspended', when: when.yes('stopNow'), label: 'Stop it' },
          { to: 'note', label: 'Go on' },
        ],
      },
      {
        id: 'note',
        type: 'form',
        stage: 'analyse',
        name: 'Write what the results mean',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 15,
        due: dueIn(10),
        form: {
          shows: ['measurements', 'worstLevel', 'response', 'oversightLog', 'usedAsIntended'],
          sections: [
            {
              key: 'analysis',
              title: 'Analysis',
              fields: [
                {
                  key: 'meaning',
                  label: 'What do the results mean?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                {
                  key: 'decision',
                  label: 'What do you do about it?',
                  type: 'select',
                  options: monitoringDecisions,
                  required: true,
                },
                {
                  key: 'decisionWhy',
                  label: 'Why do you decide so?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['9.1'],
        evidence: ['Analysis note'],
        next: [
          { to: 'suspended', when: when.equal('decision', 'suspend'), label: 'Suspend' },
          { to: 'retire', when: when.equal('decision', 'retire'), label: 'Retire' },
          {
            to: 'incident',
            when: when.equal('response', 'incident'),
            label: 'A critical measurement',
          },
          {
            to: 'review-needed',
            when: when.any(
              when.equal('decision', 'start-review'),
              when.in('response', 'review', 'review-and-risk'),
              when.equal('usedAsIntended', false),
            ),
            label: 'Review',
          },
          { to: 'acted', when: when.not(when.equal('decision', 'no-action')), label: 'Act' },
          { to: 'within-limits', label: 'No action' },
        ],
      },
      ...(
        [
          ['within-limits', 'Within limits', []],
          ['acted', 'Acted on', []],
          ['review-needed', 'Review needed', []],
          ['incident', 'Critical', [put('stage', 'under-review')]],
          ['retire', 'To be retired', []],
          ['suspended', 'Suspended', [put('stage', 'suspended')]],
        ] as const
      ).map(([id, name, writes]) => ({
        id,
        type: 'end' as const,
        stage: 'analyse',
        name,
        outcome: id,
        writes: [
          { field: 'lastLevel', value: cel('worstLevel') },
          { field: 'breachWindows', value: cel('windowsInBreach') },
          ...writes,
        ],
      })),
    ],
  },
  [...outsideFacts, ...calculated],
);
