import type { Condition, FactDeclaration } from '../expressions/condition.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import type { Field } from '../definition/form.ts';
import { outcome } from './samples.data.ts';

/** A definition with every word of the language, for specs of its parser, schema and checks. */

const yes: Condition = { fact: 'urgent', is: 'equal', value: true };
const conditions: Condition = {
  all: [
    { any: [yes, { fact: 'size', is: 'at-least', value: 3 }] },
    { not: { fact: 'level', is: 'in', value: ['low', 'high'] } },
    { fact: 'places', is: 'not-empty' },
    { cel: 'known(size)' },
  ],
};

const facts: readonly FactDeclaration[] = [
  { name: 'urgent', type: { kind: 'boolean' }, source: 'subject', description: 'Cannot wait.' },
  { name: 'size', type: { kind: 'number' }, source: 'subject' },
  { name: 'owner', type: { kind: 'person' }, source: 'subject' },
  { name: 'team', type: { kind: 'people' }, source: 'subject' },
  { name: 'golive', type: { kind: 'date' }, source: 'subject' },
  { name: 'title', type: { kind: 'text' }, source: 'form' },
  { name: 'story', type: { kind: 'text' }, source: 'form' },
  { name: 'sum', type: { kind: 'number' }, source: 'form' },
  { name: 'twice', type: { kind: 'number' }, source: 'form' },
  { name: 'likely', type: { kind: 'number' }, source: 'form' },
  { name: 'related', type: { kind: 'text' }, source: 'form' },
  { name: 'proof', type: { kind: 'evidence' }, source: 'form' },
  { name: 'level', type: { kind: 'choice', options: ['low', 'high'] }, source: 'form' },
  { name: 'places', type: { kind: 'choices', options: ['uk', 'eu'] }, source: 'form' },
  { name: 'risks', type: { kind: 'list', of: { what: { kind: 'text' } } }, source: 'form' },
  { name: 'tier', type: { kind: 'choice', options: ['low', 'high'] }, source: 'table' },
  { name: 'score', type: { kind: 'number' }, source: 'calculated' },
  { name: 'place', type: { kind: 'text' }, source: 'run' },
  { name: 'decided', type: { kind: 'text' }, source: 'run' },
  { name: 'decidedBy', type: { kind: 'person' }, source: 'run' },
  { name: 'called', type: { kind: 'text' }, source: 'run' },
  { name: 'vendor', type: { kind: 'text' }, source: 'run' },
  { name: 'reviews', type: { kind: 'list', of: { place: { kind: 'text' } } }, source: 'run' },
];

const common = { required: false } as const;
const fields: readonly Field[] = [
  { ...common, key: 'title', label: 'Title', type: 'text', maxLength: 80, hint: 'Short.' },
  { ...common, key: 'story', label: 'Story', type: 'longtext', why: 'Approvers read it.' },
  { ...common, key: 'sum', label: 'Sum', type: 'number', min: 0, max: 9, when: yes },
  {
    ...{ ...common, key: 'twice', label: 'Twice', type: 'calculated', gives: 'number' },
    value: { cel: 'sum * 2' },
  },
  {
    ...{ ...common, key: 'likely', label: 'Likely', type: 'scale', min: 1, max: 2 },
    labels: ['No', 'Yes'],
  },
  { ...common, key: 'related', label: 'Related', type: 'lookup', of: 'ai-system' },
  { ...common, key: 'proof', label: 'Proof', type: 'evidence' },
  {
    ...{ ...common, key: 'level', label: 'Level', type: 'select' },
    options: [{ key: 'low', label: 'Low' }],
  },
  {
    ...{ ...common, key: 'places', label: 'Places', type: 'multiselect' },
    options: [{ key: 'uk', label: 'UK' }],
  },
  {
    ...{ ...common, key: 'risks', label: 'Risks', type: 'repeat', itemName: 'risk' },
    ...{ minRows: 0, maxRows: 9, suggestions: [{ what: 'Bias' }] },
    fields: [{ ...common, key: 'what', label: 'What', type: 'text' }],
  },
];

const base = { stage: 'main', role: 'client.staff' } as const;
const twoDays = { amount: 2, unit: 'business-days' } as const;
const emptyForm = { sections: [] };

/** See above. */
export const everything: WorkflowDefinition = {
  ...{ key: 'WF-EVERYTHING', name: 'Everything', purpose: 'Shows the whole language.' },
  ...{ subject: 'ai-system', repairNeedsTwo: true, facts, start: 'describe' },
  stages: [{ key: 'main', name: 'Main' }],
  steps: [
    {
      ...{ ...base, type: 'form', id: 'describe', name: 'Describe', description: 'In words.' },
      ...{
        assignee: 'owner',
        assign: 'familiar',
        delegable: 'anyone',
        minutes: 20,
        requirements: ['6.1.2'],
      },
      ...{ evidence: ['The description'], roleFrom: { cel: 'urgent ? "client.approver" : ""' } },
      due: [{ when: yes, due: twoDays, pauses: false }, { due: { on: 'golive' } }],
      escalation: [
        { at: 50, action: 'remind' },
        { at: 80, action: 'tell', role: 'client.aims_manager' },
        { at: 100, action: 'reassign', role: 'client.aims_manager' },
      ],
      form: {
        sections: [{ key: 'all', title: 'All', intro: 'Answer.', when: yes, fields }],
        ...{ onePage: true, shows: ['urgent'] },
      },
      next: [{ to: 'score', when: conditions, label: 'Large' }, { to: 'score' }],
    },
    {
      ...{ type: 'check', id: 'score', stage: 'main', name: 'Work out', failed: 'describe' },
      set: [{ fact: 'score', value: { cel: 'orElse(sum, 0) + 1' } }],
      next: [{ to: 'tier' }],
    },
    {
      ...{ type: 'table', id: 'tier', stage: 'main', name: 'Set the tier', failed: 'describe' },
      table: {
        ...{ key: 'DT-TIER', name: 'Tier', hit: 'first', inputs: ['score'] },
        outputs: [
          { name: 'tier', type: { kind: 'choice', options: ['low', 'high'] }, source: 'table' },
        ],
        rules: [
          {
            when: { fact: 'score', is: 'above', value: 3 },
            then: { tier: 'high' },
            note: 'Much.',
          },
          { then: { tier: 'low' } },
        ],
      },
      next: [{ to: 'split' }],
    },
    {
      ...{ type: 'parallel', id: 'split', stage: 'main', name: 'Assess', join: 'joined' },
      branches: [
        { id: 'one', start: 'review', label: 'Review' },
        { id: 'two', start: 'buy', when: yes },
      ],
    },
    {
      ...{ ...base, type: 'task', id: 'review', name: 'Review each risk', form: emptyForm },
      when: { fact: 'risks', is: 'not-empty' },
      each: {
        ...{ over: 'places', as: 'place', order: 'one-by-one', collect: 'reviews' },
        enough: { count: 2 },
      },
      separation: [
        {
          ...{ id: 'SOD-01', parties: ['owner'], steps: ['describe'], when: yes },
          ...{ because: 'You own it.', waivable: 'micro' },
        },
      ],
      sendBackTo: ['describe'],
      next: [{ to: 'joined' }],
    },
    {
      ...{ type: 'sub-workflow', id: 'buy', stage: 'main', name: 'Ask', calls: 'WF-OTHER' },
      ...{ input: [{ ours: 'title', theirs: 'title' }], output: [], outcomeFact: 'called' },
      ...{ failed: 'out', undoneBy: 'undo-buy', next: [{ to: 'joined' }] },
    },
    {
      ...{ type: 'join', id: 'joined', stage: 'main', name: 'Assessed', closes: 'split' },
      ...{ enough: { when: yes }, next: [{ to: 'wait' }] },
    },
    {
      ...{ type: 'timer', id: 'wait', stage: 'main', name: 'Cool off', wait: twoDays },
      next: [{ to: 'answer' }],
    },
    {
      ...{ type: 'await', id: 'answer', stage: 'main', name: 'Wait for it', signal: 'vendor' },
      ...{ takes: [{ ours: 'vendor', theirs: 'answer' }], keptFor: twoDays },
      boundaries: [
        { id: 'late', label: 'Late', interrupts: false, to: 'remind', after: twoDays },
        {
          ...{ id: 'withdrawn', label: 'Withdrawn', interrupts: true, to: 'undo' },
          ...{ signal: 'withdrawn', takes: [{ ours: 'vendor', theirs: 'reason' }] },
        },
      ],
      next: [{ to: 'decide' }],
    },
    {
      ...{ type: 'tell', id: 'remind', stage: 'main', name: 'Tell', roles: ['client.staff'] },
      ...{ people: ['team'], title: 'Late', text: 'Still waiting.', next: [{ to: 'told' }] },
    },
    { type: 'path-end', id: 'told', stage: 'main', name: 'Told' },
    {
      ...{ ...base, type: 'approval', id: 'decide', name: 'Decide', role: 'client.approver' },
      ...{ question: 'Can {title} go live?', shows: ['title'], separation: [] },
      ...{ outcomeFact: 'decided', performer: 'decidedBy' },
      quorum: {
        seats: [
          { role: 'client.approver', count: 2 },
          { role: 'client.legal', count: 1 },
        ],
        ...{ needs: 2, veto: ['client.legal'], ordered: true, blind: false },
      },
      gate: [
        { key: 'proof', label: 'Proof', applies: yes, holds: yes, cure: 'Add proof.' },
        { key: 'size', label: 'Size', holds: { fact: 'size', is: 'known' }, cure: 'Say the size.' },
      ],
      due: [{ due: twoDays }],
      escalation: [{ at: 150, action: 'settle', outcome: 'no' }],
      outcomes: [
        outcome('yes', 'approve', 'send'),
        outcome('changes', 'ask-for-changes', 'describe'),
        outcome('no', 'reject', 'undo'),
        outcome('stop', 'stop', 'out', { when: yes }),
      ],
    },
    {
      ...{ type: 'signal', id: 'send', stage: 'main', name: 'Say so', signal: 'decided' },
      ...{ to: 'organisation', facts: [{ ours: 'title', theirs: 'title' }] },
      next: [{ to: 'live' }],
    },
    { ...{ type: 'undo', id: 'undo', stage: 'main', name: 'Undo' }, next: [{ to: 'out' }] },
    {
      ...{ ...base, type: 'task', id: 'undo-buy', name: 'Cancel the order', form: emptyForm },
      next: [{ to: 'undo' }],
    },
    {
      ...{ type: 'end', id: 'live', stage: 'main', name: 'Live', outcome: 'live' },
      writes: [{ field: 'stage', value: { cel: '"live"' } }],
    },
    { type: 'end', id: 'out', stage: 'main', name: 'Out', outcome: 'out' },
  ],
};

/** Words that the definition above cannot show beside the others. */
export const alsoSaid: readonly WorkflowDefinition[] = [
  {
    ...everything,
    steps: everything.steps.map((step) => {
      if (step.type === 'undo') return { ...step, steps: ['buy'] };
      if (step.type === 'join') return { ...step, enough: { count: 1 } };
      if (step.id === 'describe' && step.type === 'form') {
        const escalation = [{ at: 100, action: 'reassign', assignee: 'owner' }] as const;
        return { ...step, escalation };
      }
      if (step.type === 'approval') {
        const { quorum: _, ...plain } = step;
        const outputs = [
          { name: 'role', type: { kind: 'text' }, source: 'table' },
        ] as const satisfies readonly FactDeclaration[];
        const rules = [{ then: { role: 'client.approver' } }];
        const table = {
          key: 'DT-A',
          name: 'Who',
          hit: 'first',
          inputs: [],
          outputs,
          rules,
        } as const;
        return { ...plain, approvers: table };
      }
      return step;
    }),
  },
];
