/**
 * The table behind each noun of an address that is followed by an id; `table.column` where objects
 * are named by something else. Furniture gives each client one that only it has.
 */
export const TABLES: Readonly<Record<string, string>> = {
  absences: 'absence',
  'ai-systems': 'ai_system',
  'bulk-operations': 'bulk',
  decisions: 'decision',
  engagements: 'engagement',
  entries: 'record_event',
  evidence: 'evidence_item',
  exceptions: 'separation_exception',
  exports: 'export',
  imports: 'import',
  invitations: 'invitation',
  mappings: 'import_mapping',
  members: 'member',
  monitors: 'monitor',
  runs: 'run',

  'task-bulks': 'bulk',
  tasks: 'task',
  tokens: 'service_token',
  views: 'saved_view',
  webhooks: 'webhook',
  deliveries: 'webhook_delivery',
  'workflow-offers': 'workflow_offer',
  workflows: 'workflow_draft.key',
  'working-calendar': 'working_calendar',
};

/** What an address names without an id of an object. */
export const PLAIN: Readonly<Record<string, string>> = { requirements: '4' };

/** What every client is given through the API, so that each kind of object exists; given its AI system. */
export const FURNITURE: readonly {
  readonly path: string;
  readonly method?: string;
  readonly body: (aiSystemId: string) => object;
}[] = [
  {
    path: 'evidence',
    body: () => formData({ shows: 'A page', link: 'https://example.org/page' }),
  },
  {
    path: 'monitors',
    body: (aiSystemId) => ({
      aiSystemId,
      metric: 'MX-ACC',
      direction: 'at-least',
      breach: 0.9,
      every: 'month',
    }),
  },
  { path: 'ai-systems/views', method: 'PUT', body: () => ({ name: 'Live', query: 'stage=live' }) },
  { path: 'imports', body: () => formData({}, 'systems.csv', 'Name,Purpose\nA tool,Drafts\n') },
  {
    path: 'imports/mappings',
    method: 'PUT',
    body: () => ({ name: 'Ours', mapping: { columns: [{ column: 'Name', target: 'name' }] } }),
  },
  {
    path: 'workflows',
    body: (aiSystemId) => ({ name: `Check ${aiSystemId.slice(-12)}`, from: 'blank' }),
  },
  {
    path: 'task-bulks',
    body: () => ({ action: { kind: 'remind' }, tasks: { matching: { view: 'waiting' } } }),
  },
  { path: 'exports', body: (aiSystemId) => ({ aiSystemId }) },
  {
    path: 'bulk-operations',
    body: () => ({ action: { kind: 'remind' }, filter: {}, reason: 'It is time.' }),
  },
  {
    path: 'webhooks',
    body: () => ({ url: 'https://hooks.example.org/in', types: ['run.ended'] }),
  },
  {
    path: 'invitations',
    body: () => ({ email: 'new@example.org', name: 'New', roles: ['client.staff'] }),
  },
];

function formData(
  fields: Readonly<Record<string, string>>,
  fileName?: string,
  content = '',
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (fileName) form.append('file', new Blob([content], { type: 'text/csv' }), fileName);
  return form;
}

const O = '/api/organisations/{organisation}';
const RETRY = { kind: 'retry', key: 'describe#1' };
const MAPPING = { columns: [{ column: 'Name', target: 'name' }] };

/** A query or a body that the contract accepts, so that the service itself has to say no. */
export const SAMPLES: Readonly<
  Record<string, { readonly query?: string; readonly body?: object }>
> = {
  [`PATCH ${O}/ai-systems/{id}`]: { body: { purpose: 'Another purpose' } },
  [`POST ${O}/evidence/{id}/versions`]: { body: { link: 'https://example.org/newer' } },
  [`PATCH ${O}/members/{id}`]: { body: { roles: ['client.staff'] } },
  [`PATCH ${O}/engagements/{id}`]: { body: { scope: 'Everything' } },
  [`POST ${O}/monitors/{id}/measurements`]: {
    body: { windowFrom: '2026-10-01', windowTo: '2026-10-31', value: 1 },
  },
  [`POST ${O}/runs/{id}/cancel`]: { body: { reason: 'Not needed any more.' } },
  [`POST ${O}/runs/{id}/suspend`]: { body: { reason: 'Not now.' } },
  [`POST ${O}/runs/{id}/resume`]: { body: { reason: 'Go on.' } },
  [`POST ${O}/runs/{id}/remind`]: { body: {} },
  [`POST ${O}/runs/{id}/repairs`]: { body: { action: RETRY, reason: 'Again.', version: 1 } },
  [`POST ${O}/runs/{id}/repairs/preview`]: { body: { action: RETRY } },
  [`POST ${O}/runs/{id}/repairs/{repair}/turn-down`]: { body: { reason: 'No.' } },
  [`POST ${O}/ai-systems/{id}/signals`]: { body: { signal: 'retrained', id: 'build-1' } },
  [`PUT ${O}/tasks/{id}/draft`]: { body: { answers: {}, version: 0 } },
  [`POST ${O}/tasks/{id}/submit`]: { body: { answers: {} } },
  [`POST ${O}/tasks/{id}/decide`]: { body: { outcome: 'approve', reason: 'Seen.' } },
  [`POST ${O}/tasks/{id}/send-back`]: { body: { to: 'propose', reason: 'Again.' } },
  [`POST ${O}/tasks/{id}/assign`]: { body: { assignee: null } },
  [`PUT ${O}/workflows/{key}/draft`]: {
    body: {
      revision: 1,
      definition: { key: 'a', name: 'A check', purpose: '', steps: [] },
      layout: {},
    },
  },
  [`POST ${O}/workflows/{key}/draft/comments`]: { body: { text: 'Why this way?' } },
  [`PATCH ${O}/workflows/{key}/draft/comments/{id}`]: { body: { resolved: true } },
  [`POST ${O}/workflows/{key}/publications`]: { body: { revision: 1, note: 'As agreed.' } },
  [`GET ${O}/workflows/{key}/difference`]: { query: '?from=1&to=1' },
  [`POST ${O}/workflows/{key}/versions/{version}/retirement`]: { body: { reason: 'Wrong.' } },
  [`GET ${O}/workflows/{key}/adoption/{client}/difference`]: { query: '?version=1' },
  [`POST ${O}/workflows/{key}/offers`]: {
    body: { version: 1, clients: ['019b0000-0000-7000-8000-000000000000'] },
  },
  [`POST ${O}/workflows/{key}/offers/withdrawal`]: {
    body: { clients: ['019b0000-0000-7000-8000-000000000000'] },
  },
  [`POST ${O}/workflow-offers/{id}/acceptance`]: { body: {} },
  [`POST ${O}/workflow-offers/{id}/refusal`]: { body: { reason: 'Not for us.' } },
  [`POST ${O}/workflows/{key}/migrations`]: {
    body: { from: 1, to: 2, runs: 'all', reason: 'Better words.' },
  },
  [`POST ${O}/workflows/{key}/migrations/preview`]: { body: { from: 1, to: 2 } },
  [`PUT ${O}/workflows/{key}/cases`]: {
    body: { case: { name: 'A case', facts: {}, steps: [] } },
  },
  [`POST ${O}/workflows/{key}/simulations`]: { body: { of: 1, try: { cases: 'all' } } },
  [`POST ${O}/workflows/{key}/draft`]: { body: {} },
  [`POST ${O}/workflows/{key}/draft/editor`]: { body: {} },
  [`PUT ${O}/tasks/{id}/watch`]: { body: { watching: true } },
  [`POST ${O}/tasks/{id}/guest-links`]: {
    body: { name: 'Gil', email: 'gil@example.org', days: 7 },
  },
  [`POST ${O}/tasks/{id}/hold`]: { body: { reason: 'Later.' } },
  [`POST ${O}/tasks/{id}/delegate`]: {
    body: { to: '00000000-0000-7000-8000-000000000001', reason: 'Knows it.' },
  },
  [`POST ${O}/tasks/{id}/due`]: { body: { dueOn: '2099-01-04', reason: 'Later.' } },
  [`POST ${O}/task-bulks`]: {
    body: {
      action: { kind: 'remind' },
      tasks: { ids: ['00000000-0000-7000-8000-000000000001'] },
    },
  },
  [`PUT ${O}/mail-preferences`]: {
    body: { atOnce: ['late'], digest: 'daily', weekday: 1, hour: 8 },
  },
  [`POST ${O}/tasks/{id}/comments`]: { body: { text: 'Seen.' } },
  [`PATCH ${O}/webhooks/{id}`]: { body: { description: 'Another one' } },
  [`POST ${O}/webhooks/{id}/secret`]: { body: { endOldNow: true } },
  [`PUT ${O}/imports/{id}/mapping`]: { body: MAPPING },
  [`POST ${O}/imports/{id}/commit`]: { body: {} },
};
