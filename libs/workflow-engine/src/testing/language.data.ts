import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { aDefinition, approval, end, outcome, task } from './samples.data.ts';

/** Every construct of the language at least once, for specs that must know all of them. */
const steps: readonly Step[] = [
  task('begin', 'collect', {
    description: 'Starts it.',
    form: {
      sections: [
        {
          ...{ key: 'first', title: 'First' },
          fields: [
            { key: 'score', label: 'Score', type: 'number', required: true, min: 0, max: 30 },
          ],
        },
      ],
    },
    requirements: ['6.1.2', 'A.5.2'],
    evidence: ['A note'],
    roleFrom: { cel: 'tier == "high" ? "client.risk_owner" : "client.staff"' },
    assign: 'least-loaded',
    minutes: 20,
    due: [
      { when: { fact: 'tier', is: 'equal', value: 'high' }, due: { on: 'startDate' } },
      { due: { amount: 3, unit: 'business-days' }, pauses: false },
    ],
    escalation: [
      { at: 50, action: 'remind' },
      { at: 100, action: 'tell', role: 'client.aims_manager' },
      { at: 150, action: 'reassign', role: 'client.risk_owner' },
      { at: 200, action: 'reassign', assignee: 'owner' },
    ],
    boundaries: [
      {
        ...{ id: 'late', label: 'Nobody answers', interrupts: false, to: 'nudge' },
        after: { amount: 1, unit: 'calendar-days' },
      },
      {
        ...{ id: 'gone', label: 'Withdrawn', interrupts: true, to: 'stopped' },
        ...{ signal: 'withdrawn', takes: [{ ours: 'note', theirs: 'why' }] },
      },
    ],
    undoneBy: 'clear',
    sendBackTo: [],
  }),
  {
    ...{ type: 'form', id: 'collect', stage: 'main', name: 'Collect answers' },
    ...{ role: 'client.staff', assignee: 'owner', performer: 'describedBy' },
    each: {
      ...{ over: 'reviewers', as: 'reviewer', order: 'together', collect: 'answers' },
      enough: { count: 2 },
    },
    form: {
      onePage: true,
      shows: ['tier'],
      sections: [
        {
          ...{ key: 'main', title: 'Main', intro: 'All of it.' },
          when: { fact: 'tier', is: 'known' },
          fields: [
            { key: 'name', label: 'Name', type: 'text', required: true, maxLength: 80, hint: 'H' },
            { key: 'score', label: 'Score', type: 'number', required: false, min: 0, max: 9 },
            {
              ...{ key: 'level', label: 'Level', type: 'select', required: true, why: 'W' },
              options: [
                { key: 'low', label: 'Low' },
                { key: 'high', label: 'High' },
              ],
            },
            {
              ...{ key: 'scale', label: 'Scale', type: 'scale', required: true, min: 1, max: 2 },
              labels: ['Rare', 'Often'],
            },
            {
              ...{ key: 'double', label: 'Double', type: 'calculated', required: false },
              ...{ value: { cel: 'score * 2' }, gives: 'number' },
            },
            { key: 'other', label: 'Other', type: 'lookup', of: 'ai-system', required: false },
          ],
        },
        {
          ...{ key: 'more', title: 'More' },
          fields: [
            {
              ...{
                key: 'risks',
                label: 'Risks',
                type: 'repeat',
                required: false,
                itemName: 'risk',
              },
              ...{ minRows: 0, maxRows: 5, suggestions: [{ title: 'Bias' }] },
              fields: [{ key: 'title', label: 'Title', type: 'text', required: true }],
              when: { fact: 'score', is: 'above', value: 3 },
            },
          ],
        },
      ],
    },
    separation: [
      {
        ...{ id: 'SOD-05', parties: ['owner'], steps: ['begin'], waivable: 'micro' },
        ...{ because: 'You own it.', when: { fact: 'tier', is: 'known' } },
      },
    ],
    sendBackTo: ['begin'],
    next: [{ to: 'work-out', when: { cel: 'score > 3' }, label: 'High' }, { to: 'split' }],
  },
  {
    ...{ type: 'check', id: 'work-out', stage: 'main', name: 'Work it out', failed: 'stopped' },
    ...{
      set: [
        { fact: 'score', value: { cel: 'score + 1' } },
        { fact: 'note', value: { cel: '"worked out"' } },
      ],
      undoneBy: 'clear',
    },
    next: [{ to: 'split' }],
  },
  {
    ...{ type: 'parallel', id: 'split', stage: 'main', name: 'Both', join: 'met' },
    branches: [
      { id: 'left', start: 'pause', label: 'Left', when: { fact: 'tier', is: 'known' } },
      { id: 'right', start: 'hear' },
    ],
  },
  {
    ...{ type: 'timer', id: 'pause', stage: 'main', name: 'Pause' },
    ...{ wait: { amount: 2, unit: 'business-hours' }, next: [{ to: 'met' }] },
  },
  {
    ...{ type: 'await', id: 'hear', stage: 'main', name: 'Hear', signal: 'heard' },
    ...{ takes: [{ ours: 'note', theirs: 'text' }], keptFor: { amount: 3, unit: 'calendar-days' } },
    next: [{ to: 'met' }],
  },
  {
    ...{ type: 'join', id: 'met', stage: 'main', name: 'Met', closes: 'split' },
    ...{ enough: { when: { fact: 'tier', is: 'equal', value: 'high' } }, next: [{ to: 'tier' }] },
  },
  {
    ...(approval.steps.find(({ id }) => id === 'tier') as Step & { readonly type: 'table' }),
    ...{ failed: 'stopped', next: [{ to: 'call' }] },
  },
  {
    ...{ type: 'sub-workflow', id: 'call', stage: 'main', name: 'Classify', calls: 'WF-CLASSIFY' },
    ...{ failed: 'stopped', outcomeFact: 'outcome', undoneBy: 'clear' },
    input: [{ theirs: 'title', ours: 'name' }],
    output: [{ ours: 'note', theirs: 'class' }],
    next: [{ to: 'send' }],
  },
  {
    ...{ type: 'signal', id: 'send', stage: 'main', name: 'Send', signal: 'done', to: 'ai-system' },
    ...{ facts: [{ ours: 'note', theirs: 'note' }], next: [{ to: 'agree' }] },
  },
  {
    ...(approval.steps.find(({ id }) => id === 'decide') as Step & { readonly type: 'approval' }),
    ...{ id: 'agree', name: 'Agree', undoneBy: 'clear' },
    quorum: {
      seats: [
        { role: 'client.approver', count: 2 },
        { role: 'client.top_management', count: 1 },
      ],
      ...{ needs: 2, veto: ['client.top_management'], ordered: true, blind: true },
    },
    escalation: [{ at: 100, action: 'settle', outcome: 'no' }],
    outcomes: [
      outcome('yes', 'approve', 'done', { label: 'Yes' }),
      outcome('no', 'reject', 'take-back', { when: { not: { fact: 'tier', is: 'unknown' } } }),
    ],
  },
  {
    ...{ type: 'undo', id: 'take-back', stage: 'main', name: 'Take back', steps: ['begin'] },
    next: [{ to: 'stopped' }],
  },
  {
    ...{ type: 'tell', id: 'clear', stage: 'main', name: 'Clear', roles: ['client.staff'] },
    ...{ people: ['owner'], title: 'Cleared', text: '{name} is cleared.' },
    next: [{ to: 'take-back' }],
  },
  {
    ...{ type: 'tell', id: 'nudge', stage: 'main', name: 'Nudge', roles: ['client.staff'] },
    ...{ title: 'Please answer', text: 'Somebody waits.', next: [{ to: 'nudged' }] },
  },
  { type: 'path-end', id: 'nudged', stage: 'main', name: 'Nudged' },
  {
    ...{ type: 'end', id: 'done', stage: 'main', name: 'Done', outcome: 'done' },
    writes: [
      { field: 'tier', value: { cel: 'tier' } },
      { field: 'note', value: { cel: 'note' } },
    ],
  },
  end('stopped'),
];

export const language: WorkflowDefinition = {
  ...aDefinition('begin', steps, [
    ...approval.facts,
    { name: 'startDate', type: { kind: 'date' }, source: 'subject', description: 'The first day.' },
    { name: 'note', type: { kind: 'text' }, source: 'run' },
    { name: 'level', type: { kind: 'choice', options: ['low', 'high'] }, source: 'form' },
    { name: 'scale', type: { kind: 'number' }, source: 'form' },
    { name: 'double', type: { kind: 'number' }, source: 'form' },
    { name: 'other', type: { kind: 'text' }, source: 'form' },
    { name: 'reviewers', type: { kind: 'people' }, source: 'subject' },
    { name: 'reviewer', type: { kind: 'person' }, source: 'run' },
    { name: 'risks', type: { kind: 'list', of: { title: { kind: 'text' } } }, source: 'form' },
    {
      ...{ name: 'answers', source: 'run' },
      type: { kind: 'list', of: { name: { kind: 'text' }, score: { kind: 'number' } } },
    },
  ]),
  repairNeedsTwo: true,
};
