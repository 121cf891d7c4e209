import { type FactDeclaration, type FactType, factTypeOf } from '@plumbline/workflow-engine';
import { choice, choices, declare } from './authoring.ts';
import { aiSystemFields } from './forms/ai-system.ts';
import { monitorsField } from './forms/monitoring.ts';
import { lightRisksField } from './forms/proposal.ts';
import {
  riskDescriptionFields,
  riskScoreFields,
  risksField,
  treatmentFields,
} from './forms/risk.ts';
import {
  cadences,
  classificationStates,
  impactStates,
  measurementLevels,
  orgSizes,
  paths,
  planStates,
  regClasses,
  reviewIntervals,
  riskLevels,
  riskStates,
  separationRules,
  stages,
  tiers,
} from './vocabulary.ts';

const yesNo: FactType = { kind: 'boolean' };
const number: FactType = { kind: 'number' };
const text: FactType = { kind: 'text' };
const date: FactType = { kind: 'date' };
const person: FactType = { kind: 'person' };
const people: FactType = { kind: 'people' };

/** The list of risks with everything that is ever known about one. */
const risksType = factTypeOf(
  risksField('Risks', riskDescriptionFields, riskScoreFields, treatmentFields),
);

/** What the register calls its fields: shorter than the questions that fill them. */
const registerLabels: Readonly<Record<string, string>> = {
  name: 'Name',
  purpose: 'Purpose',
  kind: 'Kind of AI',
  orgRole: 'Your role',
  euRole: 'Role under the EU AI Act',
  owner: 'Owner',
  overseer: 'Overseer',
  supplier: 'Supplier',
  modelVersion: 'Model and version',
  affectedGroups: 'People affected',
  volume: 'People affected in a year',
  dataKinds: 'Data used',
  jurisdictions: 'Where it is used',
  businessCase: 'Why AI',
  targetDate: 'Wanted go-live',
};

/** What is known about an AI system: the register's fields, then what finished runs have written. */
export const subjectFacts: readonly FactDeclaration[] = [
  ...aiSystemFields.map((field) => ({
    name: field.key,
    type: factTypeOf(field),
    source: 'subject' as const,
    description: registerLabels[field.key] ?? field.label,
  })),
  ...declare('subject', {
    builders: [people, 'Who built it, or set it up'],
    proposer: [person, 'Who proposed it'],
    stage: [choice(stages), 'Stage'],
    tier: [choice(tiers), 'Tier'],
    path: [choice(paths), 'Path'],
    regClass: [choice(regClasses), 'Class under the EU AI Act'],
    classificationStatus: [choice(classificationStates), 'Classification'],
    sensitiveUse: [yesNo, 'Sensitive use'],
    soleDecision: [yesNo, 'Decides about people on its own, with significant effect'],
    owesTransparency: [yesNo, 'People must be told that they meet AI'],
    dutiesBeforeUse: [yesNo, 'Notices or registration are due before use'],
    ownerAccepted: [yesNo, 'The owner has accepted'],
    riskStatus: [choice(riskStates), 'Risk assessment'],
    risks: [risksType, 'Risks'],
    lightRisks: [factTypeOf(lightRisksField), 'Risks of the light path'],
    inherentLevel: [choice(riskLevels), 'Highest risk before treatment'],
    residualLevel: [choice(riskLevels), 'Highest risk that is left'],
    acceptanceMonths: [number, 'Months that the acceptance of risk lasts'],
    impactStatus: [choice(impactStates), 'Impact assessment'],
    stakeholderInput: [yesNo, 'Affected people were heard'],
    deployBlockers: [number, 'Answers that keep it from going live'],
    monitoringPlanStatus: [choice(planStates), 'Monitoring plan'],
    monitors: [factTypeOf(monitorsField), 'What is watched'],
    monitorCadence: [choice(cadences), 'How often it is measured'],
    lastLevel: [choice(measurementLevels), 'Latest measurement'],
    breachWindows: [number, 'Windows in a row with a breach'],
    overseerAccepted: [yesNo, 'The overseer has accepted and is trained'],
    supplierApproved: [yesNo, 'The supplier is approved for this data'],
    approvedTool: [yesNo, 'This tool is approved for this use and this data'],
    approvedOn: [date, 'Approved on'],
    liveVersion: [text, 'Version that is live'],
    reviewInterval: [choice(reviewIntervals), 'How often it is reviewed'],
    severeIncidentLast6Months: [yesNo, 'Severe incident in the last 6 months'],
  }),
];

/** What is known about the organisation. */
export const organisationFacts: readonly FactDeclaration[] = declare('organisation', {
  headcount: [number, 'People in the organisation'],
  orgSize: [choice(orgSizes), 'Size of the organisation'],
  criteriaVersion: [text, 'Version of the risk criteria'],
  hasAdviser: [yesNo, 'An advisory firm works for the organisation'],
  exceptions: [choices(separationRules), 'Separation rules with a declared exception'],
});

/** What every run is given. */
export const runFacts: readonly FactDeclaration[] = declare('run', {
  today: [date, 'Date in the organisation’s time zone'],
});

/** Facts that come from outside every definition. */
export const outsideFacts: readonly FactDeclaration[] = [
  ...subjectFacts,
  ...organisationFacts,
  ...runFacts,
];

/** Fields of an AI system that the ends of workflows may write. */
export const writableFields: ReadonlySet<string> = new Set(subjectFacts.map(({ name }) => name));
