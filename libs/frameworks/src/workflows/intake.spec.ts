import { describe, expect, it } from '@jest/globals';
import { validateDefinition } from '@plumbline/workflow-engine';
import { type Journey, play, type Script } from '../testing/journey.ts';
import { intake } from './intake.data.ts';

const proposer = 'client.staff#1';

/** An office copilot that drafts and summarises internal text. */
const copilot = {
  name: 'Office copilot',
  kind: 'off-the-shelf-tool',
  owner: proposer,
  affectedGroups: ['none-outside-team'],
  dataKinds: ['personal-data', 'confidential-business'],
  volume: '100-to-1000',
  sensitiveAreas: ['none'],
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
};

/** An agent that issues refunds and changes accounts. */
const agent = {
  ...copilot,
  name: 'Refund agent',
  kind: 'ai-agent',
  affectedGroups: ['customers'],
  ...{ t1: 2, t2: 2, t3: 2, t4: 2, t5: 2, t6: 2, t7: 1, t8: 3 },
};

const chatbot = { ...agent, ...{ t1: 1, t2: 2, t3: 2, t4: 1, t5: 1, t6: 3, t7: 1, t8: 2 } };

function classified(regClass: string, more = {}): Script['children'] {
  return {
    'WF-CLASSIFY': {
      outcome: 'confirmed',
      facts: {
        regClass,
        sensitiveUse: false,
        soleDecision: false,
        owesTransparency: regClass === 'transparency',
        dutiesBeforeUse: regClass === 'transparency',
        ...more,
      },
    },
  };
}

const steps = ({ tasks }: Journey) => tasks.map(({ step }) => step);

describe('the intake', () => {
  it('can be published', () => {
    // What is prohibited is stopped and gets no date of review.
    const problems = validateDefinition(intake).filter(
      ({ message }) => !message.includes('“tier” is prohibited'),
    );
    expect(problems).toEqual([]);
  });

  it('takes an office copilot from proposal to live in two tasks, each one page', () => {
    const journey = play(intake, { answers: { ...copilot, ownerAccepts: true } });
    expect(steps(journey)).toEqual(['propose', 'go']);
    expect(journey.state.outcome).toBe('approved-for-use');
    expect(journey.writes).toMatchObject({
      stage: 'live',
      tier: 'minimal',
      path: 'light',
      regClass: 'minimal',
      riskStatus: 'catalogue-confirmed',
      impactStatus: 'light-answers',
      reviewInterval: 'P12M',
      approvedOn: '2026-11-24',
      owner: proposer,
      proposer,
    });
  });

  it('asks the owner first when somebody else proposed: three tasks', () => {
    const journey = play(intake, {
      answers: { ...copilot, owner: 'client.system_owner#1', ownerAccepts: false },
    });
    expect(steps(journey)).toEqual(['propose', 'accept-light', 'go']);
    expect(journey.state.outcome).toBe('approved-for-use');
  });

  it.each<[ending: string, script: Script, tasks: readonly string[]]>([
    [
      'covered-by-approved-tool',
      { answers: copilot, subject: { approvedTool: true } },
      ['propose'],
    ],
    ['rejected', { answers: copilot, decide: { go: 'reject' } }, ['propose', 'go']],
    [
      'approved-for-use',
      { answers: copilot, decide: { go: 'ask-for-changes' } },
      ['propose', 'go', 'propose', 'go'],
    ],
    [
      'approved-for-use',
      { answers: copilot, decide: { go: 'approve-with-conditions' } },
      ['propose', 'go'],
    ],
    [
      'to-assessment',
      { answers: agent, children: classified('minimal') },
      ['propose', 'check-screening', 'accept', 'go-to-assessment'],
    ],
    [
      'to-assessment',
      { answers: chatbot, children: classified('transparency') },
      ['propose', 'check-screening', 'accept', 'go-to-assessment'],
    ],
    [
      'to-assessment',
      {
        answers: agent,
        children: classified('minimal'),
        sendBack: { 'check-screening': 'propose' },
      },
      ['propose', 'check-screening', 'propose', 'check-screening', 'accept', 'go-to-assessment'],
    ],
    [
      'rejected',
      {
        answers: agent,
        children: classified('minimal'),
        decide: { 'go-to-assessment': 'reject' },
      },
      ['propose', 'check-screening', 'accept', 'go-to-assessment'],
    ],
    [
      'stopped',
      { answers: { ...agent, p6: 'yes', prohibitedUse: 'yes' } },
      ['propose', 'check-screening', 'legal-view', 'stop'],
    ],
    [
      'stopped',
      { answers: { ...agent, p6: 'unsure', prohibitedUse: 'unsure' } },
      ['propose', 'check-screening', 'legal-view', 'stop'],
    ],
    [
      'stopped',
      {
        answers: agent,
        children: {
          'WF-CLASSIFY': { outcome: 'prohibited', facts: { regClass: 'prohibited' } },
        },
      },
      ['propose', 'check-screening', 'legal-view', 'stop'],
    ],
  ])('ends as %s', (ending, script, tasks) => {
    const journey = play(intake, script);
    expect(journey.state.outcome).toBe(ending);
    expect(steps(journey)).toEqual(tasks);
  });

  it('gives the agent the high tier and the chatbot the limited one', () => {
    const high = play(intake, { answers: agent, children: classified('minimal') });
    expect(high.writes).toMatchObject({ tier: 'high', path: 'full', stage: 'assessing' });
    const limited = play(intake, { answers: chatbot, children: classified('transparency') });
    expect(limited.writes).toMatchObject({ tier: 'limited', path: 'standard' });
  });

  it('resets what an earlier assessment found when it goes to assessment', () => {
    const before = { riskStatus: 'accepted', impactStatus: 'approved', overseerAccepted: true };
    const again = play(intake, {
      subject: { ...before, monitoringPlanStatus: 'approved', supplierApproved: true },
      answers: agent,
      children: classified('minimal'),
    });
    expect(again.writes).toMatchObject({
      riskStatus: 'in-progress',
      impactStatus: 'in-progress',
      monitoringPlanStatus: 'in-progress',
      overseerAccepted: false,
      supplierApproved: false,
    });
  });

  it.each([
    ['an impact answer', { iq13: 'yes' }, 'limited'],
    ['unsure about an impact answer', { iq44: 'unsure' }, 'high'],
    ['data about children', { dataKinds: ['children-data'] }, 'high'],
    ['more people than the score says', { volume: 'over-100000' }, 'limited'],
    ['a tier raised by the AIMS manager', { t1: 2, raisedTier: 'high' }, 'high'],
  ])('leaves the light path for %s', (_, change, tier) => {
    const journey = play(intake, {
      answers: { ...copilot, ...change },
      children: classified('minimal'),
    });
    expect(steps(journey)).toContain('check-screening');
    expect(journey.writes).toMatchObject({ tier, stage: 'assessing' });
  });

  it('hands the classification what the register does not know yet, its parties included', () => {
    const { events } = play(intake, { answers: agent, children: classified('minimal') });
    const called = events.find(({ type }) => type === 'child-started');
    expect(called).toMatchObject({
      calls: 'WF-CLASSIFY',
      facts: { name: 'Refund agent', kind: 'ai-agent', owner: proposer, proposer },
    });
  });

  it('treats a classification that did not answer as on hold', () => {
    const journey = play(intake, {
      answers: agent,
      children: { 'WF-CLASSIFY': { outcome: 'confirmed', facts: {} } },
    });
    expect(journey.state.outcome).toBe('stopped');
  });

  it('keeps the gate shut while people are not told', () => {
    expect(() => play(intake, { answers: { ...copilot, iq12: 'no' } })).toThrow('gate-not-met');
  });

  it('blocks a critical risk whoever decides', () => {
    const lightRisks = [
      {
        risk: 'AIR-19',
        measures: 'None.',
        ...{ likelihood: 5, impactOrg: 5, impactIndividuals: 4, impactSociety: 1 },
      },
    ];
    expect(() => play(intake, { answers: { ...copilot, lightRisks } })).toThrow('approval-blocked');
  });
});
