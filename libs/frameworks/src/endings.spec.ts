import { describe, expect, it } from '@jest/globals';
import { type DefinitionProblem, type Facts, validateDefinition } from '@plumbline/workflow-engine';
import { endings } from './endings.ts';
import { definitionOf, standardLibrary } from './library.ts';
import { play, type Script } from './testing/journey.ts';

const scored = {
  title: 'Wrong refunds',
  category: 'human-oversight',
  source: 'level-of-automation',
  cause: 'Broad permissions.',
  event: 'It pays out money that is not owed.',
  consequence: 'Loss.',
  riskOwner: 'client.risk_owner#1',
  ...{ likelihood: 3, impactOrg: 3, impactIndividuals: 2, impactSociety: 1 },
  confidence: 'medium',
  rationale: 'Seen in a test.',
};
const treated = {
  ...scored,
  option: 'modify',
  controls: ['A.6.2.5', 'A.9.2'],
  actions: 'Limit each refund.',
  actionOwner: 'client.technical_lead#1',
  actionDue: '2027-02-28',
  ...{ residualLikelihood: 1, residualImpactOrg: 3, residualImpactIndividuals: 2 },
  residualImpactSociety: 1,
};
const risky = { ...treated, residualLikelihood: 3, residualImpactOrg: 4 };
const critical = { ...treated, residualLikelihood: 5, residualImpactOrg: 5 };

/** Answers to a list that grows from form to form: each form takes the fields that it asks. */
function risks(row: Facts): Facts {
  return { risks: [row], sourcesLeftOut: 'Looked at; none here.' };
}

const system = {
  name: 'Refund agent',
  purpose: 'Refunds.',
  kind: 'ai-agent',
  owner: 'client.system_owner#1',
  overseer: 'client.overseer#1',
  proposer: 'client.staff#1',
  builders: ['builder'],
  orgRole: ['user'],
  dataKinds: ['personal-data'],
  affectedGroups: ['customers'],
  stage: 'assessing',
  regClass: 'minimal',
  classificationStatus: 'confirmed',
  dutiesBeforeUse: false,
  ownerAccepted: true,
  riskStatus: 'accepted',
  impactStatus: 'approved',
  monitoringPlanStatus: 'approved',
  residualLevel: 'moderate',
  deployBlockers: 0,
  stakeholderInput: true,
};
const light = { ...system, tier: 'minimal', path: 'light' };
const standard = { ...system, tier: 'limited', path: 'standard' };
const full = { ...system, tier: 'high', path: 'full' };

const tests = [
  {
    testType: 'performance',
    testedVersion: '1.0',
    data: '500 cases',
    results: '0.98',
    withinCriteria: true,
    notTested: 'Other languages.',
  },
];
const calm = {
  iq05: 'no',
  iq09: 'yes-within-thresholds',
  iq14: 'yes',
  iq16: 'human-approves-each-action',
  iq18: 'instantly',
  iq21: 'By mail, in five days.',
  iq23: 'fully',
  iq25: 'no',
  iq26: 'tested-fallback',
  iq27: 'yes',
  iq28: '2 of 500.',
  iq34: 'done-nothing-serious-open',
  iq40: 'no',
  noHarmsWhy: 'Each action is approved.',
};
const harm = {
  harm: 'Refused refund',
  group: 'Customers',
  severity: 3,
  scale: 2,
  reversibility: 'easy',
};
const measurement = {
  metric: 'MX-IRR',
  metricClass: 'agent',
  value: 0,
  sample: 1000,
  level: 'ok',
  method: 'Log query',
};
const measured = (level: string) => ({ measurements: [{ ...measurement, level }] });

/** Every way to an ending of every workflow: the ending, how it is walked, and the steps of people. */
const walks: Readonly<
  Record<string, readonly (readonly [ending: string, script: Script, people: string])[]>
> = {
  'WF-RISK': [
    ['accepted', { subject: standard, answers: risks(treated) }, 'scope pick score plan accept'],
    [
      'accepted',
      { subject: full, answers: risks(treated) },
      'scope pick score challenge-inside plan accept accept',
    ],
    [
      'accepted',
      { subject: { ...full, hasAdviser: true }, answers: risks(treated) },
      'scope pick score challenge plan accept accept',
    ],
    [
      'accepted',
      { subject: standard, answers: risks(risky) },
      'scope pick score plan accept accept',
    ],
    [
      'accepted',
      { subject: { ...standard, orgSize: 'micro' }, answers: risks(treated) },
      'scope pick score plan accept',
    ],
    ['accepted', { subject: light, answers: risks(treated) }, 'scope pick score plan accept'],
    [
      'accepted',
      { subject: standard, answers: risks(treated), decide: { accept: 'ask-for-changes' } },
      'scope pick score plan accept pick score plan accept',
    ],
    [
      'accepted',
      { subject: standard, answers: risks(treated), sendBack: { score: 'pick', plan: 'score' } },
      'scope pick score pick score plan score plan accept',
    ],
    [
      'accepted',
      { subject: standard, answers: risks(treated), decide: { accept: 'approve-with-conditions' } },
      'scope pick score plan accept',
    ],
    [
      'refused',
      { subject: standard, answers: risks(treated), decide: { accept: 'reject' } },
      'scope pick score plan accept',
    ],
    [
      'stopped',
      { subject: standard, answers: risks(critical), decide: { accept: 'stop' } },
      'scope pick score plan accept',
    ],
  ],
  'WF-IMPACT': [
    [
      'approved',
      { subject: standard, answers: { ...calm, shareWanted: false } },
      'people questions privacy rate measures decide',
    ],
    [
      'approved',
      { subject: { ...standard, dataKinds: ['public'] }, answers: calm },
      'people questions rate measures decide share',
    ],
    [
      'approved',
      { subject: full, answers: { ...calm, harms: [harm] } },
      'people questions privacy further-questions voice rate measures in-register decide decide share',
    ],
    [
      'approved',
      { subject: standard, answers: { ...calm, iq16: 'acts-alone' } },
      'people questions privacy further-questions voice rate measures decide decide share',
    ],
    [
      'approved',
      {
        subject: { ...standard, orgSize: 'micro' },
        answers: { ...calm, shareWanted: false },
        decide: { decide: 'ask-for-changes' },
      },
      'people questions privacy rate measures decide people questions privacy rate measures decide',
    ],
    [
      'refused',
      { subject: standard, answers: calm, decide: { decide: 'reject' } },
      'people questions privacy rate measures decide',
    ],
  ],
  'WF-MONITOR-PLAN': [
    ['approved', { subject: standard }, 'choose decide'],
    [
      'approved',
      { subject: standard, decide: { decide: 'ask-for-changes' } },
      'choose decide choose decide',
    ],
    ['refused', { subject: standard, decide: { decide: 'reject' } }, 'choose decide'],
  ],
  'WF-CONDITION': [
    ['met', { start: { conditionOwner: 'someone', conditionDue: '2027-01-31' } }, 'meet'],
  ],
  'WF-REGISTER': [
    ['registered', { start: { entryOwner: 'client.system_owner#1' } }, 'by-owner'],
    ['registered', {}, 'by-manager'],
  ],
  'WF-DEPLOY': [
    [
      'approved',
      { subject: standard, answers: { tests, ownData: false } },
      'criteria data-source test security plan documents oversight decide',
    ],
    [
      'approved',
      {
        subject: { ...standard, kind: 'off-the-shelf-tool', dutiesBeforeUse: true },
        answers: { tests },
        decide: { decide: 'approve-with-conditions' },
      },
      'criteria data-source test security plan documents duties supplier oversight decide',
    ],
    [
      'pilot-approved',
      { subject: full, answers: { tests }, decide: { decide: 'start-pilot' } },
      'criteria data-source test data validate security plan documents oversight decide decide',
    ],
    [
      'pilot-approved',
      { subject: standard, answers: { tests, ownData: false }, decide: { decide: 'start-pilot' } },
      'criteria data-source test security plan documents oversight decide',
    ],
    [
      'refused',
      { subject: standard, answers: { tests, ownData: false }, decide: { decide: 'reject' } },
      'criteria data-source test security plan documents oversight decide',
    ],
    [
      'refused',
      { subject: full, answers: { tests }, decide: { validate: 'reject' } },
      'criteria data-source test data validate',
    ],
    [
      'approved',
      {
        subject: standard,
        answers: { tests, ownData: false },
        decide: { decide: 'ask-for-changes' },
      },
      'criteria data-source test security plan documents oversight decide plan documents oversight decide',
    ],
    [
      'approved',
      {
        subject: standard,
        answers: { tests, ownData: false },
        decide: { decide: 'ask-for-proof' },
      },
      'criteria data-source test security plan documents oversight decide ' +
        'criteria data-source test security plan documents oversight decide',
    ],
  ],
  'WF-GO-LIVE': [
    ['live', { subject: { ...standard, stage: 'approved' } }, 'confirm-live'],
    [
      'live',
      { subject: { ...full, stage: 'pilot' } },
      'pilot-report pilot-decision pilot-decision confirm-live',
    ],
    [
      'live',
      {
        subject: { ...standard, stage: 'pilot' },
        answers: { pilotComplete: false },
        decide: { 'pilot-decision': 'ask-for-changes' },
      },
      'pilot-report pilot-decision pilot-report pilot-decision confirm-live',
    ],
    [
      'pilot-stopped',
      { subject: { ...full, stage: 'pilot' }, decide: { 'pilot-decision': 'reject' } },
      'pilot-report pilot-decision',
    ],
  ],
  'WF-MONITOR': [
    ['within-limits', { subject: light }, 'self-check'],
    ['review-needed', { subject: light, answers: { checkPeople: false } }, 'self-check'],
    [
      'within-limits',
      { subject: full, answers: { ...measured('ok'), stopNow: false, decision: 'no-action' } },
      'measure oversight note',
    ],
    [
      'acted',
      { subject: standard, answers: { ...measured('warn'), stopNow: false, decision: 'tune' } },
      'measure oversight note',
    ],
    [
      'review-needed',
      { subject: full, answers: { ...measured('breach'), stopNow: false, decision: 'no-action' } },
      'measure oversight note',
    ],
    [
      'review-needed',
      {
        subject: full,
        answers: {
          ...measured('ok'),
          stopNow: false,
          usedAsIntended: false,
          decision: 'no-action',
        },
      },
      'measure oversight note',
    ],
    [
      'incident',
      { subject: full, answers: { ...measured('critical'), stopNow: false, decision: 'tune' } },
      'measure oversight note',
    ],
    [
      'retire',
      { subject: full, answers: { ...measured('ok'), stopNow: false, decision: 'retire' } },
      'measure oversight note',
    ],
    [
      'suspended',
      { subject: full, answers: { ...measured('breach'), stopNow: false, decision: 'suspend' } },
      'measure oversight note',
    ],
    [
      'suspended',
      { subject: full, answers: { ...measured('critical'), stopNow: true } },
      'measure oversight',
    ],
  ],
  'WF-REVIEW': [
    ['kept', { subject: light, answers: { keep: 'keep' } }, 'answer decide'],
    [
      'kept',
      {
        subject: standard,
        answers: { keep: 'keep', newGroups: false, changesMissed: false, newRisks: false },
      },
      'answer decide',
    ],
    [
      'kept',
      {
        subject: full,
        answers: { keep: 'keep-with-actions' },
        children: {
          'WF-RISK': { outcome: 'accepted', facts: {} },
          'WF-IMPACT': { outcome: 'approved', facts: {} },
        },
      },
      'answer decide',
    ],
    [
      'change',
      { subject: full, answers: { keep: 'change' }, decide: { decide: 'change' } },
      'answer decide',
    ],
    ['suspended', { subject: light, decide: { decide: 'suspend' } }, 'answer decide'],
    ['retire', { subject: light, decide: { decide: 'retire' } }, 'answer decide'],
    [
      'kept',
      { subject: light, decide: { decide: 'ask-for-changes' } },
      'answer decide answer decide',
    ],
  ],
  'WF-RETIRE': [
    ['retired', { subject: standard }, 'plan decide notice off data close'],
    ['kept', { subject: standard, decide: { decide: 'reject' } }, 'plan decide'],
    [
      'retired',
      { subject: full, decide: { decide: 'ask-for-changes' } },
      'plan decide plan decide decide notice off data close',
    ],
  ],
  'WF-TREATMENT': [
    ['effective', { subject: standard, start: { actionOwner: 'doer' } }, 'do effect'],
    [
      'not-effective',
      { subject: standard, start: { actionOwner: 'doer' }, answers: { effective: false } },
      'do effect',
    ],
    [
      'effective',
      { subject: standard, start: { actionOwner: 'doer' }, sendBack: { effect: 'do' } },
      'do effect do effect',
    ],
  ],
  'WF-STOP-CHECK': [
    ['stopped', { subject: standard }, 'look confirm'],
    [
      'stopped',
      { subject: standard, decide: { confirm: 'ask-for-changes' } },
      'look confirm look confirm',
    ],
  ],
};

describe.each(Object.entries(walks))('%s', (key, ways) => {
  const definition = definitionOf(key)!;

  it.each(ways)('ends as %s', (ending, script, people) => {
    const { state, tasks } = play(definition, script);
    expect(state.outcome).toBe(ending);
    expect(tasks.map(({ step }) => step).join(' ')).toBe(people);
  });

  it('is walked to every one of its endings', () => {
    const reached = new Set(ways.map(([ending]) => ending));
    expect([...reached].sort()).toEqual(
      endings(definition)
        .map(({ outcome }) => outcome)
        .sort(),
    );
  });
});

it('leaves no workflow of the library unwalked', () => {
  const elsewhere = ['WF-INTAKE', 'WF-CLASSIFY'];
  expect([...Object.keys(walks), ...elsewhere].sort()).toEqual(
    standardLibrary.map(({ key }) => key).sort(),
  );
});

describe('what is left', () => {
  it('writes what the assessments found', () => {
    const risk = play(definitionOf('WF-RISK')!, { subject: standard, answers: risks(risky) });
    expect(risk.writes).toMatchObject({
      inherentLevel: 'moderate',
      residualLevel: 'high',
      acceptanceMonths: 6,
      riskStatus: 'accepted',
    });
    const impact = play(definitionOf('WF-IMPACT')!, {
      subject: standard,
      answers: { ...calm, iq16: 'acts-alone', iq27: 'no' },
    });
    expect(impact.writes).toMatchObject({
      tier: 'high',
      path: 'full',
      deployBlockers: 1,
      stakeholderInput: true,
    });
  });

  it('counts windows in breach, and starts again after a clean one', () => {
    const monitor = definitionOf('WF-MONITOR')!;
    const answers = { stopNow: false, decision: 'tune' };
    const breach = { ...answers, ...measured('breach') };
    const first = play(monitor, { subject: standard, answers: breach });
    expect([first.state.outcome, first.writes['breachWindows']]).toEqual(['acted', 1]);
    const second = play(monitor, { subject: { ...standard, ...first.writes }, answers: breach });
    expect([second.state.outcome, second.writes['breachWindows']]).toEqual(['review-needed', 2]);
    const clean = { ...answers, ...measured('ok') };
    const third = play(monitor, { subject: { ...standard, ...second.writes }, answers: clean });
    expect(third.writes['breachWindows']).toBe(0);
  });
});

describe('the deployment gate', () => {
  const deploy = definitionOf('WF-DEPLOY')!;
  const open = { tests, ownData: false };

  it.each<[condition: string, subject: Facts, answers: Facts]>([
    ['classification', { classificationStatus: 'on-hold' }, {}],
    ['risk', { riskStatus: 'in-progress' }, {}],
    ['owner', { ownerAccepted: null }, {}],
    ['impact', { impactStatus: 'refused' }, {}],
    ['rules out going live', { deployBlockers: 2 }, {}],
    ['rules out going live', { deployBlockers: null }, {}],
    ['Tests are within', {}, { tests: [{ ...tests[0]!, withinCriteria: false }] }],
    ['Security and privacy', {}, { privacySignedOff: false }],
    ['monitoring plan', { monitoringPlanStatus: null }, {}],
    ['overseer', {}, { overseerTrained: false }],
    ['Users are informed', {}, { trainingDone: false }],
    ['documents are current', {}, { documentsCurrent: false }],
    ['supplier', { supplier: 'Someone' }, { supplierCleared: false }],
    ['Notices and registration', { dutiesBeforeUse: true }, { dutiesDone: false }],
    [
      'Notices and registration',
      { dutiesBeforeUse: true, regClass: 'transparency' },
      { dutiesDone: false },
    ],
    ['practised', full, { stopDrillDone: false }],
    ['Affected people', { ...full, stakeholderInput: false }, {}],
  ])('stays shut for “%s”', (label, subject, answers) => {
    const decide = { decide: 'start-pilot' };
    expect(() =>
      play(deploy, {
        subject: { ...standard, ...subject },
        answers: { ...open, ...answers },
        decide,
      }),
    ).toThrow(new RegExp(`gate-not-met.*${label}`));
  });

  it('opens for an exception with a reason', () => {
    const answers = {
      ...open,
      tests: [{ ...tests[0]!, withinCriteria: false }],
      testException: 'Only in a language that is not offered.',
    };
    expect(play(deploy, { subject: standard, answers }).state.outcome).toBe('approved');
  });

  it('blocks a critical risk', () => {
    const subject = { ...standard, residualLevel: 'critical' };
    expect(() => play(deploy, { subject, answers: open })).toThrow('approval-blocked');
  });

  it('asks two approvers for a high tier, and top management besides for a high risk', () => {
    const two = play(deploy, { subject: full, answers: open, decide: { decide: 'start-pilot' } });
    expect(
      new Set(two.tasks.filter(({ step }) => step === 'decide').map(({ by }) => by)).size,
    ).toBe(2);
    const high = play(deploy, {
      subject: { ...full, residualLevel: 'high' },
      answers: open,
      decide: { decide: 'start-pilot' },
    });
    expect(high.tasks.filter(({ step }) => step === 'decide').map(({ by }) => by)).toEqual([
      'client.top_management#1',
      'client.approver#1',
    ]);
  });
});

/** What is prohibited is stopped and gets no date of review: the one case without a row, on purpose. */
const isProhibitedWithoutReview = ({ code, message }: DefinitionProblem): boolean =>
  code === 'incomplete-table' && message.includes('“tier” is prohibited');

it('is the same library that the validator accepts', () => {
  for (const definition of standardLibrary) {
    const problems = validateDefinition(definition, standardLibrary);
    expect(problems.filter((problem) => !isProhibitedWithoutReview(problem))).toEqual([]);
  }
});
