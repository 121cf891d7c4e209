/** The table behind each noun of an address that is followed by an id. */
export const TABLES: Readonly<Record<string, string>> = {
  'ai-systems': 'ai_system',
  decisions: 'decision',
  engagements: 'engagement',
  entries: 'record_event',
  evidence: 'evidence_item',
  exports: 'export',
  imports: 'import',
  invitations: 'invitation',
  members: 'member',
  monitors: 'monitor',
  runs: 'run',
  'saved-mappings': 'saved_mapping',

  tasks: 'task',
  tokens: 'service_token',
  views: 'saved_view',
  workflows: 'workflow_version',
};

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
  {
    path: 'invitations',
    body: () => ({ email: 'new@example.org', name: 'New', roles: ['client.staff'] }),
  },
];

function formData(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

/** A query or a body that the contract accepts, so that the service itself has to say no. */
export const SAMPLES: Readonly<
  Record<string, { readonly query?: string; readonly body?: object | (() => FormData) }>
> = {};
