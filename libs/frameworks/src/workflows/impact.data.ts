import type {
  DecisionTable,
  Expression,
  FormDefinition,
  WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { choice, declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import {
  blockersCel,
  impactFields,
  impactFloorCel,
  openPointsCel,
} from '../impact/impact-fields.ts';
import { pathTable } from '../tables/path.ts';
import { dpiaStates, personalDataKinds, reversibilities, tiers } from '../vocabulary.ts';
import { impactLabels, likelihoodLabels } from '../forms/scales.ts';
import { dueByTier, keep, notOwnSystem, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const number = { kind: 'number' } as const;

const calculated = declare('calculated', {
  assessedAs: [choice(tiers), 'Tier that the questions are asked for'],
  impactFloor: [choice(tiers), 'Lowest tier that the answers allow'],
  significantHarms: [number, 'Harms rated 3 or more'],
  openPoints: [{ kind: 'text' }, 'Open points from the answers'],
});

/** Two approve for a high tier, as far as the organisation is large enough for two. */
const impactApprovers: DecisionTable = {
  key: 'DT-IMPACT-APPROVER',
  name: 'Who approves an impact assessment',
  hit: 'first',
  inputs: ['assessedAs', 'orgSize'],
  outputs: declare('table', {
    role: [{ kind: 'text' }, 'Role that approves'],
    count: [number, 'Approvers of that role'],
    blocked: [{ kind: 'text' }, 'Why nobody may approve'],
  }),
  rules: [
    {
      when: when.all(
        when.equal('orgSize', 'micro'),
        when.in('assessedAs', 'minimal', 'limited', 'high'),
      ),
      then: { role: 'client.top_management', count: 1 },
    },
    {
      when: when.all(when.equal('assessedAs', 'high'), when.known('orgSize')),
      then: { role: 'client.approver', count: 2 },
    },
    {
      when: when.all(when.in('assessedAs', 'minimal', 'limited'), when.known('orgSize')),
      then: { role: 'client.approver', count: 1 },
    },
    {
      then: {
        role: 'client.top_management',
        blocked: 'The tier or the size of the organisation is not known. Complete them first.',
      },
    },
  ],
};

const first = ['IQ-01', 'IQ-02', 'IQ-03', 'IQ-04', 'IQ-05', 'IQ-06'];
const last = ['IQ-46', 'IQ-47', 'IQ-48'];

const groups: readonly (readonly [key: string, title: string, themes: readonly string[]])[] = [
  ['fairness', 'Fairness', ['fairness']],
  ['transparency', 'Transparency and explanation', ['transparency', 'explainability']],
  ['oversight', 'Oversight by people', ['human-oversight']],
  ['accountability', 'Who answers for it', ['accountability']],
  ['safety', 'Safety', ['safety']],
  ['privacy', 'Privacy', ['privacy']],
  ['security', 'Security', ['security']],
  ['work', 'Work', ['work']],
  [
    'society',
    'Society',
    [
      'environment',
      'economy',
      'democracy',
      'rights',
      'public-services',
      'culture',
      'health-and-safety',
      'accumulation',
    ],
  ],
];

/** Questions IQ-07 to IQ-45 by theme: those of every tier, or the further ones of the high tier. */
function questions(high: boolean): FormDefinition {
  return {
    shows: ['purpose', 'kind', 'affectedGroups', 'volume', 'dataKinds', 'owner', 'assessedAs'],
    sections: groups
      .map(([key, title, themes]) => ({
        key,
        title,
        fields: impactFields(
          ({ id, theme, askedFrom }) =>
            themes.includes(theme) &&
            (askedFrom === 'high') === high &&
            !first.includes(id) &&
            !last.includes(id),
          'assessedAs',
        ),
      }))
      .filter(({ fields }) => fields.length > 0),
  };
}

const harmFields = [
  { key: 'harm', label: 'Harm', type: 'text', maxLength: 300, required: true },
  { key: 'group', label: 'Who bears it?', type: 'text', maxLength: 300, required: true },
  {
    key: 'severity',
    label: 'How bad is it for a person?',
    type: 'scale',
    min: 1,
    max: 5,
    labels: impactLabels.individuals,
    required: true,
  },
  {
    key: 'scale',
    label: 'How far does it reach?',
    type: 'scale',
    min: 1,
    max: 5,
    labels: impactLabels.society,
    required: true,
  },
  {
    key: 'likelihood',
    label: 'How likely is it?',
    hint: 'Leave empty if nobody can say.',
    type: 'scale',
    min: 1,
    max: 5,
    labels: likelihoodLabels,
    required: false,
  },
  {
    key: 'reversibility',
    label: 'Can it be put right?',
    type: 'select',
    options: reversibilities,
    required: true,
  },
] as const;

/** WF-IMPACT: effects on individuals, groups and society are judged before anybody is affected. */
export const impact: WorkflowDefinition = define(
  {
    key: 'WF-IMPACT',
    name: 'AI system impact assessment',
    purpose: 'Judge effects on individuals, groups and society.',
    stages: [
      { key: 'prepare', name: 'Prepare' },
      { key: 'assess', name: 'Assess' },
      { key: 'decide', name: 'Measures and decision' },
    ],
    start: 'depth',
    steps: [
      {
        id: 'depth',
        type: 'check',
        stage: 'prepare',
        name: 'Take over the tier',
        set: [{ fact: 'assessedAs', value: cel('tier') }],
        next: [{ to: 'need' }],
      },
      {
        id: 'need',
        type: 'table',
        stage: 'prepare',
        name: 'Depth by tier',
        table: pathTable,
        requirements: ['6.1.4', 'A.5.2'],
        next: [{ to: 'people' }],
      },
      {
        id: 'people',
        type: 'form',
        stage: 'prepare',
        name: 'List groups affected and benefits',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 20,
        due: dueByTier({ limited: 10, high: 20 }),
        form: {
          shows: ['purpose', 'affectedGroups', 'volume', 'impactQuestions'],
          sections: [
            {
              key: 'people',
              title: 'People and benefits',
              fields: [
                {
                  key: 'groupsAffected',
                  label: 'How does it touch each of the groups affected?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                ...impactFields(({ id }) => first.includes(id), 'assessedAs'),
                {
                  key: 'reusedAssessments',
                  label: 'Which earlier assessments do you build on?',
                  hint: 'A data protection impact assessment, or one of the supplier.',
                  type: 'evidence',
                  required: false,
                },
              ],
            },
          ],
        },
        requirements: ['6.1.4', 'A.5.4'],
        next: [{ to: 'assess' }],
      },
      {
        id: 'assess',
        type: 'parallel',
        stage: 'assess',
        name: 'Assess',
        branches: [
          { id: 'questions', start: 'questions' },
          { id: 'privacy', start: 'privacy' },
        ],
        join: 'assessed',
      },
      {
        id: 'questions',
        type: 'form',
        stage: 'assess',
        name: 'Answer the questions',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 60,
        due: dueByTier({ limited: 10, high: 20 }),
        form: questions(false),
        requirements: ['8.4', 'A.5.4', 'A.5.5'],
        evidence: ['Answers'],
        next: [{ to: 'assessed' }],
      },
      {
        id: 'privacy',
        type: 'task',
        stage: 'assess',
        name: 'Give the privacy and rights view',
        role: 'client.data_lead',
        minutes: 20,
        due: dueByTier({ limited: 10, high: 20 }),
        when: when.includes('dataKinds', ...personalDataKinds),
        form: {
          shows: ['purpose', 'dataKinds', 'affectedGroups', 'jurisdictions'],
          sections: [
            {
              key: 'privacy',
              title: 'Privacy and rights',
              fields: [
                {
                  key: 'dpia',
                  label: 'Data protection impact assessment',
                  type: 'select',
                  options: dpiaStates,
                  required: true,
                },
                {
                  key: 'dpiaFile',
                  label: 'The data protection impact assessment',
                  type: 'evidence',
                  required: true,
                  when: when.equal('dpia', 'done'),
                },
                {
                  key: 'rightsView',
                  label: 'What does it mean for privacy and other rights?',
                  type: 'longtext',
                  maxLength: 10_000,
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['A.5.4'],
        next: [{ to: 'assessed' }],
      },
      {
        id: 'assessed',
        type: 'join',
        stage: 'assess',
        name: 'Assessed',
        closes: 'assess',
        next: [{ to: 'floor' }],
      },
      {
        id: 'floor',
        type: 'check',
        stage: 'assess',
        name: 'Do the answers ask for a higher tier?',
        description: 'If so, the tier is raised and the further questions are asked.',
        set: [
          { fact: 'impactFloor', value: cel(impactFloorCel()) },
          { fact: 'assessedAs', value: cel('impactFloor == "high" ? "high" : tier') },
        ],
        next: [{ to: 'deepen' }],
      },
      {
        id: 'deepen',
        type: 'parallel',
        stage: 'assess',
        name: 'Look deeper',
        when: when.equal('assessedAs', 'high'),
        branches: [
          { id: 'further', start: 'further-questions' },
          { id: 'voice', start: 'voice' },
        ],
        join: 'deepened',
      },
      {
        id: 'further-questions',
        type: 'form',
        stage: 'assess',
        name: 'Answer the further questions of the high tier',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 30,
        due: dueByTier({ limited: 20, high: 20 }),
        form: questions(true),
        requirements: ['8.4', 'A.5.4', 'A.5.5'],
        evidence: ['Answers'],
        next: [{ to: 'deepened' }],
      },
      {
        id: 'voice',
        type: 'task',
        stage: 'assess',
        name: 'Hear affected people',
        description: 'Or those who speak for them: works council, user panel, an association.',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 30,
        due: dueByTier({ limited: 20, high: 20 }),
        form: {
          shows: ['purpose', 'affectedGroups'],
          sections: [
            {
              key: 'voice',
              title: 'Affected people',
              fields: [
                {
                  key: 'peopleHeard',
                  label: 'Whom did you ask, and what did they say?',
                  type: 'longtext',
                  maxLength: 10_000,
                  required: true,
                },
                {
                  key: 'voiceChanged',
                  label: 'What did you change because of it?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
                {
                  key: 'engagementRecord',
                  label: 'Notes or minutes',
                  type: 'evidence',
                  required: false,
                },
              ],
            },
          ],
        },
        requirements: ['A.5.4'],
        evidence: ['Engagement record'],
        next: [{ to: 'deepened' }],
      },
      {
        id: 'deepened',
        type: 'join',
        stage: 'assess',
        name: 'Looked deeper',
        closes: 'deepen',
        next: [{ to: 'rate' }],
      },
      {
        id: 'rate',
        type: 'form',
        stage: 'assess',
        name: 'Rate each harm',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 20,
        due: dueByTier({ limited: 5, high: 10 }),
        form: {
          shows: ['purpose', 'affectedGroups', 'rightsView', 'peopleHeard', 'openPoints'],
          sections: [
            {
              key: 'harms',
              title: 'Harms',
              fields: [
                {
                  key: 'harms',
                  label: 'Which harms could there be?',
                  type: 'repeat',
                  itemName: 'harm',
                  minRows: 0,
                  maxRows: 60,
                  required: false,
                  fields: harmFields,
                },
                {
                  key: 'noHarmsWhy',
                  label: 'Why can nobody be harmed?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                  when: cel('unknown(harms) || size(harms) == 0'),
                },
              ],
            },
          ],
        },
        requirements: ['A.5.4', 'A.5.5'],
        next: [{ to: 'measures' }],
      },
      {
        id: 'measures',
        type: 'form',
        stage: 'decide',
        name: 'Plan measures for harms and benefits',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 20,
        due: dueByTier({ limited: 5, high: 10 }),
        form: {
          shows: ['harms', 'purpose'],
          sections: [
            {
              key: 'measures',
              title: 'Measures',
              fields: [
                ...impactFields(({ id }) => last.includes(id), 'assessedAs'),
                {
                  key: 'shareWanted',
                  label: 'Should a summary be shared outside?',
                  type: 'yes-no',
                  required: true,
                },
              ],
            },
          ],
        },
        requirements: ['A.5.4'],
        next: [{ to: 'to-risk' }],
      },
      {
        id: 'to-risk',
        type: 'check',
        stage: 'decide',
        name: 'Count serious harms and what blocks',
        set: [
          {
            fact: 'significantHarms',
            value: cel('known(harms) ? size(harms.filter(h, h.severity >= 3.0)) : 0.0'),
          },
          { fact: 'deployBlockers', value: cel(blockersCel('assessedAs')) },
          { fact: 'openPoints', value: cel(openPointsCel()) },
        ],
        requirements: ['6.1.4'],
        next: [{ to: 'in-register' }],
      },
      {
        id: 'in-register',
        type: 'task',
        stage: 'decide',
        name: 'Take serious harms into the risk register',
        role: 'client.risk_owner',
        minutes: 15,
        due: dueByTier({ limited: 5, high: 5 }),
        when: { fact: 'significantHarms', is: 'above', value: 0 },
        form: {
          shows: ['harms', 'significantHarms'],
          sections: [
            {
              key: 'register',
              title: 'Risk register',
              fields: [
                {
                  key: 'harmsInRegister',
                  label: 'Is every harm rated 3 or more covered by a risk in the register?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'harmsInRegisterHow',
                  label: 'Which risk covers which harm?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                },
              ],
            },
          ],
        },
        sendBackTo: ['rate'],
        requirements: ['6.1.4', '6.1.2'],
        next: [{ to: 'decide' }],
      },
      {
        id: 'decide',
        type: 'approval',
        stage: 'decide',
        name: 'Decide about the impact',
        role: 'client.approver',
        question: 'Are the effects of {name} on people acceptable?',
        minutes: 15,
        due: dueByTier({ limited: 5, high: 10 }),
        approvers: impactApprovers,
        separation: [notOwnSystem()],
        gate: [
          {
            key: 'harms-in-register',
            label: 'Every serious harm is in the risk register',
            applies: { fact: 'significantHarms', is: 'above', value: 0 },
            holds: when.yes('harmsInRegister'),
            cure: 'Ask for changes, so that the risk owner takes the harms into the register.',
          },
          {
            key: 'people-heard',
            label: 'Affected people were heard',
            applies: when.equal('assessedAs', 'high'),
            holds: when.known('peopleHeard'),
            cure: 'Ask for changes, so that affected people are heard.',
          },
          {
            key: 'privacy-view',
            label: 'The privacy view is there',
            applies: when.includes('dataKinds', ...personalDataKinds),
            holds: when.in('dpia', 'done', 'not-needed'),
            cure: 'Have the data protection impact assessment done, then ask for changes.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'approved',
            'Accept',
            'The assessment is frozen and kept. One more condition for going live is met.',
          ),
          outcome(
            'approve-with-conditions',
            'approved',
            'Accept with conditions',
            'As above. Each condition becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'people',
            'Ask for changes',
            'The assessment is gone through again with your reason in hand.',
          ),
          outcome(
            'reject',
            'refused',
            'Refuse',
            'The effects are not acceptable. The system cannot go live.',
          ),
        ],
        shows: [
          'purpose',
          'assessedAs',
          'groupsAffected',
          'harms',
          'iq46',
          'iq47',
          'rightsView',
          'peopleHeard',
          'openPoints',
          'deployBlockers',
        ],
        requirements: ['A.5.3', '8.4'],
        evidence: ['Frozen assessment with its hash and retention date'],
      },
      {
        id: 'approved',
        type: 'check',
        stage: 'decide',
        name: 'Accepted',
        next: [{ to: 'share' }],
      },
      {
        id: 'share',
        type: 'task',
        stage: 'decide',
        name: 'Share a summary',
        role: 'client.aims_manager',
        minutes: 15,
        due: dueByTier({ limited: 10, high: 10 }),
        when: when.any(when.equal('assessedAs', 'high'), when.yes('shareWanted')),
        form: {
          shows: ['harms', 'iq46', 'iq47'],
          sections: [
            {
              key: 'share',
              title: 'Summary',
              fields: [
                {
                  key: 'sharedWith',
                  label: 'With whom is it shared, or why not?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                },
                { key: 'summary', label: 'The summary', type: 'evidence', required: false },
              ],
            },
          ],
        },
        requirements: ['A.8.5'],
        next: [{ to: 'done' }],
      },
      {
        id: 'done',
        type: 'end',
        stage: 'decide',
        name: 'Approved',
        outcome: 'approved',
        writes: [
          ...keep('deployBlockers'),
          { field: 'tier', value: cel('assessedAs') },
          { field: 'path', value: cel('assessedAs == "high" ? "full" : path') },
          { field: 'stakeholderInput', value: cel('known(peopleHeard)') },
          put('impactStatus', 'approved'),
        ],
      },
      {
        id: 'refused',
        type: 'end',
        stage: 'decide',
        name: 'Refused',
        outcome: 'refused',
        writes: [...keep('deployBlockers'), put('impactStatus', 'refused')],
      },
    ],
  },
  [...outsideFacts, ...calculated],
);
