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
] as const;
export type Subject = (typeof SUBJECTS)[number];

export type Rule = readonly [Action, ...Subject[]];

/** What every member needs to see and do their own tasks; each service narrows "own" further. */
const OWN_WORK: readonly Rule[] = [
  ['read', 'Organisation', 'Task', 'Notification', 'Workflow'],
  ['submit', 'Task'],
  ['update', 'Notification'],
  ['create', 'AiSystem', 'Evidence'],
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
    'Export',
    'Record',
    'Notification',
  ],
  ['verify', 'Record'],
];

/** People who run part of an AI system's life: they read the register and work on it. */
const CONTRIBUTE: readonly Rule[] = [
  ...OWN_WORK,
  ...READ_ALL,
  ['update', 'AiSystem', 'Evidence'],
  ['create', 'Monitor'],
  ['update', 'Monitor'],
];

const DECIDE: readonly Rule[] = [['decide', 'Task']];

/** Work in the firm's own organisation. */
const FIRM_WORK: readonly Rule[] = [
  ['read', 'Organisation', 'Portfolio', 'Member', 'Task', 'Import', 'Record', 'Notification'],
  ['update', 'Notification'],
  ['verify', 'Record'],
];

/** What each role may do where it is a member. Separation of duties narrows it in the engine. */
export const MEMBER_RULES: Readonly<Record<MemberRole, readonly Rule[]>> = {
  'firm.partner': [
    ...FIRM_WORK,
    ['create', 'Organisation', 'Import'],
    ['update', 'Organisation', 'Import'],
    ['manage', 'Member'],
  ],
  'firm.admin': [
    ...FIRM_WORK,
    ['create', 'Organisation', 'Import'],
    ['update', 'Organisation', 'Import'],
    ['manage', 'Member'],
  ],
  'firm.lead': [...FIRM_WORK, ['create', 'Organisation', 'Import'], ['update', 'Import']],
  'firm.consultant': [...FIRM_WORK, ['create', 'Import'], ['update', 'Import']],
  'firm.auditor': FIRM_WORK,
  'firm.viewer': FIRM_WORK,
  'client.top_management': [
    ...OWN_WORK,
    ...READ_ALL,
    ...DECIDE,
    ['manage', 'Member', 'Engagement'],
    ['update', 'Organisation'],
    ['create', 'Export'],
    ['export', 'Export'],
  ],
  'client.aims_manager': [
    ...CONTRIBUTE,
    ...DECIDE,
    ['read', 'Import'],
    ['create', 'Import', 'Run', 'Export'],
    ['update', 'Import', 'Run', 'Organisation', 'Task'],
    ['manage', 'Member', 'Engagement', 'Workflow'],
    ['export', 'Export'],
  ],
  'client.approver': [
    ...OWN_WORK,
    ...READ_ALL,
    ...DECIDE,
    ['create', 'Export'],
    ['export', 'Export'],
  ],
  'client.system_owner': [...CONTRIBUTE, ['create', 'Run', 'Export'], ['export', 'Export']],
  'client.risk_owner': CONTRIBUTE,
  'client.technical_lead': CONTRIBUTE,
  'client.validator': [...CONTRIBUTE, ...DECIDE],
  'client.data_lead': CONTRIBUTE,
  'client.security_lead': CONTRIBUTE,
  'client.legal': CONTRIBUTE,
  'client.supplier_manager': CONTRIBUTE,
  'client.overseer': CONTRIBUTE,
  'client.incident_lead': CONTRIBUTE,
  'client.internal_auditor': [...OWN_WORK, ...READ_ALL],
  'client.document_owner': CONTRIBUTE,
  'client.staff': OWN_WORK,
  'ext.cert_auditor': [...READ_ALL, ['export', 'Export']],
};

const PREPARE: readonly Rule[] = [
  ...READ_ALL,
  ['read', 'Import'],
  ['create', 'AiSystem', 'Run', 'Evidence', 'Monitor', 'Import', 'Export'],
  ['update', 'AiSystem', 'Run', 'Evidence', 'Monitor', 'Import', 'Task'],
  ['submit', 'Task'],
  ['export', 'Export'],
];

/** What a firm's role may do in a client that granted access: prepare, never decide (SOD-07), never grant itself anything (SOD-09). */
export const ADVISER_RULES: Readonly<Partial<Record<MemberRole, readonly Rule[]>>> = {
  'firm.partner': READ_ALL,
  'firm.lead': PREPARE,
  'firm.consultant': PREPARE,
  'firm.auditor': READ_ALL,
  'firm.viewer': READ_ALL,
};
