import type { RunStep, RunWait } from '@plumbline/contracts';
import { actionOf, restartable, skippable, waitInWords } from './repair-choice.ts';

const step = (id: string, type: string): RunStep => ({
  ...{ id, name: id, stage: 's', type, state: 'waiting', visits: 1, since: null, finishedAt: null },
  ...{ tookSeconds: null, here: null, dueAt: null, who: [], evidence: [], next: [] },
});
const wait = (key: string, kind: RunWait['kind'], at = 'ask'): RunWait => ({
  ...{ key, kind, step: at, stepName: at, what: at, dueAt: null, taskId: null, heldSince: null },
});
const steps = [step('ask', 'form'), step('all', 'join')];

it('skips what the run waits for, never a time beside it or a join', () => {
  const waits = [
    wait('ask#1', 'task'),
    wait('ask#1!late', 'limit'),
    wait('ask#1^1', 'escalation'),
    wait('all#1', 'signal', 'all'),
    wait('ask#2', 'signal'),
  ];
  expect(skippable({ waits, steps }).map(({ key }) => key)).toEqual(['ask#1', 'ask#2']);
});

it('starts anew where control is, but not at a join', () => {
  const tokens = ['ask', 'all'].map((id) => ({
    ...{ key: `${id}#1`, step: id, stepName: id, since: '2026-11-20T09:00:00Z' },
  }));
  expect(restartable({ tokens, steps }).map(({ key }) => key)).toEqual(['ask#1']);
});

it('names the task where it has a name of its own', () => {
  expect(waitInWords(wait('ask#1', 'task'))).toBe('ask');
  expect(waitInWords({ ...wait('ask#1', 'task'), what: 'Item 2' })).toBe('ask: Item 2');
});

it.each([
  [{ kind: null, key: 'ask#1', to: 'end' }, null, null],
  [{ kind: 'skip', key: '', to: 'end' }, null, null],
  [{ kind: 'skip', key: 'ask#1', to: '' }, null, { kind: 'skip', key: 'ask#1' }],
  [{ kind: 'skip', key: 'ask#1', to: 'end' }, null, { kind: 'skip', key: 'ask#1', to: 'end' }],
  [{ kind: 'retry', key: 'ask#1', to: 'end' }, null, { kind: 'retry', key: 'ask#1' }],
  [{ kind: 'move', key: 'ask#1', to: '' }, null, null],
  [{ kind: 'move', key: 'ask#1', to: 'end' }, null, { kind: 'move', from: 'ask#1', to: 'end' }],
  [{ kind: 'set-facts', key: '', to: '' }, {}, null],
  [{ kind: 'set-facts', key: '', to: '' }, null, null],
  [
    { kind: 'set-facts', key: '', to: '' },
    { level: null },
    { kind: 'set-facts', facts: { level: null } },
  ],
] as const)('makes of %j and %j the action %j', (choice, facts, expected) => {
  expect(actionOf(choice, facts)).toEqual(expected);
});
