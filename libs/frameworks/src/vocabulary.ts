import type { Option } from '@plumbline/workflow-engine';

/**
 * Every closed list of the content: stable keys for rules and records, labels for people. Where a
 * rule says "at least", the order here is the order of the list.
 */

function options(labels: Readonly<Record<string, string>>): readonly Option[] {
  return Object.entries(labels).map(([key, label]) => ({ key, label }));
}

export const tiers = options({
  minimal: 'Minimal',
  limited: 'Limited',
  high: 'High',
  prohibited: 'Prohibited',
});

export const paths = options({
  light: 'Light',
  standard: 'Standard',
  full: 'Full',
  stop: 'Stop',
});

export const stages = options({
  proposed: 'Proposed',
  assessing: 'Assessing',
  approved: 'Approved',
  pilot: 'Pilot',
  live: 'Live',
  'under-review': 'Under review',
  suspended: 'Suspended',
  retired: 'Retired',
  stopped: 'Stopped',
});

/** From the least to the strictest: a system in several classes has the last of them. */
export const regClasses = options({
  'not-ai': 'Not an AI system',
  'out-of-scope': 'Outside the EU AI Act',
  minimal: 'No specific duties',
  transparency: 'Transparency duties (Article 50)',
  gpai: 'General-purpose AI model',
  'gpai-systemic': 'General-purpose AI model with systemic risk',
  derogated: 'In an Annex III area, documented as not high-risk',
  'high-risk-annex-iii': 'High-risk by use (Annex III)',
  'high-risk-annex-i': 'High-risk through product law (Annex I)',
  hold: 'On hold until legal has answered',
  prohibited: 'Prohibited practice (Article 5)',
});

export const riskLevels = options({
  low: 'Low',
  moderate: 'Moderate',
  high: 'High',
  critical: 'Critical',
});

export const classificationStates = options({ confirmed: 'Confirmed', 'on-hold': 'On hold' });

export const riskStates = options({
  'in-progress': 'In progress',
  'catalogue-confirmed': 'Catalogue risks confirmed',
  accepted: 'Accepted',
  refused: 'Refused',
});

export const impactStates = options({
  'in-progress': 'In progress',
  'light-answers': 'Answered in the proposal',
  approved: 'Approved',
  refused: 'Refused',
});

export const planStates = options({
  'in-progress': 'In progress',
  approved: 'Approved',
  refused: 'Refused',
});

export const orgSizes = options({
  micro: 'Micro (fewer than 10 people)',
  small: 'Small (fewer than 50 people)',
  medium: 'Medium (fewer than 250 people)',
  large: 'Large (250 people or more)',
});

export const kinds = options({
  'off-the-shelf-tool': 'Off-the-shelf tool',
  'embedded-feature': 'Embedded feature in other software',
  'predictive-model': 'Predictive or scoring model',
  generative: 'Generative (chat, text, image, code)',
  'retrieval-assistant': 'Retrieval assistant',
  'ai-agent': 'AI agent (acts with tools)',
  other: 'Other',
});

export const orgRoles = options({
  producer: 'Producer or developer',
  provider: 'Provider',
  user: 'Customer or user',
  partner: 'Partner (integrator, data supplier)',
});

export const euRoles = options({
  provider: 'Provider',
  deployer: 'Deployer',
  importer: 'Importer',
  distributor: 'Distributor',
  'product-manufacturer': 'Product manufacturer',
  'authorised-representative': 'Authorised representative',
  'not-in-eu-scope': 'Not in EU scope',
  unsure: 'Unsure',
});

export const affectedGroups = options({
  customers: 'Customers',
  'job-applicants': 'Job applicants',
  'employees-or-workers': 'Employees or workers',
  patients: 'Patients',
  'pupils-or-students': 'Pupils or students',
  public: 'Members of the public',
  children: 'Children',
  'vulnerable-people': 'People in vulnerable situations',
  'business-partners': 'Business partners',
  'none-outside-team': 'Nobody outside the team',
});

export const volumes = options({
  'under-100': 'Under 100',
  '100-to-1000': '100 to 1,000',
  '1000-to-10000': '1,000 to 10,000',
  '10000-to-100000': '10,000 to 100,000',
  'over-100000': 'Over 100,000',
});

export const dataKinds = options({
  'no-personal-data': 'No personal data',
  'personal-data': 'Personal data',
  'special-category': 'Special category (health, ethnicity, beliefs …)',
  'criminal-offence': 'Criminal offence data',
  'children-data': 'Data about children',
  'location-or-biometric': 'Location or biometric data',
  'confidential-business': 'Confidential business data',
  public: 'Public data',
});

/** The kinds above that are about people. */
export const personalDataKinds = [
  'personal-data',
  'special-category',
  'criminal-offence',
  'children-data',
  'location-or-biometric',
] as const;

export const jurisdictions = options({
  uk: 'United Kingdom',
  eu: 'EU or EEA',
  us: 'United States',
  other: 'Elsewhere',
});

export const yesNoUnsure = options({ yes: 'Yes', no: 'No', unsure: 'Unsure' });

export const riskCategories = options({
  data: 'Data',
  'fairness-and-bias': 'Fairness and bias',
  'governance-and-compliance': 'Governance and compliance',
  'human-oversight': 'Human oversight',
  lifecycle: 'Lifecycle',
  'privacy-and-data-protection': 'Privacy and data protection',
  'safety-and-reliability': 'Safety and reliability',
  security: 'Security',
  'society-and-environment': 'Society and environment',
  'third-party': 'Third party',
  'transparency-and-explainability': 'Transparency and explainability',
});

export const treatmentOptions = options({
  avoid: 'Avoid: do not do it',
  modify: 'Reduce it with measures',
  share: 'Share it with somebody else',
  retain: 'Keep it as it is',
  pursue: 'Pursue the opportunity',
});

export const confidences = options({ low: 'Low', medium: 'Medium', high: 'High' });

/** From the most to the least frequent. */
export const cadences = options({
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  yearly: 'Yearly',
});

/** From good to bad; what could not be judged stands between, for it must be looked at. */
export const measurementLevels = options({
  ok: 'Within limits',
  'insufficient-data': 'Too little data to tell',
  late: 'No data in time',
  warn: 'Warning limit crossed',
  breach: 'Breach limit crossed',
  critical: 'Critical: harm is happening or close',
});

export const metricClasses = options({
  drift: 'Drift',
  fairness: 'Fairness',
  performance: 'Performance',
  calibration: 'Calibration',
  genai: 'Generated content',
  security: 'Security',
  oversight: 'Human oversight',
  agent: 'Agent behaviour',
  incident: 'Incidents',
  redress: 'Challenges by people',
  traceability: 'Traceability',
  aims: 'Management system',
});

export const monitoringResponses = options({
  none: 'Nothing',
  look: 'Look at it and note what it means',
  'fix-data': 'See to the data',
  review: 'Review the system',
  'review-and-risk': 'Review the system and its risks',
  incident: 'Treat it as an incident and review the system',
});

export const monitoringDecisions = options({
  'no-action': 'No action',
  tune: 'Tune',
  retrain: 'Retrain',
  'restrict-use': 'Restrict use',
  suspend: 'Suspend',
  'start-review': 'Start a review',
  retire: 'Retire',
});

export const reviewDecisions = options({
  keep: 'Keep as it is',
  'keep-with-actions': 'Keep, with actions',
  change: 'Change it',
  retire: 'Retire it',
});

export const testTypes = options({
  performance: 'Performance',
  fairness: 'Fairness',
  robustness: 'Robustness',
  security: 'Security or red team',
  privacy: 'Privacy',
  groundedness: 'Groundedness',
  'oversight-drill': 'Human oversight drill',
  accessibility: 'Accessibility',
});

export const dataUses = options({
  training: 'Training',
  'fine-tuning': 'Fine-tuning',
  grounding: 'Grounding or retrieval',
  testing: 'Testing',
  'operation-input': 'Input in operation',
});

export const derogationGrounds = options({
  'narrow-task': 'It does a narrow procedural task',
  'improves-finished-work': 'It improves work that a person has finished',
  'detects-patterns': 'It detects patterns and does not replace a person’s review',
  preparatory: 'It does a preparatory task',
  none: 'None of these',
});

export const dpiaStates = options({
  done: 'Done',
  needed: 'Needed, not done yet',
  'not-needed': 'Not needed (give the reason)',
});

export const dutyStates = options({
  done: 'Done',
  'not-due': 'Not due yet',
  'does-not-apply': 'Does not apply',
});

export const reversibilities = options({ easy: 'Easy', hard: 'Hard', no: 'Not at all' });

export const riskSources = options({
  'complexity-of-environment': 'Complexity of the environment',
  'lack-of-transparency': 'Lack of transparency and explainability',
  'level-of-automation': 'Level of automation',
  'machine-learning': 'Risk sources related to machine learning',
  hardware: 'System hardware issues',
  'life-cycle': 'System life cycle issues',
  'technology-readiness': 'Technology readiness',
});

/** ISO 8601 durations, from the shortest. */
export const reviewIntervals = options({
  P3M: 'Every 3 months',
  P6M: 'Every 6 months',
  P12M: 'Every 12 months',
});

export const separationRules = options(
  Object.fromEntries(
    Array.from({ length: 14 }, (_, at) => `SOD-${String(at + 1).padStart(2, '0')}`).map((id) => [
      id,
      id,
    ]),
  ),
);
