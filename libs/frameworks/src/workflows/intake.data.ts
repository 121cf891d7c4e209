import type { Expression, WorkflowDefinition } from '@plumbline/workflow-engine';
import { choice, declare, define, when } from '../authoring.ts';
import { prohibitedFields, prohibitedCel, screenedClassCel } from '../eu-ai-act/screening.ts';
import { inSensitiveAreaCel } from '../eu-ai-act/screening.ts';
import { outsideFacts } from '../facts.ts';
import { aiSystemFields, boughtKinds } from '../forms/ai-system.ts';
import { proposalForm } from '../forms/proposal.ts';
import { triageFields, triageSumCel, triageTriggerCel } from '../forms/triage.ts';
import { impactFloorCel, openPointsCel, triagePointsCel } from '../impact/impact-fields.ts';
import { approverTable } from '../tables/approver.ts';
import { reviewIntervalTable } from '../tables/review-interval.ts';
import { riskLevelTable, worstHarmCel, worstScoreCel } from '../tables/risk-level.ts';
import { tierTable } from '../tables/tier.ts';
import { euRoles, regClasses, tiers } from '../vocabulary.ts';
import { dueByTier, dueIn, keep, notOwnSystem, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const yesNo = { kind: 'boolean' } as const;
const text = { kind: 'text' } as const;

const calculated = [
  ...declare('calculated', {
    prohibitedScreen: [{ kind: 'choice', options: ['no', 'unsure', 'yes'] }, 'Prohibited practice'],
    hardTrigger: [yesNo, 'One answer alone makes the tier high'],
    triageScore: [{ kind: 'number' }, 'Triage score (0 to 24)'],
    impactFloor: [choice(tiers), 'Lowest tier that the answers allow'],
    openPoints: [text, 'Open points from the answers'],
    worstScore: [{ kind: 'number' }, 'Highest risk score'],
    worstHarm: [{ kind: 'number' }, 'Worst impact on people'],
  }),
  ...declare('run', {
    classification: [text, 'How the classification ended'],
    classifiedAs: [choice(regClasses), 'Class found by the classification'],
    classifiedSensitive: [yesNo, 'Sensitive use, by the classification'],
    classifiedSole: [yesNo, 'Decides alone, by the classification'],
    classifiedTransparency: [yesNo, 'Transparency duties, by the classification'],
    classifiedDuties: [yesNo, 'Duties before use, by the classification'],
  }),
];

const register = keep(...aiSystemFields.map(({ key }) => key), 'proposer');
const verdict = keep('tier', 'path', 'regClass', 'sensitiveUse');

const described = [
  'name',
  'purpose',
  'kind',
  'supplier',
  'owner',
  'affectedGroups',
  'volume',
  'dataKinds',
  'jurisdictions',
];

/** WF-INTAKE: every idea and tool gets on the register, screened and tiered. */
export const intake: WorkflowDefinition = define(
  {
    key: 'WF-INTAKE',
    name: 'AI proposal and intake',
    purpose: 'Get every AI idea and tool onto the register, screened and tiered.',
    stages: [
      { key: 'submit', name: 'Submit' },
      { key: 'screen', name: 'Screen' },
      { key: 'decide', name: 'Decide' },
    ],
    start: 'propose',
    steps: [
      {
        id: 'propose',
        type: 'form',
        stage: 'submit',
        name: 'Describe the use',
        description:
          'Anyone may propose a use of AI. For an everyday tool this one page is all that it takes.',
        role: 'client.staff',
        assignee: 'proposer',
        performer: 'proposer',
        minutes: 20,
        form: proposalForm,
        requirements: [
          'A.6.2.2',
          'A.9.2',
          'A.4.3',
          'A.4.4',
          'A.4.5',
          'A.4.6',
          'A.5.2',
          'A.5.4',
          '6.1.1',
        ],
        evidence: ['Intake record'],
        next: [{ to: 'screen' }],
      },
      {
        id: 'screen',
        type: 'check',
        stage: 'screen',
        name: 'Evaluate the answers',
        requirements: ['6.1.1', '4.1'],
        set: [
          { fact: 'prohibitedScreen', value: cel(prohibitedCel) },
          { fact: 'regClass', value: cel(screenedClassCel) },
          { fact: 'sensitiveUse', value: cel(inSensitiveAreaCel) },
          { fact: 'hardTrigger', value: cel(triageTriggerCel) },
          { fact: 'impactFloor', value: cel(impactFloorCel(['minimal'])) },
          {
            fact: 'triageScore',
            value: cel(`${triageSumCel} + ${triagePointsCel(['minimal'])}`),
          },
          { fact: 'openPoints', value: cel(openPointsCel(['minimal'])) },
        ],
        next: [{ to: 'tier' }],
      },
      {
        id: 'tier',
        type: 'table',
        stage: 'screen',
        name: 'Set tier and path',
        table: tierTable,
        requirements: ['6.1.1'],
        evidence: ['Tier decision record with its inputs'],
        next: [{ to: 'catalogue' }],
      },
      {
        id: 'catalogue',
        type: 'check',
        stage: 'submit',
        name: 'Already approved for this use and this data?',
        requirements: ['A.9.2'],
        next: [
          {
            to: 'covered',
            when: when.all(when.equal('path', 'light'), when.yes('approvedTool')),
            label: 'On the list of approved tools',
          },
          { to: 'light-scores', when: when.equal('path', 'light'), label: 'Light path' },
          { to: 'check-screening', label: 'Standard, full or stop' },
        ],
      },

      // The light path: the owner's word if somebody else proposed, then one approval.
      {
        id: 'light-scores',
        type: 'check',
        stage: 'screen',
        name: 'Find the highest risk',
        set: [
          { fact: 'worstScore', value: cel(worstScoreCel('lightRisks')) },
          { fact: 'worstHarm', value: cel(worstHarmCel('lightRisks')) },
        ],
        next: [{ to: 'light-risk' }],
      },
      {
        id: 'light-risk',
        type: 'table',
        stage: 'screen',
        name: 'Level of the highest risk',
        table: riskLevelTable('residualLevel', 'worstScore', 'worstHarm'),
        requirements: ['6.1.1'],
        next: [{ to: 'accept-light' }],
      },
      {
        id: 'accept-light',
        type: 'task',
        stage: 'decide',
        name: 'Accept ownership',
        description: 'Somebody proposed this use and named you as its owner.',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 3,
        due: dueIn(3),
        when: { cel: '!(proposer == owner && ownerAccepts)' },
        form: {
          shows: described,
          sections: [
            {
              key: 'accept',
              title: 'Accept ownership',
              fields: [
                {
                  key: 'acceptsOwnership',
                  label: 'Do you accept to answer for this use and its results?',
                  type: 'yes-no',
                  required: true,
                },
              ],
            },
          ],
        },
        sendBackTo: ['propose'],
        requirements: ['A.3.2', '5.3'],
        evidence: ['Role acceptance'],
        next: [{ to: 'go' }],
      },
      {
        id: 'go',
        type: 'approval',
        stage: 'decide',
        name: 'Decide about the use',
        role: 'client.aims_manager',
        question: 'Can {name} be used?',
        minutes: 5,
        due: dueByTier({ minimal: 3 }),
        approvers: approverTable,
        separation: [notOwnSystem('propose')],
        gate: [
          {
            key: 'owner-accepted',
            label: 'The owner has accepted',
            holds: when.any(when.yes('acceptsOwnership'), {
              cel: 'proposer == owner && ownerAccepts',
            }),
            cure: 'Ask for changes, so that an owner is named who accepts.',
          },
          {
            key: 'risks-confirmed',
            label: 'Risks of the catalogue are chosen and scored',
            holds: when.all({ fact: 'lightRisks', is: 'not-empty' }, when.known('residualLevel')),
            cure: 'Ask for changes, so that the risks are chosen and scored.',
          },
          {
            key: 'people-told',
            label: 'People know that they meet AI',
            holds: when.in('iq12', 'yes', 'obvious-from-context', 'not-applicable'),
            cure: 'Ask for changes: say how people are told, then answer the question again.',
          },
          {
            key: 'supplier-approved',
            label: 'The supplier is approved for this data',
            applies: when.in('kind', ...boughtKinds),
            holds: when.yes('supplierChecked'),
            cure: 'Have the supplier’s terms checked for this data, then ask for changes.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'review-date',
            'Approve the use',
            'It may be used at once, for this purpose and this data. The next review gets a date.',
          ),
          outcome(
            'approve-with-conditions',
            'review-date',
            'Approve with conditions',
            'It may be used at once. Each condition becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'propose',
            'Ask for changes',
            'It goes back to the proposer with your reason. It may not be used yet.',
          ),
          outcome(
            'reject',
            'rejected',
            'Refuse the use',
            'It may not be used. The proposal and your reason stay on the register.',
          ),
        ],
        shows: [...described, 'tier', 'triageScore', 'residualLevel', 'lightRisks', 'openPoints'],
        requirements: ['A.9.2', '6.1.3', 'A.5.3'],
        evidence: ['Decision with reason'],
      },
      {
        id: 'review-date',
        type: 'table',
        stage: 'decide',
        name: 'Set the next review',
        table: reviewIntervalTable,
        requirements: ['A.4.2'],
        next: [{ to: 'approved-for-use' }],
      },

      // The other paths: a check by the AIMS manager, the classification, then people decide.
      {
        id: 'check-screening',
        type: 'form',
        stage: 'screen',
        name: 'Check the screening',
        description: 'The ten practices, the role under the EU AI Act and the eight scores.',
        role: 'client.aims_manager',
        minutes: 15,
        due: dueIn(2),
        form: {
          shows: [
            ...described,
            ...prohibitedFields.map(({ key }) => key),
            'sensitiveAreas',
            ...triageFields.map(({ key }) => key),
            'triageScore',
          ],
          sections: [
            {
              key: 'screening',
              title: 'Prohibited practices and role',
              fields: [
                {
                  key: 'prohibitedUse',
                  label: 'Having looked at the answers: does one of the ten practices apply?',
                  type: 'yes-no-unsure',
                  required: true,
                },
                {
                  key: 'prohibitedWhy',
                  label: 'Which practice applies, and why?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: true,
                  when: when.yesOrUnsure('prohibitedUse'),
                },
                {
                  key: 'euRole',
                  label: 'Which role do you have under the EU AI Act?',
                  type: 'multiselect',
                  options: euRoles,
                  required: true,
                },
              ],
            },
            {
              key: 'tier',
              title: 'Scores and tier',
              fields: [
                {
                  key: 'raisedTier',
                  label: 'Should it be governed at a higher tier than the scores give?',
                  hint: 'Leave empty if not. If a score is wrong, send the proposal back instead.',
                  type: 'select',
                  options: tiers.filter(({ key }) => key === 'limited' || key === 'high'),
                  required: false,
                },
                {
                  key: 'raisedWhy',
                  label: 'Why is the tier raised?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                  when: when.known('raisedTier'),
                },
              ],
            },
          ],
        },
        sendBackTo: ['propose'],
        requirements: ['A.9.4', 'A.8.5', '6.1.1'],
        next: [
          { to: 'classify', when: when.equal('prohibitedUse', 'no'), label: 'None applies' },
          { to: 'mark', label: 'One applies, or it is unsure' },
        ],
      },
      {
        id: 'classify',
        type: 'sub-workflow',
        stage: 'screen',
        name: 'Regulatory classification',
        calls: 'WF-CLASSIFY',
        input: [
          'name',
          'purpose',
          'kind',
          'euRole',
          'affectedGroups',
          'dataKinds',
          'jurisdictions',
          'owner',
          'proposer',
          'sensitiveAreas',
          'safetyComponent',
          'meetsPeople',
        ].map((fact) => ({ theirs: fact, ours: fact })),
        output: [
          { ours: 'classifiedAs', theirs: 'regClass' },
          { ours: 'classifiedSensitive', theirs: 'sensitiveUse' },
          { ours: 'classifiedSole', theirs: 'soleDecision' },
          { ours: 'classifiedTransparency', theirs: 'owesTransparency' },
          { ours: 'classifiedDuties', theirs: 'dutiesBeforeUse' },
        ],
        outcomeFact: 'classification',
        next: [{ to: 'adopt' }],
      },
      {
        id: 'adopt',
        type: 'check',
        stage: 'screen',
        name: 'Take over the classification',
        description:
          'A proposal that left the light page is governed at the limited tier at least.',
        set: [
          { fact: 'regClass', value: cel('orElse(classifiedAs, "hold")') },
          { fact: 'sensitiveUse', value: cel('orElse(classifiedSensitive, true)') },
          { fact: 'hardTrigger', value: cel('hardTrigger || orElse(classifiedSole, true)') },
          {
            fact: 'impactFloor',
            value: cel(
              'impactFloor == "high" || orElse(raisedTier == "high", false) ? "high" : "limited"',
            ),
          },
        ],
        next: [{ to: 'final-tier' }],
      },
      {
        id: 'mark',
        type: 'check',
        stage: 'screen',
        name: 'Mark as prohibited or on hold',
        set: [{ fact: 'regClass', value: cel('prohibitedUse == "yes" ? "prohibited" : "hold"') }],
        next: [{ to: 'final-tier' }],
      },
      {
        id: 'final-tier',
        type: 'table',
        stage: 'screen',
        name: 'Set tier and path',
        table: tierTable,
        requirements: ['6.1.1'],
        evidence: ['Tier decision record with its inputs'],
        next: [
          { to: 'legal-view', when: when.equal('path', 'stop'), label: 'Prohibited' },
          { to: 'legal-view', when: when.yes('hold'), label: 'On hold' },
          { to: 'accept', label: 'Standard or full' },
        ],
      },
      {
        id: 'accept',
        type: 'task',
        stage: 'decide',
        name: 'Accept ownership and name the overseer',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 5,
        due: dueIn(3),
        form: {
          shows: [...described, 'tier', 'path', 'regClass'],
          sections: [
            {
              key: 'accept',
              title: 'Ownership',
              fields: [
                {
                  key: 'acceptsOwnership',
                  label: 'Do you accept to answer for this use and its results?',
                  type: 'yes-no',
                  required: true,
                },
                {
                  key: 'overseer',
                  label: 'Who will oversee it and may stop it?',
                  why: 'This person is asked to accept before it goes live.',
                  type: 'person',
                  required: true,
                },
                {
                  key: 'builders',
                  label: 'Who builds it, or sets it up?',
                  why: 'Who builds a system may not validate it.',
                  type: 'people',
                  required: true,
                },
              ],
            },
          ],
        },
        sendBackTo: ['propose'],
        requirements: ['A.3.2', '5.3', 'A.4.6'],
        evidence: ['Role acceptance'],
        next: [{ to: 'go-to-assessment' }],
      },
      {
        id: 'go-to-assessment',
        type: 'approval',
        stage: 'decide',
        name: 'Decide about the assessment',
        role: 'client.approver',
        question: 'Should {name} go to assessment?',
        minutes: 10,
        due: dueByTier({ limited: 5, high: 10 }),
        separation: [notOwnSystem('propose')],
        gate: [
          {
            key: 'owner-accepted',
            label: 'The owner has accepted',
            holds: when.yes('acceptsOwnership'),
            cure: 'Ask for changes, so that an owner is named who accepts.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'to-assessment',
            'Go to assessment',
            'Risk and impact assessment start. It may not be used yet.',
          ),
          outcome(
            'approve-with-conditions',
            'to-assessment',
            'Go to assessment, with conditions',
            'The assessments start, and each condition becomes a task. It may not be used yet.',
          ),
          outcome(
            'ask-for-changes',
            'propose',
            'Ask for changes',
            'It goes back to the proposer with your reason.',
          ),
          outcome(
            'reject',
            'rejected',
            'Refuse the proposal',
            'Nothing is assessed and it may not be used. Your reason stays on the register.',
          ),
        ],
        shows: [...described, 'overseer', 'tier', 'path', 'regClass', 'triageScore'],
        requirements: ['8.1', '4.1'],
        evidence: ['Decision with reason'],
      },

      // The stop path.
      {
        id: 'legal-view',
        type: 'form',
        stage: 'decide',
        name: 'Give the legal view',
        role: 'client.legal',
        minutes: 30,
        due: dueIn(1),
        form: {
          shows: [...described, 'prohibitedWhy', 'regClass', 'tier'],
          sections: [
            {
              key: 'view',
              title: 'Legal view',
              fields: [
                {
                  key: 'legalFinding',
                  label: 'What is the legal finding?',
                  type: 'select',
                  options: [
                    { key: 'prohibited', label: 'The practice is prohibited' },
                    { key: 'not-prohibited', label: 'The practice is not prohibited' },
                    { key: 'unclear', label: 'It cannot be told on these facts' },
                  ],
                  required: true,
                },
                {
                  key: 'legalReasons',
                  label: 'What are the reasons for the finding?',
                  type: 'longtext',
                  maxLength: 10_000,
                  required: true,
                },
                {
                  key: 'legalOpinion',
                  label: 'Written opinion, if there is one',
                  type: 'evidence',
                  required: false,
                },
              ],
            },
          ],
        },
        sendBackTo: ['check-screening', 'propose'],
        requirements: ['A.9.4'],
        evidence: ['Legal view'],
        next: [{ to: 'stop' }],
      },
      {
        id: 'stop',
        type: 'approval',
        stage: 'decide',
        name: 'Decide about stopping',
        role: 'client.top_management',
        question: 'Must {name} be stopped?',
        minutes: 10,
        due: dueIn(1),
        separation: [],
        outcomes: [
          outcome(
            'stop',
            'stopped',
            'Stop it',
            'It may not be used. In 30 days somebody confirms that it is not.',
          ),
          outcome(
            'ask-for-changes',
            'check-screening',
            'Check the screening again',
            'It goes back to the AIMS manager with your reason. It may not be used meanwhile.',
          ),
        ],
        shows: [...described, 'prohibitedWhy', 'legalFinding', 'legalReasons', 'tier', 'regClass'],
        requirements: ['A.9.4'],
        evidence: ['Stop decision'],
      },

      // Endings.
      {
        id: 'covered',
        type: 'end',
        stage: 'decide',
        name: 'Covered by an approved tool',
        outcome: 'covered-by-approved-tool',
        requirements: ['A.4.2', 'A.9.2'],
        evidence: ['Register entry'],
        writes: [
          ...register,
          ...verdict,
          ...keep('lightRisks'),
          put('stage', 'live'),
          put('classificationStatus', 'confirmed'),
          put('riskStatus', 'catalogue-confirmed'),
          put('impactStatus', 'light-answers'),
          put('monitorCadence', 'yearly'),
          put('reviewInterval', 'P12M'),
        ],
      },
      {
        id: 'approved-for-use',
        type: 'end',
        stage: 'decide',
        name: 'Approved for use',
        outcome: 'approved-for-use',
        requirements: ['A.4.2', '8.1'],
        evidence: ['Register entry'],
        writes: [
          ...register,
          ...verdict,
          ...keep('residualLevel', 'lightRisks', 'reviewInterval'),
          put('stage', 'live'),
          put('classificationStatus', 'confirmed'),
          put('ownerAccepted', true),
          put('riskStatus', 'catalogue-confirmed'),
          put('impactStatus', 'light-answers'),
          put('monitorCadence', 'yearly'),
          { field: 'supplierApproved', value: cel('supplierChecked') },
          { field: 'approvedOn', value: cel('today') },
        ],
      },
      {
        id: 'to-assessment',
        type: 'end',
        stage: 'decide',
        name: 'To assessment',
        outcome: 'to-assessment',
        requirements: ['A.4.2'],
        evidence: ['Register entry'],
        writes: [
          ...register,
          ...verdict,
          ...keep('builders'),
          put('stage', 'assessing'),
          put('classificationStatus', 'confirmed'),
          put('ownerAccepted', true),
          // What an earlier assessment of this system found no longer counts.
          put('riskStatus', 'in-progress'),
          put('impactStatus', 'in-progress'),
          put('monitoringPlanStatus', 'in-progress'),
          put('overseerAccepted', false),
          put('supplierApproved', false),
          { field: 'soleDecision', value: cel('classifiedSole') },
          { field: 'owesTransparency', value: cel('classifiedTransparency') },
          { field: 'dutiesBeforeUse', value: cel('classifiedDuties') },
        ],
      },
      {
        id: 'rejected',
        type: 'end',
        stage: 'decide',
        name: 'Refused',
        outcome: 'rejected',
        writes: [...register, ...verdict, put('stage', 'stopped')],
      },
      {
        id: 'stopped',
        type: 'end',
        stage: 'decide',
        name: 'Stopped',
        outcome: 'stopped',
        requirements: ['A.9.4'],
        writes: [...register, ...verdict, put('stage', 'stopped')],
      },
    ],
  },
  [...outsideFacts, ...calculated],
);
