import type { TokenScope } from '@plumbline/contracts';
import type { MemberRole } from './roles.ts';

/** What a person can do to something. */
export const ACTIONS = [
  'read',
  'create',
  'update',
  'delete',
  'submit',
  'decide',
  'manage',
  'export',
  'verify',
] as const;
export type Action = (typeof ACTIONS)[number];

/** What rules speak about. The names of our own types, never taken from a request. */
export const SUBJECTS = [
  'Organisation',
  'Engagement',
  'Member',
  'AiSystem',
  'Workflow',
  'Run',
  'Task',
  'Decision',
  'Risk',
  'Evidence',
  'Monitor',
  'Import',
  'Export',
  'Record',
  'Portfolio',
  'Notification',
  'Requirement',
  'Measurement',
  'Gate',
  'Token',
  'Exception',
  'Absence',
  'Signal',
  'Webhook',
] as const;
export type Subject = (typeof SUBJECTS)[number];

export type Rule = readonly [Action, ...Subject[]];

/** What every member needs to see and do their own tasks; each service narrows "own" further. */
const OWN_WORK: readonly Rule[] = [
  ['read', 'Organisation', 'Task', 'Notification', 'Workflow'],
  ['submit', 'Task'],
  ['update', 'Notification'],
  ['create', 'AiSystem', 'Evidence', 'Absence'],
  ['read', 'Absence'],
  ['update', 'Absence'],
];

const READ_ALL: readonly Rule[] = [
  [
    'read',
    'Organisation',
    'Engagement',
    'Member',
    'AiSystem',
    'Workflow',
    'Run',
    'Task',
    'Decision',
    'Risk',
    'Evidence',
    'Monitor',
    'Measurement',
    'Gate',
    'Requirement',
    'Record',
    'Notification',
    'Exception',
  ],
  ['update', 'Notification'],
  ['verify', 'Record'],
];

/** Evidence packs: making them and taking them away. */
const EXPORT: readonly Rule[] = [
  ['read', 'Export'],
  ['create', 'Export'],
  ['export', 'Export'],
];

/** People who run part of an AI system's life: they read the register and work on it. */
const CONTRIBUTE: readonly Rule[] = [
  ...OWN_WORK,
  ...READ_ALL,
  ['update', 'AiSystem', 'Evidence'],
  ['create', 'Monitor', 'Measurement', 'Signal'],
  ['update', 'Monitor'],
];

const DECIDE: readonly Rule[] = [['decide', 'Task']];

/** Drafting workflows, and trying them out. */
const DRAFT: readonly Rule[] = [
  ['create', 'Workflow'],
  ['update', 'Workflow'],
];

/** The same, and publishing them: for those who answer for the organisation's workflows. */
const PUBLISH: readonly Rule[] = [...DRAFT, ['manage', 'Workflow']];

/** Work in the firm's own organisation. */
const FIRM_WORK: readonly Rule[] = [
  ['read', 'Organisation', 'Engagement', 'Member', 'Task', 'Import', 'Record', 'Notification'],
  ['read', 'Workflow'],
  ['update', 'Notification'],
  ['verify', 'Record'],
];

/** The firm's view over the clients that let it in; whose, the engagements say. */
const PORTFOLIO: readonly Rule[] = [['read', 'Portfolio']];

/** What each role may do where it is a member. Separation of duties narrows it in the engine. */
export const MEMBER_RULES: Readonly<Record<MemberRole, readonly Rule[]>> = {
  'firm.partner': [
    ...FIRM_WORK,
    ...PORTFOLIO,
    ...PUBLISH,
    ['create', 'Organisation', 'Import'],
    ['update', 'Organisation', 'Import'],
    ['manage', 'Member', 'Webhook'],
  ],
  'firm.admin': [
    ...FIRM_WORK,
    ...PORTFOLIO,
    ['create', 'Organisation', 'Import'],
    ['update', 'Organisation', 'Import'],
    ['manage', 'Member', 'Webhook'],
  ],
  'firm.lead': [
    ...FIRM_WORK,
    ...PORTFOLIO,
    ...PUBLISH,
    ['create', 'Organisation', 'Import'],
    ['update', 'Import'],
  ],
  'firm.consultant': [
    ...FIRM_WORK,
    ...PORTFOLIO,
    ...DRAFT,
    ['create', 'Import'],
    ['update', 'Import'],
  ],
  'firm.auditor': FIRM_WORK,
  'firm.viewer': [...FIRM_WORK, ...PORTFOLIO],
  'client.top_management': [
    ...OWN_WORK,
    ...READ_ALL,
    ...DECIDE,
    ...EXPORT,
    ...PUBLISH,
    ['manage', 'Exception', 'Member', 'Engagement', 'Token', 'Webhook', 'Absence'],
    // Confirms what somebody else asked for to put a run right.
    ['decide', 'Run'],
    ['update', 'Organisation'],
  ],
  'client.aims_manager': [
    ...CONTRIBUTE,
    ...DECIDE,
    ...EXPORT,
    ...PUBLISH,
    ['read', 'Import'],
    ['create', 'Import', 'Run'],
    ['update', 'Import', 'Run', 'Organisation', 'Task'],
    ['manage', 'Member', 'Engagement', 'Token', 'Webhook', 'Absence'],
    ['decide', 'Run'],
  ],
  'client.approver': [...OWN_WORK, ...READ_ALL, ...DECIDE, ...EXPORT],
  'client.system_owner': [...CONTRIBUTE, ...EXPORT, ['create', 'Run']],
  'client.risk_owner': CONTRIBUTE,
  'client.technical_lead': [...CONTRIBUTE, ['read', 'Token', 'Webhook']],
  'client.validator': [...CONTRIBUTE, ...DECIDE],
  'client.data_lead': CONTRIBUTE,
  'client.security_lead': CONTRIBUTE,
  'client.legal': CONTRIBUTE,
  'client.supplier_manager': CONTRIBUTE,
  'client.overseer': CONTRIBUTE,
  'client.incident_lead': CONTRIBUTE,
  'client.internal_auditor': [...OWN_WORK, ...READ_ALL, ...EXPORT],
  'client.document_owner': CONTRIBUTE,
  'client.staff': OWN_WORK,
  'ext.cert_auditor': [...READ_ALL, ...EXPORT],
};

const PREPARE: readonly Rule[] = [
  ...READ_ALL,
  ...EXPORT,
  ...DRAFT,
  ['read', 'Import'],
  ['create', 'AiSystem', 'Run', 'Evidence', 'Monitor', 'Measurement', 'Import', 'Signal'],
  ['update', 'AiSystem', 'Run', 'Evidence', 'Monitor', 'Import', 'Task'],
  ['submit', 'Task'],
];

/** What a firm's role may do in a client that granted access: prepare, never decide (SOD-07), never grant itself anything (SOD-09). */
export const ADVISER_RULES: Readonly<Partial<Record<MemberRole, readonly Rule[]>>> = {
  'firm.partner': [...READ_ALL, ['read', 'Export'], ['export', 'Export']],
  'firm.lead': PREPARE,
  'firm.consultant': PREPARE,
  'firm.auditor': [...READ_ALL, ...EXPORT],
  'firm.viewer': READ_ALL,
};

/** What each scope of a service token allows. No scope decides, submits work or manages anything. */
export const TOKEN_RULES: Readonly<Record<TokenScope, readonly Rule[]>> = {
  'ai-systems:read': [['read', 'Organisation', 'AiSystem']],
  'ai-systems:write': [
    ['create', 'AiSystem'],
    ['update', 'AiSystem'],
  ],
  'gate:read': [['read', 'Gate']],
  'measurements:write': [['create', 'Measurement']],
  'record:read': [
    ['read', 'Record'],
    ['verify', 'Record'],
  ],
  'signals:write': [['create', 'Signal']],
};
