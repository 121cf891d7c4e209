/** A known shape of inventory, recognised by columns that it alone has, and how it is mapped. */
export interface Recipe {
  readonly name: string;
  readonly recognisedBy: readonly string[];
  readonly columns: Readonly<
    Record<
      string,
      { readonly target: string; readonly values?: Readonly<Record<string, string | null>> }
    >
  >;
  readonly identity: readonly string[];
}

/** Inventories of public bodies in the shape of the United States' federal one of 2024. */
const federal2024: Recipe = {
  name: 'Federal AI use case inventory, 2024',
  recognisedBy: [
    'Use Case Name',
    'Agency',
    'Bureau',
    'Stage of Development',
    'Is the AI use case rights-impacting, safety-impacting, both, or neither?',
  ],
  identity: ['Agency', 'Bureau', 'Use Case Name'],
  columns: {
    'Use Case Name': { target: 'name' },
    Agency: { target: 'organisation' },
    'What is the intended purpose and expected benefits of the AI?': { target: 'purpose' },
    'Stage of Development': {
      target: 'stage',
      values: {
        Ideation: 'proposed',
        Planned: 'proposed',
        Initiated: 'proposed',
        'Acquisition and/or Development': 'assessing',
        'Implementation and Assessment': 'pilot',
        'Operation and Maintenance': 'live',
        'In production': 'live',
        'In mission': 'live',
        Retired: 'retired',
        'Research or Administrative Action Complete': 'retired',
      },
    },
    'Is the AI use case rights-impacting, safety-impacting, both, or neither?': {
      target: 'impacting',
      values: {
        'Rights-impacting': 'rights',
        'Safety-impacting': 'safety',
        Both: 'both',
        Neither: 'neither',
        'Case-by-case assessment': 'unknown',
        'No, use case is too new to fully assess impacts; will be reassessed before end of initiation stage.':
          'unknown',
        'No, use case is too new to fully assess impacts; will be reassessed before end of acquisition and development stage.':
          'unknown',
      },
    },
  },
};

export const recipes: readonly Recipe[] = [federal2024];

/** Names under which other registers keep what we keep, for suggestions. */
export const synonyms: Readonly<Record<string, readonly string[]>> = {
  name: [
    'name',
    'system name',
    'ai system',
    'ai system name',
    'use case',
    'use case name',
    'title',
    'tool',
  ],
  purpose: ['purpose', 'intended purpose', 'description', 'use', 'summary', 'intended use'],
  kind: ['kind', 'type', 'kind of ai', 'ai type', 'type of ai', 'system type'],
  orgRole: ['our role', 'ai role', 'organisation role'],
  euRole: ['eu role', 'ai act role', 'eu ai act role'],
  owner: [
    'owner',
    'system owner',
    'business owner',
    'responsible',
    'responsible person',
    'owner email',
  ],
  overseer: ['overseer', 'human overseer', 'oversight'],
  supplier: ['supplier', 'vendor', 'provider', 'manufacturer', 'model provider', 'developer'],
  modelVersion: ['model', 'model version', 'version', 'model and version'],
  affectedGroups: ['people affected', 'affected groups', 'affected people', 'users affected'],
  volume: ['volume', 'people per year', 'number of people affected'],
  dataKinds: ['data', 'data used', 'data types', 'data categories', 'data kinds'],
  jurisdictions: ['jurisdiction', 'jurisdictions', 'country', 'countries', 'where used', 'region'],
  businessCase: ['business case', 'benefit', 'benefits', 'why ai'],
  targetDate: ['go live', 'go-live date', 'target date', 'planned date', 'wanted go-live'],
  stage: ['stage', 'status', 'lifecycle stage', 'state', 'phase', 'development stage'],
  tier: ['tier', 'risk tier', 'risk class', 'risk level', 'risk category'],
  organisation: [
    'client',
    'company',
    'organisation',
    'organization',
    'entity',
    'agency',
    'legal entity',
  ],
  'external-id': [
    'id',
    'external id',
    'identifier',
    'ref',
    'reference',
    'system id',
    'use case id',
  ],
};
