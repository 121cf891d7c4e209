import { describe, expect, it } from '@jest/globals';
import { type Command, type Facts, move } from '@plumbline/workflow-engine';
import { definitionOf, standardLibrary } from './library.ts';
import { play, type Script, stepOf, surroundingsOf } from './testing/journey.ts';

const system = {
  name: 'Refund agent',
  kind: 'ai-agent',
  owner: 'the-owner',
  proposer: 'the-proposer',
  builders: ['the-builder'],
  stage: 'pilot',
  residualLevel: 'moderate',
};
const standard = { ...system, tier: 'limited', path: 'standard' };
const full = { ...system, tier: 'high', path: 'full' };

const risks = {
  risks: [
    {
      title: 'A risk',
      category: 'data',
      source: 'life-cycle',
      ...{ cause: 'c', event: 'e', consequence: 'c', riskOwner: 'r', rationale: 'r' },
      ...{ likelihood: 2, impactOrg: 2, impactIndividuals: 2, impactSociety: 2 },
      confidence: 'high',
      ...{ option: 'retain', actions: 'a', actionOwner: 'o', actionDue: '2027-01-31' },
      ...{ residualLikelihood: 2, residualImpactOrg: 2, residualImpactIndividuals: 2 },
      residualImpactSociety: 2,
    },
  ],
  sourcesLeftOut: 'None here.',
};
const proposal = { owner: 'the-owner', acceptsOwnership: true };
const classified = {
  'WF-CLASSIFY': {
    outcome: 'confirmed',
    facts: { regClass: 'minimal', sensitiveUse: true, soleDecision: false },
  },
};

/** An everyday tool, whose proposer is its owner. */
const copilot = {
  owner: 'client.staff#1',
  sensitiveAreas: ['none'],
  affectedGroups: ['none-outside-team'],
  ...{ iq05: 'no', iq12: 'yes', iq16: 'suggests-human-decides', iq18: 'instantly', iq25: 'no' },
};

/** Where somebody acts, how the run gets there, who may not, and by which rule. */
const cases: readonly (readonly [at: string, script: Script, who: string, rule: string])[] = [
  ['WF-INTAKE go', { answers: copilot }, 'client.staff#1', 'SOD-01'],
  [
    'WF-INTAKE go-to-assessment',
    { answers: proposal, children: classified },
    'the-owner',
    'SOD-01',
  ],
  [
    'WF-INTAKE go-to-assessment',
    { answers: proposal, children: classified, start: { proposer: 'the-proposer' } },
    'the-proposer',
    'SOD-01',
  ],
  ['WF-CLASSIFY confirm', { start: { owner: 'the-owner' } }, 'the-owner', 'SOD-01'],
  ['WF-CLASSIFY confirm', { start: { proposer: 'the-proposer' } }, 'the-proposer', 'SOD-01'],
  ['WF-IMPACT decide', {}, 'the-owner', 'SOD-01'],
  ['WF-IMPACT decide', {}, 'the-proposer', 'SOD-01'],
  ['WF-MONITOR-PLAN decide', {}, 'the-owner', 'SOD-01'],
  ['WF-DEPLOY decide', {}, 'the-owner', 'SOD-01'],
  ['WF-DEPLOY decide', {}, 'the-proposer', 'SOD-01'],
  ['WF-GO-LIVE pilot-decision', {}, 'the-owner', 'SOD-01'],
  ['WF-REVIEW decide', { answers: { keep: 'change' } }, 'the-owner', 'SOD-01'],
  ['WF-RETIRE decide', {}, 'the-owner', 'SOD-01'],
  ['WF-RISK accept', { answers: risks }, 'client.risk_owner#1', 'SOD-02'],
  ['WF-DEPLOY validate', { subject: full }, 'the-builder', 'SOD-03'],
  ['WF-DEPLOY validate', { subject: full }, 'client.technical_lead#1', 'SOD-03'],
  ['WF-DEPLOY security', {}, 'client.technical_lead#1', 'SOD-10'],
  ['WF-TREATMENT effect', { start: { actionOwner: 'the-doer' } }, 'the-doer', 'SOD-06'],
];

function attempt(at: string, script: Script, by: Command['by'], around: Facts = {}) {
  const [key, step] = at.split(' ') as [string, string];
  const definition = definitionOf(key)!;
  const subject = { ...standard, ...script.subject };
  const { state } = play(definition, { ...script, subject, until: step });
  const task = state.tasks.find((open) => open.step === step)!;
  const approval = stepOf(definition, step).type === 'approval';
  const command: Command = approval
    ? {
        type: 'decide',
        task: task.key,
        outcome: 'ask-for-changes',
        reason: 'No.',
        conditions: [],
        by,
      }
    : { type: 'submit', task: task.key, answers: {}, by };
  return {
    result: move(definition, state, command, surroundingsOf({ ...subject, ...around })),
    task,
  };
}

const person = (personId: string, ...roles: string[]): Command['by'] => ({
  kind: 'person',
  personId,
  roles,
  adviser: false,
});

describe('separation of duties', () => {
  it.each(cases)('%s keeps the right people out', (at, script, who, rule) => {
    const [key, step] = at.split(' ') as [string, string];
    const { role } = stepOf(definitionOf(key)!, step) as { role: string };
    const all = [role, 'client.approver', 'client.aims_manager', 'client.top_management'];
    const { result } = attempt(at, script, person(who, ...all));
    expect(result).toMatchObject({ refused: true, code: 'separation-of-duties', rule });
    const somebody = attempt(at, script, person('somebody', ...all)).result;
    expect(somebody).not.toMatchObject({ code: 'separation-of-duties' });
  });

  it('tries every rule that the library has', () => {
    const own = standardLibrary.flatMap(({ steps }) =>
      steps.flatMap((step) => ('separation' in step ? (step.separation ?? []) : [])),
    );
    const tried = new Set(cases.map(([, , , rule]) => rule));
    expect(new Set(own.map(({ id }) => id))).toEqual(tried);
  });

  it.each(
    standardLibrary.flatMap(({ key, steps }) =>
      steps.filter(({ type }) => type === 'approval').map(({ id }) => [key, id] as const),
    ),
  )('never waives self-approval: %s %s', (key, id) => {
    const step = stepOf(definitionOf(key)!, id);
    for (const rule of step.type === 'approval' ? step.separation : []) {
      if (['SOD-01', 'SOD-03'].includes(rule.id)) expect(rule.waivable).toBe('never');
    }
  });

  it('refuses an adviser at a decision, whatever the roles', () => {
    const adviser: Command['by'] = {
      kind: 'person',
      personId: 'adviser',
      roles: ['client.approver', 'client.top_management', 'firm.lead'],
      adviser: true,
    };
    for (const [at, script] of cases) {
      const [key, step] = at.split(' ') as [string, string];
      if (stepOf(definitionOf(key)!, step).type !== 'approval') continue;
      expect(attempt(at, script, adviser).result).toMatchObject({ code: 'adviser-never-approves' });
    }
  });
});
