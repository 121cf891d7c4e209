import type { Step } from '@plumbline/workflow-engine';
import { UNWRITTEN } from '../model/connect.ts';
import { freeName } from '../model/design.ts';
import type { ListProperty, Property, Variant } from './property.ts';

/** A group of properties under a heading `group.<key>`; the first of a step starts open. */
export interface Group {
  readonly key: string;
  readonly properties: readonly Property[];
}

const keysOf = (taken: readonly Readonly<Record<string, unknown>>[], key: string): string[] =>
  taken.map((item) => {
    const name = item[key];
    return typeof name === 'string' ? name : '';
  });

const firstDue = { amount: 5, unit: 'business-days' } as const;
const person = ['person', 'people'];

const next: ListProperty = {
  ...{ key: 'next', kind: 'list' },
  item: [
    { key: 'to', kind: 'step' },
    { key: 'when', kind: 'condition', optional: true },
    { key: 'label', kind: 'text', optional: true, label: 'wayLabel' },
  ],
  make: (taken, here) => (taken.length === 0 ? { to: here } : { to: here, when: UNWRITTEN }),
};

const takes = (key: string, optional = false): ListProperty => ({
  ...{ key, kind: 'list', label: key },
  ...(optional && { optional }),
  item: [
    { key: 'ours', kind: 'fact' },
    { key: 'theirs', kind: 'text' },
  ],
  make: () => ({ ours: '', theirs: '' }),
});

const dueVariants: readonly Variant[] = [
  {
    name: 'for-a-time',
    is: (value) => !('on' in value),
    make: () => firstDue,
    of: [
      { key: 'amount', kind: 'number' },
      {
        ...{ key: 'unit', kind: 'choice' },
        options: ['business-days', 'business-hours', 'calendar-days'],
      },
    ],
  },
  {
    name: 'on-a-date',
    is: (value) => 'on' in value,
    make: () => ({ on: '' }),
    of: [{ key: 'on', kind: 'fact', of: ['date'] }],
  },
];

const due: ListProperty = {
  ...{ key: 'due', kind: 'list', optional: true },
  item: [
    { key: 'when', kind: 'condition', optional: true },
    { key: 'due', kind: 'variant', label: 'dueIs', variants: dueVariants },
    { key: 'pauses', kind: 'choice', optional: true, options: ['true', 'false'] },
  ],
  make: () => ({ due: firstDue }),
};

const at = { key: 'at', kind: 'number' } as const;
const levels: readonly Variant[] = [
  {
    name: 'remind',
    is: ({ action }) => action === 'remind',
    make: (value) => ({ at: value['at'], action: 'remind' }),
    of: [at],
  },
  {
    name: 'tell',
    is: ({ action }) => action === 'tell',
    make: (value) => ({ at: value['at'], action: 'tell', role: 'client.aims_manager' }),
    of: [at, { key: 'role', kind: 'role', label: 'tellRole' }],
  },
  {
    name: 'reassign',
    is: ({ action }) => action === 'reassign',
    make: (value) => ({ at: value['at'], action: 'reassign', role: 'client.aims_manager' }),
    of: [
      at,
      { key: 'role', kind: 'role', optional: true },
      { key: 'assignee', kind: 'fact', optional: true, of: person },
    ],
  },
  {
    name: 'settle',
    is: ({ action }) => action === 'settle',
    make: (value) => ({ at: value['at'], action: 'settle', outcome: '' }),
    of: [at, { key: 'outcome', kind: 'text', label: 'settleBy' }],
  },
];
const escalation: ListProperty = {
  ...{ key: 'escalation', kind: 'list', optional: true },
  item: [{ key: '', kind: 'variant', label: 'action', variants: levels }],
  make: () => ({ at: 50, action: 'remind' }),
};

const enough: Property = {
  ...{ key: 'enough', kind: 'variant', optional: true },
  variants: [
    {
      name: 'so-many',
      is: (value) => 'count' in value,
      make: () => ({ count: 1 }),
      of: [{ key: 'count', kind: 'number' }],
    },
    {
      name: 'when-it-holds',
      is: (value) => 'when' in value,
      make: () => ({ when: UNWRITTEN }),
      of: [{ key: 'when', kind: 'condition' }],
    },
  ],
};

const each: Property = {
  ...{ key: 'each', kind: 'record', optional: true },
  make: () => ({ over: '', as: '', order: 'together' }),
  of: [
    { key: 'over', kind: 'fact', of: ['people', 'choices', 'evidence', 'list'] },
    { key: 'as', kind: 'fact' },
    { key: 'order', kind: 'choice', options: ['together', 'one-by-one'], label: 'eachOrder' },
    { key: 'collect', kind: 'text', optional: true },
    enough,
  ],
};

const boundary = [
  { key: 'label', kind: 'text' },
  { key: 'interrupts', kind: 'yes' },
  { key: 'to', kind: 'step' },
] as const;
const boundaries: ListProperty = {
  ...{ key: 'boundaries', kind: 'list', optional: true },
  by: 'id',
  item: [
    ...boundary,
    {
      ...{ key: '', kind: 'variant', label: 'happens' },
      variants: [
        {
          name: 'time-passes',
          is: (value) => 'after' in value,
          make: ({ signal: _signal, takes: _takes, ...rest }) => ({ ...rest, after: firstDue }),
          of: [{ key: 'after', kind: 'due' }],
        },
        {
          name: 'signal-comes',
          is: (value) => 'signal' in value,
          make: ({ after: _after, ...rest }) => ({ ...rest, signal: '' }),
          of: [{ key: 'signal', kind: 'text' }, takes('takes', true)],
        },
      ],
    },
  ],
  make: (taken, here) => ({
    id: freeName('boundary', keysOf(taken, 'id')),
    ...{ label: '', interrupts: true, to: here, after: firstDue },
  }),
};

const separation = (optional: boolean): ListProperty => ({
  ...{ key: 'separation', kind: 'list' },
  ...(optional && { optional }),
  item: [
    { key: 'id', kind: 'text', label: 'rule' },
    { key: 'parties', kind: 'facts', optional: true, of: person },
    { key: 'steps', kind: 'steps', optional: true, label: 'apartFrom' },
    { key: 'because', kind: 'longtext' },
    { key: 'waivable', kind: 'choice', options: ['never', 'micro'] },
    { key: 'when', kind: 'condition', optional: true },
  ],
  make: () => ({ id: 'SOD-01', steps: [], because: '', waivable: 'never' }),
});

const outcomes: ListProperty = {
  ...{ key: 'outcomes', kind: 'list', by: 'key' },
  item: [
    { key: 'label', kind: 'text' },
    {
      ...{ key: 'effect', kind: 'choice' },
      options: ['approve', 'approve-with-conditions', 'ask-for-changes', 'reject', 'stop'],
    },
    { key: 'to', kind: 'step' },
    { key: 'consequence', kind: 'longtext' },
    { key: 'reasonRequired', kind: 'yes' },
    { key: 'when', kind: 'condition', optional: true, label: 'offeredWhen' },
    { key: 'key', kind: 'text', label: 'outcomeKey' },
  ],
  make: (taken, here) => ({
    key: freeName('outcome', keysOf(taken, 'key')),
    ...{ label: '', effect: 'reject', to: here, reasonRequired: true, consequence: '' },
  }),
};

const gate: ListProperty = {
  ...{ key: 'gate', kind: 'list', optional: true, by: 'key' },
  item: [
    { key: 'label', kind: 'text', label: 'gateLabel' },
    { key: 'holds', kind: 'condition' },
    { key: 'cure', kind: 'longtext' },
    { key: 'applies', kind: 'condition', optional: true },
  ],
  make: (taken) => ({
    key: freeName('condition', keysOf(taken, 'key')),
    ...{ label: '', holds: UNWRITTEN, cure: '' },
  }),
};

const quorum: Property = {
  ...{ key: 'quorum', kind: 'record', optional: true },
  make: () => ({ seats: [{ role: 'client.approver', count: 2 }], needs: 'all' }),
  of: [
    {
      ...{ key: 'seats', kind: 'list' },
      item: [
        { key: 'role', kind: 'role', label: 'seatRole' },
        { key: 'count', kind: 'number', label: 'seatCount' },
      ],
      make: () => ({ role: 'client.approver', count: 1 }),
    },
    { key: 'needs', kind: 'choice', options: ['any', 'all', 'number'] },
    { key: 'veto', kind: 'roles', optional: true },
    { key: 'ordered', kind: 'yes', optional: true },
    { key: 'blind', kind: 'yes', optional: true },
  ],
};

const branches: ListProperty = {
  ...{ key: 'branches', kind: 'list', by: 'id' },
  item: [
    { key: 'label', kind: 'text', optional: true, label: 'branchLabel' },
    { key: 'start', kind: 'step' },
    { key: 'when', kind: 'condition', optional: true, label: 'branchWhen' },
  ],
  make: (taken, here) => ({ id: freeName('branch', keysOf(taken, 'id')), start: here, label: '' }),
};

const about: readonly Property[] = [
  { key: 'name', kind: 'text' },
  { key: 'stage', kind: 'stage' },
  { key: 'description', kind: 'longtext', optional: true },
];
const proof: Group = {
  key: 'proof',
  properties: [
    { key: 'requirements', kind: 'texts', optional: true },
    { key: 'evidence', kind: 'texts', optional: true },
  ],
};
const skip: Property = { key: 'when', kind: 'condition', optional: true, label: 'skipUnless' };
const undoneBy: Property = { key: 'undoneBy', kind: 'step', optional: true };
const failed: Property = { key: 'failed', kind: 'step', optional: true };
const people: readonly Property[] = [
  { key: 'role', kind: 'role' },
  { key: 'assignee', kind: 'fact', optional: true, of: person },
  {
    ...{ key: 'assign', kind: 'choice', optional: true },
    options: ['least-loaded', 'round-robin', 'familiar'],
  },
  { key: 'roleFrom', kind: 'cel', optional: true },
  { key: 'performer', kind: 'text', optional: true },
];
const time: Group = {
  key: 'time',
  properties: [due, escalation, { key: 'minutes', kind: 'number', optional: true }],
};
const boundaryGroup: Group = { key: 'boundaries', properties: [boundaries] };
const ways = (...more: readonly Property[]): Group => ({
  key: 'ways',
  properties: [next, ...more, skip],
});

/** Every property of a kind of step, in groups, the most used first. */
export function groupsOf(type: Step['type']): readonly Group[] {
  const first = (...more: readonly Property[]): Group => ({
    key: 'about',
    properties: [...about, ...more],
  });
  switch (type) {
    case 'form':
    case 'task':
      return [
        first(...people.slice(0, 1)),
        ways({ key: 'sendBackTo', kind: 'steps', optional: true }),
        time,
        { key: 'people', properties: people.slice(1) },
        { key: 'each', properties: [each] },
        { key: 'separation', properties: [separation(true)] },
        boundaryGroup,
        proof,
        { key: 'undoing', properties: [undoneBy] },
      ];
    case 'approval':
      return [
        first({ key: 'question', kind: 'text' }, ...people.slice(0, 1)),
        { key: 'outcomes', properties: [outcomes, { ...skip }] },
        { key: 'quorum', properties: [quorum] },
        { key: 'gate', properties: [gate, { key: 'shows', kind: 'facts' }] },
        time,
        { key: 'separation', properties: [separation(false)] },
        {
          key: 'people',
          properties: [
            ...people.slice(1),
            { key: 'outcomeFact', kind: 'text', optional: true, label: 'outcomeFact' },
          ],
        },
        boundaryGroup,
        proof,
        { key: 'undoing', properties: [undoneBy] },
      ];
    case 'check':
      return [
        first({
          ...{ key: 'set', kind: 'list', optional: true },
          item: [
            { key: 'fact', kind: 'fact', label: 'sets' },
            { key: 'value', kind: 'cel' },
          ],
          make: () => ({ fact: '', value: { cel: '' } }),
        }),
        ways(failed),
        proof,
        { key: 'undoing', properties: [undoneBy] },
      ];
    case 'table':
      return [first(), ways(failed), proof];
    case 'timer':
      return [first({ key: 'wait', kind: 'due' }), ways(), boundaryGroup, proof];
    case 'await':
      return [
        first({ key: 'signal', kind: 'text' }, takes('takes', true), {
          key: 'keptFor',
          kind: 'due',
          optional: true,
        }),
        ways(),
        boundaryGroup,
        proof,
      ];
    case 'signal':
      return [
        first(
          { key: 'signal', kind: 'text' },
          { key: 'to', kind: 'choice', options: ['ai-system', 'organisation'], label: 'sendTo' },
          { ...takes('facts', true), label: 'sentFacts' },
        ),
        ways(),
        proof,
      ];
    case 'tell':
      return [
        first(
          { key: 'roles', kind: 'roles', optional: true },
          { key: 'people', kind: 'facts', optional: true, of: person },
          { key: 'title', kind: 'text' },
          { key: 'text', kind: 'longtext' },
        ),
        ways(),
        proof,
        { key: 'undoing', properties: [undoneBy] },
      ];
    case 'sub-workflow':
      return [
        first({ key: 'calls', kind: 'workflow' }, takes('input'), takes('output'), {
          key: 'outcomeFact',
          kind: 'text',
          label: 'childOutcome',
        }),
        ways(failed),
        { key: 'each', properties: [each] },
        boundaryGroup,
        proof,
        { key: 'undoing', properties: [undoneBy] },
      ];
    case 'parallel':
      return [first(branches), { key: 'ways', properties: [skip] }, proof];
    case 'join':
      return [first(enough), { key: 'ways', properties: [next] }, proof];
    case 'undo':
      return [
        first({ key: 'steps', kind: 'steps', optional: true, label: 'undoSteps' }),
        ways(),
        proof,
      ];
    case 'path-end':
      return [first(), proof];
    case 'end':
      return [
        first(
          { key: 'outcome', kind: 'text', label: 'ending' },
          {
            ...{ key: 'writes', kind: 'list', optional: true },
            item: [
              { key: 'field', kind: 'text' },
              { key: 'value', kind: 'cel' },
            ],
            make: () => ({ field: '', value: { cel: '' } }),
          },
        ),
        proof,
      ];
  }
}
