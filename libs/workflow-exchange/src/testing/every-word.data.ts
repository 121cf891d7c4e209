import type { Due, Outcome, WorkflowDefinition } from '@plumbline/workflow-engine';

/** A workflow with every kind of step, for what is written and read again. */

const day: Due = { amount: 1, unit: 'business-days' };
const stage = 'work';
const role = 'client.system_owner';
const outcome = (key: string, effect: Outcome['effect'], to: string): Outcome => ({
  ...{ key, label: `Say “${key}”`, effect, to, reasonRequired: effect !== 'approve' },
  consequence: `Leads to ${to} & on.`,
});

export const everyWord: WorkflowDefinition = {
  key: 'EVERY-WORD',
  name: 'Every <word> & its "sign"',
  purpose: 'Holds: every kind of step.',
  subject: 'ai-system',
  facts: [
    { name: 'urgent', type: { kind: 'boolean' }, source: 'form' },
    { name: 'people', type: { kind: 'people' }, source: 'form' },
    { name: 'person', type: { kind: 'person' }, source: 'run' },
    { name: 'level', type: { kind: 'choice', options: ['low', 'high'] }, source: 'table' },
    { name: 'score', type: { kind: 'number' }, source: 'calculated' },
    { name: 'result', type: { kind: 'text' }, source: 'run' },
  ],
  stages: [{ key: stage, name: 'Work' }],
  start: 'ask',
  steps: [
    {
      ...{ id: 'ask', stage, name: 'Ask', type: 'form', role, undoneBy: 'take-back' },
      form: {
        sections: [
          {
            ...{ key: 'main', title: 'Main' },
            fields: [
              { key: 'urgent', type: 'yes-no', label: 'Urgent?', required: true },
              { key: 'people', type: 'people', label: 'Who?', required: true },
            ],
          },
        ],
      },
      due: [{ due: { amount: 3, unit: 'business-days' } }],
      boundaries: [
        { id: 'late', label: 'Late', interrupts: false, to: 'remind', after: day },
        { id: 'stop', label: 'Stop', interrupts: true, to: 'undo', signal: 'stop' },
      ],
      next: [{ to: 'count' }],
    },
    {
      id: 'remind',
      stage,
      name: 'Remind',
      type: 'tell',
      roles: [role],
      title: 'Late',
      text: 'Go on.',
      next: [{ to: 'reminded' }],
    },
    { id: 'reminded', stage, name: 'Reminded', type: 'path-end' },
    {
      id: 'count',
      stage,
      name: 'Count',
      type: 'check',
      set: [{ fact: 'score', value: { cel: '1.0 + 1.0' } }],
      failed: 'undo',
      next: [{ to: 'judge' }],
    },
    {
      ...{ id: 'judge', stage, name: 'Judge', type: 'table' },
      table: {
        ...{ key: 'T-LEVEL', name: 'Level', hit: 'first', inputs: ['urgent'] },
        outputs: [
          { name: 'level', type: { kind: 'choice', options: ['low', 'high'] }, source: 'table' },
        ],
        rules: [
          { when: { fact: 'urgent', is: 'equal', value: true }, then: { level: 'high' } },
          { then: { level: 'low' } },
        ],
      },
      next: [
        { to: 'both', when: { fact: 'level', is: 'equal', value: 'high' }, label: 'High' },
        { to: 'pause' },
      ],
    },
    {
      ...{ id: 'both', stage, name: 'Both', type: 'parallel', join: 'meet' },
      branches: [
        { id: 'one', start: 'each', label: 'Each person' },
        {
          id: 'two',
          start: 'call',
          label: 'A call',
          when: { fact: 'urgent', is: 'equal', value: true },
        },
      ],
    },
    {
      ...{ id: 'each', stage, name: 'Each person', type: 'task', role, assignee: 'person' },
      each: { over: 'people', as: 'person', order: 'one-by-one' },
      ...{
        form: { sections: [{ key: 'main', title: 'Done', fields: [] }] },
        next: [{ to: 'meet' }],
      },
    },
    {
      ...{ id: 'call', stage, name: 'Call', type: 'sub-workflow', calls: 'WF-OTHER' },
      ...{ input: [], output: [], outcomeFact: 'result', failed: 'meet', next: [{ to: 'meet' }] },
    },
    { id: 'meet', stage, name: 'Meet', type: 'join', closes: 'both', next: [{ to: 'pause' }] },
    { id: 'pause', stage, name: 'Pause', type: 'timer', wait: day, next: [{ to: 'hear' }] },
    { id: 'hear', stage, name: 'Hear', type: 'await', signal: 'ready', next: [{ to: 'say' }] },
    {
      id: 'say',
      stage,
      name: 'Say',
      type: 'signal',
      signal: 'go',
      to: 'ai-system',
      next: [{ to: 'decide' }],
    },
    {
      ...{ id: 'decide', stage, name: 'Decide', type: 'approval', role: 'client.approver' },
      ...{ question: 'Go on with {name}?', separation: [], shows: ['urgent'] },
      when: { fact: 'urgent', is: 'known' },
      outcomes: [
        outcome('approve', 'approve', 'done'),
        outcome('again', 'ask-for-changes', 'ask'),
        outcome('reject', 'reject', 'undo'),
      ],
    },
    { id: 'undo', stage, name: 'Undo', type: 'undo', next: [{ to: 'rejected' }] },
    {
      ...{ id: 'take-back', stage, name: 'Take back', type: 'task', role },
      ...{
        form: { sections: [{ key: 'main', title: 'Done', fields: [] }] },
        next: [{ to: 'undo' }],
      },
    },
    { id: 'done', stage, name: 'Done', type: 'end', outcome: 'approved' },
    { id: 'rejected', stage, name: 'Rejected', type: 'end', outcome: 'rejected' },
  ],
};
