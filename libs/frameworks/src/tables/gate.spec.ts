import { describe, expect, it } from '@jest/globals';
import { type ApprovalStep, dictionaryOf, type Facts, gateOf } from '@plumbline/workflow-engine';
import { deploy } from '../workflows/deploy.data.ts';
import { deploymentGate } from './gate.ts';

const step = deploy.steps.find((one): one is ApprovalStep => one.id === 'decide')!;
const dictionary = dictionaryOf(deploy.facts);

/** Everything that the gate asks of a high-risk agent built on own data and supplied in part. */
const ready: Facts = {
  ...{ kind: 'ai-agent', orgRole: ['producer'], ownData: true, supplier: 'Acme' },
  ...{ classificationStatus: 'confirmed', tier: 'high', path: 'full' },
  ...{ riskStatus: 'accepted', ownerAccepted: true, impactStatus: 'approved', deployBlockers: 0 },
  criteria: [{ metric: 'MX-ACC' }],
  tests: [{ withinCriteria: true }],
  ...{ securitySignedOff: true, privacySignedOff: true, monitoringPlanStatus: 'approved' },
  ...{ overseerAccepts: true, overseerTrained: true, userInfo: ['info'], trainingDone: true },
  ...{ logSpec: 'Every action.', logRetentionDays: 180, rollback: 'Switch it off.' },
  ...{ documentsCurrent: true, supplierCleared: true, dutiesBeforeUse: true, dutiesDone: true },
  ...{ dataRecords: [{ dataUse: 'training' }], validation: 'approve', stakeholderInput: true },
  ...{ stopDrillDone: true, pilotPlan: 'Ten people.', responsibilityMatrix: ['matrix'] },
};

const unmet = (facts: Facts) =>
  gateOf(step, dictionary, facts)
    .filter(({ met }) => !met)
    .map(({ key }) => key);

/** What shuts the gate by one condition alone: first a plain no, then what is not known. */
const shut: readonly (readonly [condition: string, change: Facts])[] = [
  ['classification-confirmed', { classificationStatus: 'on-hold' }],
  ['classification-confirmed', { classificationStatus: null }],
  ['tier-set', { tier: null }],
  ['risk-accepted', { riskStatus: 'in-progress' }],
  ['owner-accepted', { ownerAccepted: null }],
  ['impact-approved', { impactStatus: 'light-answers' }],
  ['no-open-blocker', { deployBlockers: 1 }],
  ['criteria-locked', { criteria: [] }],
  ['criteria-locked', { criteria: null }],
  ['tests-within-criteria', { tests: [{ withinCriteria: false }] }],
  ['security-and-privacy', { securitySignedOff: false }],
  ['security-and-privacy', { privacySignedOff: null }],
  ['monitoring-plan', { monitoringPlanStatus: 'in-progress' }],
  ['overseer-accepted', { overseerTrained: false }],
  ['users-told', { userInfo: [] }],
  ['logs-on', { logSpec: null }],
  ['logs-on', { logRetentionDays: 0 }],
  ['logs-on', { logRetentionDays: null }],
  ['rollback-plan', { rollback: null }],
  ['documents-current', { documentsCurrent: false }],
  ['supplier-approved', { supplierCleared: null }],
  ['duties-done', { dutiesDone: false }],
  ['data-records', { dataRecords: [] }],
  ['data-records', { dataRecords: null }],
  ['validated', { validation: 'reject' }],
  ['validated', { validation: null }],
  ['people-heard', { stakeholderInput: false }],
  ['stop-drill', { stopDrillDone: null }],
  ['pilot-plan', { pilotPlan: null }],
  ['responsibility-matrix', { responsibilityMatrix: [] }],
];

describe('the deployment gate, condition by condition', () => {
  it('is open when everything holds', () => {
    expect(unmet(ready)).toEqual([]);
  });

  it.each(shut)('%s alone shuts it: %j', (condition, change) => {
    expect(unmet({ ...ready, ...change })).toEqual([condition]);
  });

  it('has a case for every condition', () => {
    const tried = new Set(shut.map(([condition]) => condition));
    expect([...tried].sort()).toEqual(deploymentGate.map(({ key }) => key).sort());
  });

  it.each<readonly [string, Facts]>([
    ['supplier-approved', { supplier: null, supplierCleared: null }],
    ['duties-done', { dutiesBeforeUse: false, dutiesDone: null }],
    ['data-records', { orgRole: ['user'], ownData: false, dataRecords: null }],
    ['validated', { path: 'standard', validation: null }],
    ['pilot-plan', { path: 'standard', pilotPlan: null }],
    ['responsibility-matrix', { path: 'standard', responsibilityMatrix: null }],
  ])('does not ask for %s where it does not apply', (_, change) => {
    expect(unmet({ ...ready, ...change })).toEqual([]);
  });

  it('takes an exception with a reason for tests outside the criteria', () => {
    const tests = [{ withinCriteria: false }];
    expect(unmet({ ...ready, tests, testException: 'A pilot of ten.' })).toEqual([]);
  });
});
