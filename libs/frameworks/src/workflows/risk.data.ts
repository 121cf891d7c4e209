import type { Expression, FormStep, WorkflowDefinition } from '@plumbline/workflow-engine';
import { declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import {
  riskDescriptionFields,
  riskScoreFields,
  risksField,
  treatmentFields,
} from '../forms/risk.ts';
import { acceptanceMonthsCel, approverTable } from '../tables/approver.ts';
import { riskLevelTable, worstHarmCel, worstScoreCel } from '../tables/risk-level.ts';
import { riskSources } from '../vocabulary.ts';
import { dueByTier, keep, notScoredBySelf, outcome, put } from './rules.ts';

const cel = (text: string): Expression => ({ cel: text });
const number = { kind: 'number' } as const;
const yesNo = { kind: 'boolean' } as const;

const calculated = declare('calculated', {
  sourcesCovered: [number, 'Risk sources with a risk'],
  worstScore: [number, 'Highest score before treatment'],
  worstHarm: [number, 'Worst impact on people before treatment'],
  residualScore: [number, 'Highest score after treatment'],
  residualHarm: [number, 'Worst impact on people after treatment'],
  untreated: [yesNo, 'A risk is to be reduced and has no measure'],
});

const adviserWorksHere = cel('tier == "high" && known(hasAdviser) && hasAdviser');
const onItsOwn = cel('tier == "high" && !(known(hasAdviser) && hasAdviser)');

/** A second person looks at the scores: the adviser's consultant, or the AIMS manager without one. */
function challenge(id: string, role: string, condition: Expression, next: string): FormStep {
  return {
    id,
    type: 'task',
    stage: 'analyse',
    name: 'Challenge the scores',
    description: 'A second person asks whether somebody else would reach the same scores.',
    role,
    minutes: 20,
    due: dueByTier({ high: 5 }),
    when: condition,
    separation: [
      {
        ...notScoredBySelf('score'),
        because: 'You scored these risks, so a second person must challenge the scores.',
      },
    ],
    form: {
      shows: ['risks', 'inherentLevel'],
      sections: [
        {
          key: 'challenge',
          title: 'Challenge',
          fields: [
            {
              key: 'challengeNotes',
              label: 'What did you ask, and what came of it?',
              hint: 'If a score should change, send it back instead.',
              type: 'longtext',
              maxLength: 4000,
              required: true,
            },
          ],
        },
      ],
    },
    sendBackTo: ['score', 'pick'],
    requirements: ['6.1.2'],
    evidence: ['Challenge notes'],
    next: [{ to: next }],
  };
}

const assessed = ['risks', 'inherentLevel', 'residualLevel', 'acceptanceMonths'] as const;

/** WF-RISK: risks are found, scored, treated and what is left is accepted. */
export const risk: WorkflowDefinition = define(
  {
    key: 'WF-RISK',
    name: 'AI risk assessment and treatment',
    purpose: 'Find, score, treat and accept risks of an AI system.',
    stages: [
      { key: 'setup', name: 'Set up' },
      { key: 'identify', name: 'Identify' },
      { key: 'analyse', name: 'Analyse and evaluate' },
      { key: 'treat', name: 'Treat' },
      { key: 'accept', name: 'Approve and accept' },
    ],
    start: 'scope',
    steps: [
      {
        id: 'scope',
        type: 'form',
        stage: 'setup',
        name: 'Set the scope',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 5,
        due: dueByTier({ minimal: 5, limited: 5, high: 5 }),
        form: {
          shows: ['purpose', 'kind', 'affectedGroups', 'dataKinds', 'tier', 'criteriaVersion'],
          sections: [
            {
              key: 'scope',
              title: 'Scope',
              fields: [
                {
                  key: 'assessedScope',
                  label: 'What is assessed, and what is not?',
                  type: 'longtext',
                  maxLength: 2000,
                  required: true,
                },
                {
                  key: 'participants',
                  label: 'Who takes part?',
                  type: 'people',
                  required: true,
                },
                {
                  key: 'outsideReviewer',
                  label: 'Who from outside reviews it?',
                  hint: 'Name and firm. They advise and do not approve.',
                  why: 'In a very small organisation a second pair of eyes comes from outside.',
                  type: 'text',
                  maxLength: 300,
                  required: true,
                  when: when.equal('orgSize', 'micro'),
                },
              ],
            },
          ],
        },
        requirements: ['6.1.1', '6.1.2'],
        next: [{ to: 'pick' }],
      },
      {
        id: 'pick',
        type: 'form',
        stage: 'identify',
        name: 'Find the risks',
        description:
          'Take risks from the catalogue and add your own, also those that the impact assessment shows.',
        role: 'client.system_owner',
        assignee: 'owner',
        minutes: 30,
        due: dueByTier({ minimal: 5, limited: 5, high: 10 }),
        form: {
          shows: ['purpose', 'kind', 'affectedGroups', 'dataKinds', 'assessedScope'],
          sections: [
            {
              key: 'risks',
              title: 'Risks',
              fields: [
                risksField('Which risks are there?', riskDescriptionFields),
                {
                  key: 'sourcesLeftOut',
                  label: 'Which sources of risk have no risk here, and why?',
                  hint: `The sources are: ${riskSources.map(({ label }) => label).join('; ')}.`,
                  type: 'longtext',
                  maxLength: 4000,
                  required: false,
                },
              ],
            },
          ],
        },
        requirements: ['6.1.2', 'A.5.2'],
        next: [{ to: 'coverage' }],
      },
      {
        id: 'coverage',
        type: 'check',
        stage: 'identify',
        name: 'Each source has a risk or a reason',
        set: [
          {
            fact: 'sourcesCovered',
            value: cel(
              riskSources
                .map(({ key }) => `(risks.exists(r, r.source == "${key}") ? 1.0 : 0.0)`)
                .join(' + '),
            ),
          },
        ],
        requirements: ['6.1.2', '6.1.4'],
        next: [
          {
            to: 'pick',
            when: when.all(
              { fact: 'sourcesCovered', is: 'below', value: riskSources.length },
              when.unknown('sourcesLeftOut'),
            ),
            label: 'A source has neither',
          },
          { to: 'score', label: 'All are covered' },
        ],
      },
      {
        id: 'score',
        type: 'form',
        stage: 'analyse',
        name: 'Score likelihood and impacts',
        role: 'client.risk_owner',
        minutes: 30,
        due: dueByTier({ minimal: 5, limited: 10, high: 15 }),
        form: {
          shows: ['purpose', 'assessedScope', 'criteriaVersion'],
          sections: [
            {
              key: 'scores',
              title: 'Scores',
              intro: 'As things stand today, before anything new is done.',
              fields: [
                risksField('How large is each risk?', riskDescriptionFields, riskScoreFields),
              ],
            },
          ],
        },
        sendBackTo: ['pick'],
        requirements: ['6.1.2', '8.2'],
        evidence: ['Scores with reasons'],
        next: [{ to: 'measure' }],
      },
      {
        id: 'measure',
        type: 'check',
        stage: 'analyse',
        name: 'Find the highest risk',
        set: [
          { fact: 'worstScore', value: cel(worstScoreCel('risks')) },
          { fact: 'worstHarm', value: cel(worstHarmCel('risks')) },
        ],
        next: [{ to: 'level' }],
      },
      {
        id: 'level',
        type: 'table',
        stage: 'analyse',
        name: 'Level and order',
        table: riskLevelTable('inherentLevel', 'worstScore', 'worstHarm'),
        requirements: ['6.1.2'],
        next: [{ to: 'challenge' }],
      },
      challenge('challenge', 'firm.consultant', adviserWorksHere, 'challenge-inside'),
      challenge('challenge-inside', 'client.aims_manager', onItsOwn, 'plan'),
      {
        id: 'plan',
        type: 'form',
        stage: 'treat',
        name: 'Plan the treatment',
        role: 'client.risk_owner',
        minutes: 30,
        due: dueByTier({ minimal: 5, limited: 10, high: 15 }),
        form: {
          shows: ['inherentLevel', 'challengeNotes', 'criteriaVersion'],
          sections: [
            {
              key: 'treatment',
              title: 'Treatment',
              intro:
                'Say what is done about each risk, by whom and by when, and what is left then.',
              fields: [
                risksField(
                  'What is done about each risk?',
                  riskDescriptionFields,
                  riskScoreFields,
                  treatmentFields,
                ),
                {
                  key: 'controlsNotChosen',
                  label: 'Which usual controls did you not choose, and why?',
                  type: 'longtext',
                  maxLength: 4000,
                  required: false,
                },
              ],
            },
          ],
        },
        sendBackTo: ['score', 'pick'],
        requirements: ['6.1.3'],
        next: [{ to: 'compare' }],
      },
      {
        id: 'compare',
        type: 'check',
        stage: 'treat',
        name: 'Compare with Annex A',
        set: [
          {
            fact: 'untreated',
            value: cel(
              'risks.exists(r, r.option in ["modify", "share"] && unknown(r.ownMeasures) && ' +
                '(unknown(r.controls) || size(r.controls) == 0))',
            ),
          },
          { fact: 'residualScore', value: cel(worstScoreCel('risks', 'residual')) },
          { fact: 'residualHarm', value: cel(worstHarmCel('risks', 'residual')) },
        ],
        requirements: ['6.1.3'],
        evidence: ['Comparison record'],
        next: [
          { to: 'plan', when: when.yes('untreated'), label: 'A risk has no measure' },
          { to: 'residual', label: 'Every risk has one' },
        ],
      },
      {
        id: 'residual',
        type: 'table',
        stage: 'treat',
        name: 'Level of what is left',
        table: riskLevelTable('residualLevel', 'residualScore', 'residualHarm'),
        requirements: ['6.1.3'],
        next: [{ to: 'validity' }],
      },
      {
        id: 'validity',
        type: 'check',
        stage: 'accept',
        name: 'How long an acceptance lasts',
        set: [{ fact: 'acceptanceMonths', value: cel(acceptanceMonthsCel) }],
        next: [{ to: 'accept' }],
      },
      {
        id: 'accept',
        type: 'approval',
        stage: 'accept',
        name: 'Approve the plan and accept what is left',
        role: 'client.approver',
        question: 'Can the risk that is left in {name} be accepted?',
        minutes: 15,
        due: dueByTier({ minimal: 3, limited: 5, high: 10 }),
        approvers: approverTable,
        separation: [notScoredBySelf('score', 'plan')],
        gate: [
          {
            key: 'outside-reviewer',
            label: 'Somebody from outside has reviewed it',
            applies: when.equal('orgSize', 'micro'),
            holds: when.known('outsideReviewer'),
            cure: 'Ask for changes, and name the outside reviewer.',
          },
          {
            key: 'challenged',
            label: 'A second person has challenged the scores',
            applies: when.equal('tier', 'high'),
            holds: when.known('challengeNotes'),
            cure: 'Ask for changes, so that the scores are challenged.',
          },
        ],
        outcomes: [
          outcome(
            'approve',
            'accepted',
            'Approve and accept',
            'The plan holds and the risk that is left is accepted, for a limited time. The actions start.',
          ),
          outcome(
            'approve-with-conditions',
            'accepted',
            'Accept with conditions',
            'As above. Each condition becomes a task with an owner and a date.',
          ),
          outcome(
            'ask-for-changes',
            'pick',
            'Ask for changes',
            'The risks are looked at again with your reason in hand. Nothing is accepted.',
          ),
          outcome(
            'reject',
            'refused',
            'Refuse',
            'The risk is not accepted. The system cannot go live; if it is live, it is reviewed.',
          ),
          outcome('stop', 'stopped', 'Stop the system', 'The system may not be used any more.'),
        ],
        shows: [
          'purpose',
          'tier',
          ...assessed,
          'challengeNotes',
          'sourcesLeftOut',
          'controlsNotChosen',
          'outsideReviewer',
        ],
        requirements: ['6.1.3', '8.3'],
        evidence: ['Signed acceptance with its end date'],
      },
      {
        id: 'accepted',
        type: 'end',
        stage: 'accept',
        name: 'Accepted',
        outcome: 'accepted',
        writes: [...keep(...assessed), put('riskStatus', 'accepted')],
      },
      {
        id: 'refused',
        type: 'end',
        stage: 'accept',
        name: 'Refused',
        outcome: 'refused',
        writes: [...keep(...assessed), put('riskStatus', 'refused')],
      },
      {
        id: 'stopped',
        type: 'end',
        stage: 'accept',
        name: 'Stopped',
        outcome: 'stopped',
        writes: [...keep(...assessed), put('riskStatus', 'refused'), put('stage', 'stopped')],
      },
    ],
  },
  [...outsideFacts, ...calculated],
);
