import type { Expression, WorkflowDefinition } from '@plumbline/workflow-engine';
import { declare, define, when } from '../authoring.ts';
import {
  annexThreeCel,
  derogationCel,
  derogationFields,
  regClassTable,
  treeFields,
} from '../eu-ai-act/classification.ts';
import { organisationFacts, runFacts, subjectFacts } from '../facts.ts';
import { dpiaStates } from '../vocabulary.ts';
import { dueIn, keep, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const yesNo = { kind: 'boolean' } as const;

/** Handed in by the intake, whose answers are not on the register yet. */
const handedIn = [
  'name',
  'purpose',
  'kind',
  'affectedGroups',
  'dataKinds',
  'jurisdictions',
  'owner',
  'proposer',
] as const;

const known = [
  ...subjectFacts.map((fact) =>
    (handedIn as readonly string[]).includes(fact.name)
      ? { ...fact, source: 'run' as const }
      : fact,
  ),
  ...organisationFacts,
  ...runFacts,
  ...declare('calculated', {
    derogationFound: [yesNo, 'Article 6(3) applies'],
  }),
];

const classes = [
  'regClass',
  'sensitiveUse',
  'soleDecision',
  'owesTransparency',
  'dutiesBeforeUse',
] as const;

/** WF-CLASSIFY: which laws and duties apply, and in which role. */
export const classify: WorkflowDefinition = define(
  {
    key: 'WF-CLASSIFY',
    name: 'Regulatory classification',
    purpose: 'Work out which laws and duties apply and in which role.',
    stages: [
      { key: 'facts', name: 'Facts' },
      { key: 'judge', name: 'Judge' },
      { key: 'confirm', name: 'Confirm' },
    ],
    start: 'scope',
    steps: [
      {
        id: 'scope',
        type: 'form',
        stage: 'facts',
        name: 'Answer the classification questions',
        description: 'An unsure answer counts as the stricter one. An adviser may prepare this.',
        role: 'client.legal',
        minutes: 20,
        due: dueIn(5),
        form: {
          shows: [...handedIn],
          sections: [
            {
              key: 'scope',
              title: 'Is it an AI system in scope?',
              fields: treeFields('N1', 'N2', 'N3', 'N4'),
            },
            {
              key: 'practices',
              title: 'Practices and products',
              fields: treeFields('N5', 'N6', 'N7', 'N8'),
            },
            {
              key: 'duties',
              title: 'Models and transparency',
              fields: treeFields('N11', 'N12', 'N13'),
            },
          ],
        },
        requirements: ['4.1', '4.2', 'A.8.5'],
        next: [{ to: 'derogation' }],
      },
      {
        id: 'derogation',
        type: 'form',
        stage: 'judge',
        name: 'Assess the derogation',
        description: 'Article 6(3) of the EU AI Act. Whoever profiles people stays high-risk.',
        role: 'client.legal',
        minutes: 20,
        due: dueIn(5),
        when: cel(annexThreeCel),
        form: {
          shows: ['purpose', 'sensitiveAreas'],
          sections: [{ key: 'derogation', title: 'Derogation', fields: derogationFields }],
        },
        sendBackTo: ['scope'],
        requirements: ['A.8.5'],
        next: [{ to: 'people' }],
      },
      {
        id: 'people',
        type: 'form',
        stage: 'judge',
        name: 'Check decisions about people',
        description: 'Personal data, significant decisions, equality and the sector’s regulator.',
        role: 'client.data_lead',
        minutes: 10,
        due: dueIn(5),
        form: {
          shows: ['purpose', 'affectedGroups', 'dataKinds', 'jurisdictions'],
          sections: [
            {
              key: 'people',
              title: 'Decisions about people',
              fields: [
                {
                  key: 'significantDecision',
                  label: 'Does it take part in decisions with a legal or similarly large effect?',
                  hint: 'In the UK Articles 22A to 22D of the UK GDPR, in the EU Article 22 of the GDPR.',
                  type: 'yes-no-unsure',
                  required: true,
                },
                {
                  key: 'noHumanInvolvement',
                  label: 'Is there no person who really decides before it takes effect?',
                  hint: 'A person counts who is able, competent and free to change the outcome.',
                  type: 'yes-no-unsure',
                  required: true,
                },
                {
                  key: 'specialInDecision',
                  label: 'Is special category data part of the decision?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'dpia',
                  label: 'Data protection impact assessment',
                  type: 'select',
                  options: dpiaStates,
                  required: true,
                },
                {
                  key: 'dpiaWhy',
                  label: 'Why is no data protection impact assessment needed?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                  when: when.equal('dpia', 'not-needed'),
                },
                {
                  key: 'equalityDuty',
                  label: 'Equality law: what has to be looked at?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: false,
                },
                {
                  key: 'sectorRegulator',
                  label: 'Regulators of the sector',
                  type: 'text',
                  maxLength: 300,
                  required: false,
                },
              ],
            },
          ],
        },
        requirements: ['A.2.3', '4.2'],
        next: [{ to: 'derive' }],
      },
      {
        id: 'derive',
        type: 'check',
        stage: 'judge',
        name: 'Derive what follows',
        set: [
          { fact: 'derogationFound', value: cel(derogationCel) },
          {
            fact: 'sensitiveUse',
            value: cel(
              `(${annexThreeCel} && !derogationFound) || ` +
                '(known(safetyComponent) && safetyComponent in ["yes", "unsure"] && ' +
                'known(thirdPartyCheck) && thirdPartyCheck in ["yes", "unsure"])',
            ),
          },
          {
            fact: 'soleDecision',
            value: cel(
              'significantDecision in ["yes", "unsure"] && noHumanInvolvement in ["yes", "unsure"]',
            ),
          },
          {
            fact: 'owesTransparency',
            value: cel('known(meetsPeople) && meetsPeople in ["yes", "unsure"]'),
          },
        ],
        next: [{ to: 'tree' }],
      },
      {
        id: 'tree',
        type: 'table',
        stage: 'judge',
        name: 'Run the decision tree',
        table: regClassTable,
        requirements: ['4.1', 'A.8.5'],
        evidence: ['Path through the tree with answers and versions'],
        next: [{ to: 'duties' }],
      },
      {
        id: 'duties',
        type: 'check',
        stage: 'confirm',
        name: 'Find the duties due before use',
        set: [
          {
            fact: 'dutiesBeforeUse',
            value: cel(
              'owesTransparency || regClass in ["high-risk-annex-i", "high-risk-annex-iii", "derogated"]',
            ),
          },
        ],
        requirements: ['A.8.5', 'A.10.2'],
        evidence: ['Rows of the obligations register'],
        next: [{ to: 'confirm' }],
      },
      {
        id: 'confirm',
        type: 'approval',
        stage: 'confirm',
        name: 'Confirm class and duties',
        role: 'client.approver',
        question: 'Is this the right class for {name}?',
        minutes: 10,
        due: dueIn(5),
        separation: [
          {
            id: 'SOD-01',
            parties: ['proposer', 'owner'],
            because: 'You proposed or own this AI system, so somebody else must confirm its class.',
            waivable: 'never',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'route',
            'Confirm',
            'The class and its duties hold. They decide which path the system takes.',
          ),
          outcome(
            'ask-for-changes',
            'scope',
            'Ask for changes',
            'The questions are answered again. Nothing is classified yet.',
          ),
        ],
        shows: [
          ...handedIn,
          'euRole',
          ...classes,
          'derogationFound',
          'derogationGrounds',
          'derogationWhy',
          'dpia',
        ],
        requirements: ['A.8.5'],
        evidence: ['Classification record'],
      },
      {
        id: 'route',
        type: 'check',
        stage: 'confirm',
        name: 'Go by the class',
        next: [
          { to: 'prohibited', when: when.equal('regClass', 'prohibited'), label: 'Prohibited' },
          { to: 'on-hold', when: when.equal('regClass', 'hold'), label: 'On hold' },
          { to: 'confirmed', label: 'Any other class' },
        ],
      },
      {
        id: 'confirmed',
        type: 'end',
        stage: 'confirm',
        name: 'Confirmed',
        outcome: 'confirmed',
        writes: [...keep(...classes), put('classificationStatus', 'confirmed')],
      },
      {
        id: 'prohibited',
        type: 'end',
        stage: 'confirm',
        name: 'Prohibited',
        outcome: 'prohibited',
        writes: [...keep(...classes), put('classificationStatus', 'confirmed')],
      },
      {
        id: 'on-hold',
        type: 'end',
        stage: 'confirm',
        name: 'On hold',
        outcome: 'on-hold',
        writes: [...keep(...classes), put('classificationStatus', 'on-hold')],
      },
    ],
  },
  known,
);
