import type { MemberRole } from '@plumbline/policies';

/** Who may ask for an operation, by where they are: in a client, or in the firm that they belong to. */
export type Rule =
  | 'public'
  | 'signed-in'
  | {
      readonly atClient: readonly (MemberRole | 'token')[];
      readonly atFirm: readonly MemberRole[];
    };

/** People who do part of the work on an AI system. */
const WORKERS = [
  'client.aims_manager',
  'client.data_lead',
  'client.document_owner',
  'client.incident_lead',
  'client.legal',
  'client.overseer',
  'client.risk_owner',
  'client.security_lead',
  'client.supplier_manager',
  'client.system_owner',
  'client.technical_lead',
  'client.validator',
] as const;
/** People who read everything and decide, or check. */
const LEADERS = ['client.approver', 'client.internal_auditor', 'client.top_management'] as const;
/** Sees their own tasks and proposals only. */
const STAFF = ['client.staff'] as const;
/** From outside, for a time: reads, and takes evidence away. */
const AUDITOR = ['ext.cert_auditor'] as const;
/** Advisers who prepare. None of them decides. */
const PREPARERS = ['firm.consultant', 'firm.lead'] as const;
/** Advisers who only read. */
const ONLOOKERS = ['firm.auditor', 'firm.partner', 'firm.viewer'] as const;
/** Those who answer for a client's workflows. Never an adviser. */
const WORKFLOW_PUBLISHERS = ['client.aims_manager', 'client.top_management'] as const;
/** Those who answer for the firm's library. */
const FIRM_WORKFLOW_PUBLISHERS = ['firm.lead', 'firm.partner'] as const;
/** Those who draft a client's workflows; its advisers among them. */
const WORKFLOW_EDITORS = [...WORKFLOW_PUBLISHERS, ...PREPARERS] as const;
/** Those who draft workflows in the firm's own library. */
const FIRM_WORKFLOW_EDITORS = [...PREPARERS, 'firm.partner'] as const;
/** Those who let other systems be told, and those who look whether that works. */
const WEBHOOK_MANAGERS = ['client.aims_manager', 'client.top_management'] as const;
const WEBHOOK_READERS = [...WEBHOOK_MANAGERS, 'client.technical_lead'] as const;
const FIRM_WEBHOOK_MANAGERS = ['firm.admin', 'firm.partner'] as const;
/** A service token with every scope. */
const TOKEN = ['token'] as const;
/** Everybody at a firm, in its own organisation. */
const FIRM = [...PREPARERS, ...ONLOOKERS, 'firm.admin'] as const;

/** One row for every operation of the API. A new operation without a row fails the test. */
export const AUTHORISATION: Readonly<Record<string, Rule>> = {
  'GET /api/organisations/{organisation}/stream': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/local-outbox': 'public',
  'GET /api/organisations/{organisation}/absences': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/absences': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/absences/{id}/end': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/ai-systems/views': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'PUT /api/organisations/{organisation}/ai-systems/views': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'DELETE /api/organisations/{organisation}/ai-systems/views/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/ai-systems': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/ai-systems/similar': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/ai-systems/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'PATCH /api/organisations/{organisation}/ai-systems/{id}': {
    atClient: [...WORKERS, ...PREPARERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/ai-systems/{id}/gate': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/decisions': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/decisions/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/evidence': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/evidence': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/evidence/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/evidence/{id}/versions': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/evidence/{id}/content': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/members': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'PATCH /api/organisations/{organisation}/members/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'DELETE /api/organisations/{organisation}/members/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'POST /api/organisations/{organisation}/invitations': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'POST /api/organisations/{organisation}/invitations/{id}/resend': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'DELETE /api/organisations/{organisation}/invitations/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/engagements': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/engagements': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/engagements/{id}/advisers': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'PATCH /api/organisations/{organisation}/engagements/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/engagements/{id}/revoke': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/exceptions': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/exceptions': {
    atClient: ['client.top_management'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/exceptions/{id}/revoke': {
    atClient: ['client.top_management'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/monitors': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/monitors': {
    atClient: [...WORKERS, ...PREPARERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/monitors/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/monitors/{id}/measurements': {
    atClient: [...WORKERS, ...PREPARERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/notifications': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/notifications/read': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/proposals': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/run-figures': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/run-exports/xes': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/run-exports/ocel': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/run-exports/csv': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/bulk-operations': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/bulk-operations': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/bulk-operations/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/bulk-operations/{id}/items': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/bulk-operations/{id}/start': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/bulk-operations/{id}/stop': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/runs': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs': {
    atClient: [...PREPARERS, 'client.aims_manager', 'client.system_owner'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/runs/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/runs/{id}/at/{seq}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/runs/{id}/data': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/cancel': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/retry': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/suspend': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/resume': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/remind': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/runs/{id}/repairs': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/repairs/preview': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/repairs': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/repairs/{repair}/confirm': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/runs/{id}/repairs/{repair}/turn-down': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/ai-systems/{id}/signals': {
    atClient: [...WORKERS, ...PREPARERS, ...TOKEN],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/workflows': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/workflows/{key}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/versions/{version}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/workflows': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/check': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/draft': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/draft': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'PUT /api/organisations/{organisation}/workflows/{key}/draft': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'DELETE /api/organisations/{organisation}/workflows/{key}/draft': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/draft/editor': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'DELETE /api/organisations/{organisation}/workflows/{key}/draft/editor': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/draft/comments': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/draft/comments': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'PATCH /api/organisations/{organisation}/workflows/{key}/draft/comments/{id}': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/draft/publication': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/publications': {
    atClient: [...WORKFLOW_PUBLISHERS],
    atFirm: [...FIRM_WORKFLOW_PUBLISHERS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/difference': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/versions/{version}/retirement': {
    atClient: [...WORKFLOW_PUBLISHERS],
    atFirm: [...FIRM_WORKFLOW_PUBLISHERS],
  },
  'GET /api/organisations/{organisation}/workflow-offers': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/workflow-offers/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/workflow-offers/{id}/acceptance': {
    atClient: [...WORKFLOW_PUBLISHERS],
    atFirm: [...FIRM_WORKFLOW_PUBLISHERS],
  },
  'POST /api/organisations/{organisation}/workflow-offers/{id}/refusal': {
    atClient: [...WORKFLOW_PUBLISHERS],
    atFirm: [...FIRM_WORKFLOW_PUBLISHERS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/adoption': {
    atClient: [],
    atFirm: [...PREPARERS, 'firm.partner', 'firm.viewer', 'firm.admin'],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/adoption/{client}/difference': {
    atClient: [],
    atFirm: [...PREPARERS, 'firm.partner', 'firm.viewer', 'firm.admin'],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/offers': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/offers/withdrawal': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/migrations': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/migrations': {
    atClient: [...WORKFLOW_PUBLISHERS],
    atFirm: [...FIRM_WORKFLOW_PUBLISHERS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/migrations/preview': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/migrations/{id}': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/cases': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'PUT /api/organisations/{organisation}/workflows/{key}/cases': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'DELETE /api/organisations/{organisation}/workflows/{key}/cases/{id}': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/simulations': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/{key}/simulations': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/simulations/{id}': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/versions/{version}/export': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/workflows/{key}/draft/export': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'POST /api/organisations/{organisation}/workflows/import': {
    atClient: [...WORKFLOW_EDITORS],
    atFirm: [...FIRM_WORKFLOW_EDITORS],
  },
  'GET /api/organisations/{organisation}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'PATCH /api/organisations/{organisation}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/working-calendar': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/working-calendar/preview': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/working-calendar/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: ['firm.admin', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/clients': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/clients': {
    atClient: [],
    atFirm: ['firm.admin', 'firm.lead', 'firm.partner'],
  },
  'POST /api/organisations/{organisation}/clients/{client}/first-member': {
    atClient: [],
    atFirm: ['firm.admin', 'firm.lead', 'firm.partner'],
  },
  'POST /api/sessions': 'public',
  'GET /api/sessions/current': 'signed-in',
  'DELETE /api/sessions/current': 'signed-in',
  'POST /api/sessions/step-up': 'signed-in',
  'PUT /api/sessions/current/password': 'signed-in',
  'POST /api/password-resets': 'public',
  'POST /api/password-resets/complete': 'public',
  'GET /api/invitations/{token}': 'public',
  'POST /api/invitations/accept': 'public',
  'GET /api/organisations/{organisation}/tasks': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/tasks/{id}': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/tasks/{id}/conversation': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'PUT /api/organisations/{organisation}/tasks/{id}/watch': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/comments': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/comments/{comment}/withdraw': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'GET /api/guest-tasks/{token}': 'public',
  'POST /api/guest-tasks/answer': 'public',
  'GET /api/organisations/{organisation}/tasks/{id}/guest-links': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/guest-links': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/guest-links/{link}/revoke': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/hold': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/continue': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/delegate': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/take-back': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/due': {
    atClient: ['client.aims_manager', ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/remind': {
    atClient: ['client.aims_manager', ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/task-bulks': {
    atClient: ['client.aims_manager', ...PREPARERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/task-bulks/{id}': {
    atClient: ['client.aims_manager', ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/task-bulks/{id}/undo': {
    atClient: ['client.aims_manager', ...PREPARERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/mail-preferences': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'PUT /api/organisations/{organisation}/mail-preferences': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/calendar': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'DELETE /api/organisations/{organisation}/calendar': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/calendars/{secret}/tasks.ics': 'public',
  'PUT /api/organisations/{organisation}/tasks/{id}/draft': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/submit': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/decide': {
    atClient: [
      'client.aims_manager',
      'client.approver',
      'client.top_management',
      'client.validator',
    ],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/send-back': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/claim': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/release': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...PREPARERS],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tasks/{id}/assign': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/exports': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/exports': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/exports/{id}': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/exports/{id}/cancel': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/exports/{id}/file': {
    atClient: [
      ...LEADERS,
      ...AUDITOR,
      ...PREPARERS,
      'client.aims_manager',
      'client.system_owner',
      'firm.auditor',
      'firm.partner',
    ],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/record': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/record/checkpoint': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/record/consistency': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/record/entries/{id}/proof': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/record/verify': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS, ...TOKEN],
    atFirm: [...FIRM],
  },
  'GET /api/verification-keys': 'public',
  'GET /api/organisations/{organisation}/home': {
    atClient: [...WORKERS, ...LEADERS, ...STAFF, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/portfolio': {
    atClient: [],
    atFirm: [...PREPARERS, 'firm.admin', 'firm.partner', 'firm.viewer'],
  },
  'GET /api/organisations/{organisation}/requirements': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/requirements/{group}': {
    atClient: [...WORKERS, ...LEADERS, ...AUDITOR, ...PREPARERS, ...ONLOOKERS],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/imports/targets': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/imports/mappings': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [...FIRM],
  },
  'PUT /api/organisations/{organisation}/imports/mappings': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'DELETE /api/organisations/{organisation}/imports/mappings/{id}': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/imports': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [...FIRM],
  },
  'POST /api/organisations/{organisation}/imports': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/imports/{id}': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [...FIRM],
  },
  'GET /api/organisations/{organisation}/imports/{id}/problems.csv': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: [...FIRM],
  },
  'PUT /api/organisations/{organisation}/imports/{id}/mapping': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'POST /api/organisations/{organisation}/imports/{id}/commit': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'POST /api/organisations/{organisation}/imports/{id}/cancel': {
    atClient: [...PREPARERS, 'client.aims_manager'],
    atFirm: ['firm.admin', 'firm.consultant', 'firm.lead', 'firm.partner'],
  },
  'GET /api/organisations/{organisation}/tokens': {
    atClient: ['client.aims_manager', 'client.technical_lead', 'client.top_management'],
    atFirm: [],
  },
  'POST /api/organisations/{organisation}/tokens': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'DELETE /api/organisations/{organisation}/tokens/{id}': {
    atClient: ['client.aims_manager', 'client.top_management'],
    atFirm: [],
  },
  'GET /api/organisations/{organisation}/webhooks': {
    atClient: WEBHOOK_READERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'POST /api/organisations/{organisation}/webhooks': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'GET /api/organisations/{organisation}/webhooks/{id}': {
    atClient: WEBHOOK_READERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'PATCH /api/organisations/{organisation}/webhooks/{id}': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'DELETE /api/organisations/{organisation}/webhooks/{id}': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'POST /api/organisations/{organisation}/webhooks/{id}/secret': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'POST /api/organisations/{organisation}/webhooks/{id}/tests': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'GET /api/organisations/{organisation}/webhooks/{id}/deliveries': {
    atClient: WEBHOOK_READERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'GET /api/organisations/{organisation}/webhooks/{id}/deliveries/{delivery}': {
    atClient: WEBHOOK_READERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
  'POST /api/organisations/{organisation}/webhooks/{id}/deliveries/{delivery}/resend': {
    atClient: WEBHOOK_MANAGERS,
    atFirm: FIRM_WEBHOOK_MANAGERS,
  },
};
