import type { FactDeclaration } from '../expressions/condition.ts';
import type { DecisionTable, Outcome, Step, WorkflowDefinition } from '../definition/definition.ts';
import type { FormDefinition } from '../definition/form.ts';
import type { BusinessCalendar, Command, Surroundings } from '../run/run.ts';

/** Definitions and builders for this library's specs; not part of its door. */

export const calendar: BusinessCalendar = {
  timeZone: 'Europe/London',
  workingDays: [1, 2, 3, 4, 5],
  startHour: 9,
  endHour: 17,
  holidays: ['2026-12-25', '2026-12-28'],
  dueFactor: 1,
};

/** Surroundings on Tuesday 24 November 2026, ten o'clock in London. */
export function surroundings(change: Partial<Surroundings> = {}): Surroundings {
  return { now: '2026-11-24T10:00:00.000Z', facts: {}, calendar, ...change };
}

export function person(personId: string, ...roles: string[]): Command['by'] & { kind: 'person' } {
  return { kind: 'person', personId, roles, adviser: false };
}

export function adviser(personId: string, ...roles: string[]): Command['by'] {
  return { kind: 'person', personId, roles, adviser: true };
}

export const system: Command['by'] = { kind: 'system' };

export const emptyForm: FormDefinition = { sections: [] };

export function outcome(
  key: string,
  effect: Outcome['effect'],
  to: string,
  change: Partial<Outcome> = {},
): Outcome {
  const careful = effect !== 'approve';
  return { key, label: key, effect, to, reasonRequired: careful, consequence: '', ...change };
}

export function end(id: string, result = id): Step {
  return { type: 'end', id, stage: 'main', name: id, outcome: result };
}

export function task(id: string, to: string, change: Partial<Step & { type: 'task' }> = {}): Step {
  return {
    ...{ type: 'task', id, stage: 'main', name: `Do ${id}`, role: 'client.staff' },
    ...{ form: emptyForm, next: [{ to }] },
    ...change,
  };
}

export function aDefinition(
  start: string,
  steps: readonly Step[],
  facts: readonly FactDeclaration[] = [],
): WorkflowDefinition {
  return {
    ...{ key: 'WF-SAMPLE', name: 'Sample', purpose: 'Tests the engine.', subject: 'ai-system' },
    stages: [{ key: 'main', name: 'Main' }],
    ...{ start, steps, facts },
  };
}

const approverOutputs: readonly FactDeclaration[] = [
  { name: 'role', type: { kind: 'text' }, source: 'table' },
  { name: 'count', type: { kind: 'number' }, source: 'table' },
  { name: 'also', type: { kind: 'text' }, source: 'table' },
  { name: 'blocked', type: { kind: 'text' }, source: 'table' },
];

/** Who approves, in the shape of DT-APPROVER. */
export const approverTable: DecisionTable = {
  ...{ key: 'DT-APPROVER', name: 'Who approves', hit: 'first', inputs: ['tier', 'residualLevel'] },
  outputs: approverOutputs,
  rules: [
    {
      when: { fact: 'residualLevel', is: 'equal', value: 'critical' },
      then: { role: 'client.top_management', blocked: 'Treat the critical risk, or stop.' },
    },
    {
      when: { fact: 'residualLevel', is: 'equal', value: 'high' },
      then: { role: 'client.top_management', count: 1, also: 'client.approver' },
    },
    {
      when: { fact: 'tier', is: 'equal', value: 'high' },
      then: { role: 'client.approver', count: 2 },
    },
    {
      when: { fact: 'tier', is: 'in', value: ['minimal', 'limited'] },
      then: { role: 'client.approver', count: 1 },
    },
  ],
};

const tiers = ['minimal', 'limited', 'high', 'prohibited'];
const levels = ['low', 'moderate', 'high', 'critical'];

const approvalFacts: readonly FactDeclaration[] = [
  { name: 'name', type: { kind: 'text' }, source: 'form' },
  { name: 'score', type: { kind: 'number' }, source: 'form' },
  { name: 'tier', type: { kind: 'choice', options: tiers }, source: 'table' },
  { name: 'residualLevel', type: { kind: 'choice', options: levels }, source: 'subject' },
  {
    name: 'orgSize',
    type: { kind: 'choice', options: ['micro', 'small'] },
    source: 'organisation',
  },
  {
    ...{ name: 'exceptions', source: 'organisation' },
    type: { kind: 'choices', options: ['SOD-01', 'SOD-02'] },
  },
  { name: 'owner', type: { kind: 'person' }, source: 'subject' },
  { name: 'approver', type: { kind: 'person' }, source: 'subject' },
  { name: 'trained', type: { kind: 'boolean' }, source: 'subject' },
  { name: 'outcome', type: { kind: 'text' }, source: 'run' },
  { name: 'describedBy', type: { kind: 'person' }, source: 'run' },
  { name: 'decidedBy', type: { kind: 'person' }, source: 'run' },
];

const describeForm: FormDefinition = {
  sections: [
    {
      key: 'use',
      title: 'The use',
      fields: [
        { key: 'name', label: 'Name', type: 'text', required: true, maxLength: 80 },
        { key: 'score', label: 'Score', type: 'number', required: true, min: 0, max: 24 },
      ],
    },
  ],
};

/** Describe, set the tier by table, decide with a gate; send back and ask for changes. */
export const approval: WorkflowDefinition = aDefinition(
  'describe',
  [
    {
      ...{ type: 'form', id: 'describe', stage: 'main', name: 'Describe the use' },
      ...{ role: 'client.staff', assignee: 'owner', form: describeForm, performer: 'describedBy' },
      due: [{ due: { amount: 2, unit: 'business-days' } }],
      next: [{ to: 'tier' }],
    },
    {
      ...{ type: 'table', id: 'tier', stage: 'main', name: 'Set the tier' },
      table: {
        ...{ key: 'DT-TIER', name: 'Governance tier', hit: 'first', inputs: ['score'] },
        outputs: [{ name: 'tier', type: { kind: 'choice', options: tiers }, source: 'table' }],
        rules: [
          { when: { fact: 'score', is: 'at-least', value: 14 }, then: { tier: 'high' } },
          { when: { fact: 'score', is: 'at-least', value: 6 }, then: { tier: 'limited' } },
          { when: { fact: 'score', is: 'at-least', value: 1 }, then: { tier: 'minimal' } },
        ],
      },
      next: [{ to: 'review' }],
    },
    {
      ...{ type: 'task', id: 'review', stage: 'main', name: 'Review the description' },
      ...{ role: 'client.risk_owner', form: emptyForm, sendBackTo: ['describe'] },
      separation: [
        {
          ...{ id: 'SOD-05', steps: ['describe'], waivable: 'micro' },
          because: 'You wrote what is reviewed.',
        },
      ],
      next: [{ to: 'decide' }],
    },
    {
      ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Go live' },
      ...{ role: 'client.approver', assignee: 'approver', question: 'Can {name} go live?' },
      due: [
        {
          when: { fact: 'tier', is: 'equal', value: 'high' },
          due: { amount: 10, unit: 'business-days' },
        },
        { due: { amount: 5, unit: 'business-days' } },
      ],
      ...{ approvers: approverTable, outcomeFact: 'outcome', performer: 'decidedBy' },
      ...{ shows: ['name', 'tier', 'residualLevel'] },
      separation: [
        {
          ...{ id: 'SOD-01', parties: ['owner'], waivable: 'micro' },
          because: 'You own this system.',
        },
      ],
      gate: [
        {
          ...{ key: 'trained', label: 'The overseer is trained', cure: 'Train the overseer.' },
          applies: { not: { fact: 'tier', is: 'equal', value: 'minimal' } },
          holds: { fact: 'trained', is: 'equal', value: true },
        },
      ],
      outcomes: [
        outcome('approve', 'approve', 'approved'),
        outcome('approve-with-conditions', 'approve-with-conditions', 'conditional'),
        outcome('changes', 'ask-for-changes', 'describe'),
        outcome('reject', 'reject', 'rejected'),
        outcome('stop', 'stop', 'stopped', { when: { fact: 'tier', is: 'equal', value: 'high' } }),
      ],
    },
    {
      ...{ type: 'end', id: 'approved', stage: 'main', name: 'Approved', outcome: 'approved' },
      writes: [
        { field: 'tier', value: { cel: 'tier' } },
        { field: 'stage', value: { cel: '"live"' } },
      ],
    },
    end('conditional', 'approved-with-conditions'),
    end('rejected'),
    end('stopped'),
  ],
  approvalFacts,
);

/** Two branches, one with a wait and a nested block, one with a way out of the block. */
export const parallel: WorkflowDefinition = aDefinition(
  'prepare',
  [
    task('prepare', 'split'),
    {
      ...{ type: 'parallel', id: 'split', stage: 'main', name: 'Assess', join: 'join' },
      branches: [
        { id: 'risk', start: 'risk' },
        { id: 'impact', start: 'wait' },
      ],
    },
    task('risk', 'join', { sendBackTo: ['prepare'] }),
    {
      ...{ type: 'timer', id: 'wait', stage: 'main', name: 'Wait' },
      ...{ wait: { amount: 3, unit: 'calendar-days' }, next: [{ to: 'inner' }] },
    },
    {
      ...{ type: 'parallel', id: 'inner', stage: 'main', name: 'Both', join: 'inner-join' },
      branches: [
        { id: 'privacy', start: 'privacy' },
        { id: 'called', start: 'called' },
      ],
    },
    {
      ...{ type: 'approval', id: 'privacy', stage: 'main', name: 'Privacy' },
      ...{ role: 'client.approver', question: 'Fine?', separation: [], shows: [] },
      outcomes: [
        outcome('yes', 'approve', 'inner-join'),
        outcome('redo', 'ask-for-changes', 'wait'),
        outcome('no', 'reject', 'rejected'),
      ],
    },
    {
      ...{ type: 'sub-workflow', id: 'called', stage: 'main', name: 'Classify' },
      ...{ calls: 'WF-CLASSIFY', outcomeFact: 'calledOutcome' },
      input: [{ theirs: 'title', ours: 'name' }],
      output: [{ ours: 'regClass', theirs: 'class' }],
      next: [{ to: 'inner-join' }],
    },
    {
      ...{ type: 'join', id: 'inner-join', stage: 'main', name: 'Both done', closes: 'inner' },
      next: [{ to: 'join' }],
    },
    {
      ...{ type: 'join', id: 'join', stage: 'main', name: 'Assessed', closes: 'split' },
      next: [{ to: 'done' }],
    },
    end('done'),
    end('rejected'),
  ],
  [
    { name: 'name', type: { kind: 'text' }, source: 'subject' },
    { name: 'calledOutcome', type: { kind: 'text' }, source: 'run' },
    { name: 'regClass', type: { kind: 'text' }, source: 'run' },
  ],
);
