/** Roles a member can hold (domain dossier §10); an organisation assigns only those of its kind. */
export const FIRM_ROLES = [
  'firm.partner',
  'firm.admin',
  'firm.lead',
  'firm.consultant',
  'firm.auditor',
  'firm.viewer',
] as const;

export const CLIENT_ROLES = [
  'client.top_management',
  'client.aims_manager',
  'client.approver',
  'client.system_owner',
  'client.risk_owner',
  'client.technical_lead',
  'client.validator',
  'client.data_lead',
  'client.security_lead',
  'client.legal',
  'client.supplier_manager',
  'client.overseer',
  'client.incident_lead',
  'client.internal_auditor',
  'client.document_owner',
  'client.staff',
] as const;

export const EXTERNAL_ROLES = ['ext.cert_auditor'] as const;

export const ROLES = [...FIRM_ROLES, ...CLIENT_ROLES, ...EXTERNAL_ROLES] as const;

export type MemberRole = (typeof ROLES)[number];

/** The roles that an organisation of this kind may give to its members. */
export const rolesOfKind = (kind: 'firm' | 'client'): readonly MemberRole[] =>
  kind === 'firm' ? FIRM_ROLES : [...CLIENT_ROLES, ...EXTERNAL_ROLES];

/** What a role is called on screens. */
export const ROLE_LABELS: Readonly<Record<MemberRole, string>> = {
  'firm.partner': 'Practice partner',
  'firm.admin': 'Firm administrator',
  'firm.lead': 'Engagement lead',
  'firm.consultant': 'Consultant',
  'firm.auditor': 'Firm internal auditor',
  'firm.viewer': 'Firm reviewer (reads only)',
  'client.top_management': 'Top management',
  'client.aims_manager': 'AIMS manager',
  'client.approver': 'Approver',
  'client.system_owner': 'AI system owner',
  'client.risk_owner': 'Risk owner',
  'client.technical_lead': 'Technical lead',
  'client.validator': 'Independent validator',
  'client.data_lead': 'Data and privacy lead',
  'client.security_lead': 'Information security lead',
  'client.legal': 'Legal lead',
  'client.supplier_manager': 'Supplier manager',
  'client.overseer': 'Human overseer',
  'client.incident_lead': 'Incident lead',
  'client.internal_auditor': 'Internal auditor',
  'client.document_owner': 'Document owner',
  'client.staff': 'Member of staff',
  'ext.cert_auditor': 'Certification auditor',
};

/** What a role is called on screens; a role that this version does not know keeps its key. */
export const roleLabel = (role: string): string =>
  Object.entries(ROLE_LABELS).find(([key]) => key === role)?.[1] ?? role;
