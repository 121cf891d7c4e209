import type { MemberRole } from '@plumbline/policies';

/** A person of the demo and what they are in their organisation. */
export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly MemberRole[];
}

/** An organisation of the demo. */
export interface DemoOrganisation {
  readonly slug: string;
  readonly name: string;
  readonly headcount: number;
  readonly scopeStatement: string;
  readonly aiRoles: readonly string[];
  readonly people: readonly DemoPerson[];
}

/** A client: who lets the firm in, and for what. */
export interface DemoClient extends DemoOrganisation {
  readonly grantedBy: string;
  readonly engagement: string;
  /** The firm's people who work there; null for all of its advisers. */
  readonly advisers: readonly string[] | null;
}

/** The password of every person of the demo. Public, so the demo refuses to run in production. */
export const DEMO_PASSWORD = 'plumb-line-demo-2026';

const at =
  (domain: string) =>
  (name: string, ...roles: MemberRole[]) => ({
    name,
    email: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@${domain}.example`,
    roles,
  });
const harbour = at('harbour');
const northgate = at('northgate');
const bluelight = at('bluelight');
const fernhill = at('fernhill');

/** The advisory firm. */
export const DEMO_FIRM: DemoOrganisation = {
  slug: 'harbour',
  name: 'Harbour & Co',
  headcount: 14,
  scopeStatement: 'AI governance advice for small and medium organisations.',
  aiRoles: ['partner'],
  people: [
    harbour('Ana Ruiz', 'firm.lead'),
    harbour('Marcus Hale', 'firm.partner'),
    harbour('Joan Byrne', 'firm.admin'),
    harbour('Leo Park', 'firm.consultant'),
    harbour('Ines Duarte', 'firm.auditor'),
    harbour('Nils Berg', 'firm.viewer'),
  ],
};

/** Its clients: a food maker with somebody in every role, a care provider, a software supplier. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  {
    slug: 'northgate',
    name: 'Northgate Foods',
    headcount: 180,
    scopeStatement:
      'AI used in purchasing, quality control, customer service and staff management.',
    aiRoles: ['customer'],
    grantedBy: 'Helen Marsh',
    engagement: 'Set up and run the AI management system until certification.',
    advisers: null,
    people: [
      northgate('Helen Marsh', 'client.top_management'),
      northgate('Priya Shah', 'client.approver'),
      northgate('Mei Tan', 'client.approver'),
      northgate('Daniel Okoye', 'client.aims_manager'),
      northgate('Tom Reid', 'client.system_owner'),
      northgate('Ruth Lindqvist', 'client.risk_owner'),
      northgate('Sam Whitfield', 'client.technical_lead'),
      northgate('Farah Aziz', 'client.validator'),
      northgate('Oliver Banks', 'client.data_lead'),
      northgate('Grace Kim', 'client.security_lead'),
      northgate('Edward Nash', 'client.legal'),
      northgate('Bea Costa', 'client.supplier_manager'),
      northgate('Jamal Wright', 'client.overseer'),
      northgate('Nora Keane', 'client.incident_lead'),
      northgate('Viktor Hahn', 'client.internal_auditor'),
      northgate('Alice Moore', 'client.document_owner'),
      northgate('Ben Carter', 'client.staff'),
      at('certbody')('Karin Vogt', 'ext.cert_auditor'),
    ],
  },
  {
    slug: 'bluelight',
    name: 'Bluelight Care',
    headcount: 46,
    scopeStatement: 'AI that supports rostering, care notes and calls from families.',
    aiRoles: ['customer'],
    grantedBy: 'Moira Flynn',
    engagement: 'Assess the AI in use and prepare the first management review.',
    advisers: ['Ana Ruiz', 'Leo Park', 'Marcus Hale'],
    people: [
      bluelight('Moira Flynn', 'client.top_management'),
      bluelight('Yusuf Demir', 'client.aims_manager'),
      bluelight('Clare Osei', 'client.approver'),
      bluelight('Hugo Brandt', 'client.approver'),
      bluelight('Dev Malik', 'client.system_owner'),
      bluelight('Sofia Rossi', 'client.risk_owner'),
      bluelight('Lena Fox', 'client.technical_lead'),
      bluelight('Peter Novak', 'client.validator'),
      bluelight('Anya Petrova', 'client.data_lead', 'client.document_owner'),
      bluelight('Omar Haddad', 'client.security_lead', 'client.incident_lead'),
      bluelight('Judith Blake', 'client.legal', 'client.supplier_manager'),
      bluelight('Carla Mendes', 'client.overseer'),
      bluelight('Stefan Wolf', 'client.internal_auditor'),
      bluelight('Isla Grant', 'client.staff'),
    ],
  },
  {
    slug: 'fernhill',
    name: 'Fernhill Software',
    headcount: 38,
    scopeStatement: 'The AI features of our planning software, and the AI that we use ourselves.',
    aiRoles: ['producer', 'provider'],
    grantedBy: 'Jo Tanaka',
    engagement: 'Prepare for certification.',
    advisers: ['Ana Ruiz', 'Leo Park'],
    people: [
      fernhill('Jo Tanaka', 'client.top_management'),
      fernhill('Amara Diallo', 'client.aims_manager'),
      fernhill('Ravi Menon', 'client.approver'),
      fernhill('Elsa Holm', 'client.approver'),
      fernhill('Rob Ellis', 'client.system_owner'),
      fernhill('Tessa Quinn', 'client.risk_owner'),
      fernhill('Kit Larsen', 'client.technical_lead'),
      fernhill('Dana Weiss', 'client.validator'),
      fernhill('Luca Ferri', 'client.data_lead', 'client.document_owner'),
      fernhill('Mina Sato', 'client.security_lead', 'client.incident_lead'),
      fernhill('Hal Pryce', 'client.legal', 'client.supplier_manager'),
      fernhill('Zoe Adams', 'client.overseer'),
      fernhill('Paul Renard', 'client.internal_auditor'),
      fernhill('Ada Cole', 'client.staff'),
    ],
  },
];
