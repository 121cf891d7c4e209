import type { Condition, GateCondition } from '@plumbline/workflow-engine';
import { when } from '../authoring.ts';
import { boughtKinds } from '../forms/ai-system.ts';

/** Kinds that are built on own data: their data records must be complete. */
const builtKinds = ['predictive-model', 'generative', 'ai-agent'] as const;

/** Data records are asked for: producers, and whoever builds on data of their own. */
export const needsDataRecords: Condition = when.any(
  when.includes('orgRole', 'producer'),
  when.all(when.in('kind', ...builtKinds), when.yes('ownData')),
);

/** Somebody else supplies the system, or a part of it. */
export const isSupplied: Condition = when.any(
  when.in('kind', ...boughtKinds),
  when.known('supplier'),
);

const full = when.equal('path', 'full');

/**
 * The deployment gate: what must be true before anybody may approve. On the light path the same is
 * checked by the intake's one approval. The number of approvers belongs to the approval itself.
 */
export const deploymentGate: readonly GateCondition[] = [
  {
    key: 'classification-confirmed',
    label: 'The classification is confirmed',
    holds: when.equal('classificationStatus', 'confirmed'),
    cure: 'Finish the regulatory classification.',
  },
  {
    key: 'tier-set',
    label: 'The tier is set',
    holds: when.all(when.known('tier'), when.in('path', 'standard', 'full')),
    cure: 'Finish the intake.',
  },
  {
    key: 'risk-accepted',
    label: 'The risk that is left is accepted',
    holds: when.in('riskStatus', 'accepted', 'catalogue-confirmed'),
    cure: 'Finish the risk assessment and have what is left accepted.',
  },
  {
    key: 'owner-accepted',
    label: 'The owner has accepted',
    holds: when.yes('ownerAccepted'),
    cure: 'Have the owner accept.',
  },
  {
    key: 'impact-approved',
    label: 'The impact assessment is approved',
    holds: when.equal('impactStatus', 'approved'),
    cure: 'Finish the impact assessment.',
  },
  {
    key: 'no-open-blocker',
    label: 'The impact assessment found nothing that rules out going live',
    holds: when.equal('deployBlockers', 0),
    cure: 'Mend what the impact assessment found, then assess again.',
  },
  {
    key: 'criteria-locked',
    label: 'Criteria were set before the tests',
    holds: { fact: 'criteria', is: 'not-empty' },
    cure: 'Set the release criteria.',
  },
  {
    key: 'tests-within-criteria',
    label: 'Tests are within the criteria, or the exception has a reason',
    holds: when.any({ cel: 'tests.all(t, t.withinCriteria)' }, when.known('testException')),
    cure: 'Mend the system and test again, or give the reason for an exception.',
  },
  {
    key: 'security-and-privacy',
    label: 'Security and privacy have signed off',
    holds: when.all(when.yes('securitySignedOff'), when.yes('privacySignedOff')),
    cure: 'Close the open points and ask for the sign-off again.',
  },
  {
    key: 'monitoring-plan',
    label: 'The monitoring plan is approved',
    holds: when.equal('monitoringPlanStatus', 'approved'),
    cure: 'Finish the monitoring plan and have it approved.',
  },
  {
    key: 'overseer-accepted',
    label: 'The overseer has accepted and is trained',
    holds: when.all(when.yes('overseerAccepts'), when.yes('overseerTrained')),
    cure: 'Have the overseer accept, and train them.',
  },
  {
    key: 'users-told',
    label: 'Users are informed and trained',
    holds: when.all({ fact: 'userInfo', is: 'not-empty' }, when.yes('trainingDone')),
    cure: 'Attach what users are told, and train them.',
  },
  {
    key: 'logs-on',
    label: 'Events are logged and kept',
    holds: when.all(when.known('logSpec'), when.atLeast('logRetentionDays', 1)),
    cure: 'Say in the deployment plan what is logged and for how long it is kept.',
  },
  {
    key: 'rollback-plan',
    label: 'There is a way to stop it or roll it back',
    holds: when.known('rollback'),
    cure: 'Describe in the deployment plan how it is stopped.',
  },
  {
    key: 'documents-current',
    label: 'Technical and user documents are current',
    holds: when.yes('documentsCurrent'),
    cure: 'Complete the documents.',
  },
  {
    key: 'supplier-approved',
    label: 'The supplier is approved for this data',
    applies: isSupplied,
    holds: when.yes('supplierCleared'),
    cure: 'Have the supplier checked for the data that is used.',
  },
  {
    key: 'duties-done',
    label: 'Notices and registration due before use are done',
    applies: when.yes('dutiesBeforeUse'),
    holds: when.yes('dutiesDone'),
    cure: 'Do what the law asks for before use, and attach the proof.',
  },
  {
    key: 'data-records',
    label: 'Data records are complete',
    applies: needsDataRecords,
    holds: { fact: 'dataRecords', is: 'not-empty' },
    cure: 'Complete the data records.',
  },
  {
    key: 'validated',
    label: 'Somebody independent has validated it',
    applies: full,
    holds: when.in('validation', 'approve', 'approve-with-conditions'),
    cure: 'Have it validated by somebody who did not build it.',
  },
  {
    key: 'people-heard',
    label: 'Affected people were heard',
    applies: full,
    holds: when.yes('stakeholderInput'),
    cure: 'Hear affected people in the impact assessment.',
  },
  {
    key: 'stop-drill',
    label: 'Stopping it was practised in the last 90 days',
    applies: full,
    holds: when.yes('stopDrillDone'),
    cure: 'Practise stopping it, and have the overseer confirm.',
  },
  {
    key: 'pilot-plan',
    label: 'There is a plan for the pilot',
    applies: full,
    holds: when.known('pilotPlan'),
    cure: 'Add the pilot to the deployment plan.',
  },
  {
    key: 'responsibility-matrix',
    label: 'Who answers for what is signed',
    applies: full,
    holds: { fact: 'responsibilityMatrix', is: 'not-empty' },
    cure: 'Attach the signed responsibility matrix.',
  },
];
