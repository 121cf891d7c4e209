import type { WorkflowChange } from '@plumbline/contracts';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import { changesByStep } from './changes.ts';

const definition = (...names: string[]): WorkflowDefinition => ({
  ...{ key: 'k', name: 'K', purpose: '', subject: 'ai-system' },
  facts: [],
  stages: [{ key: 's', name: 'S' }],
  start: names[0] ?? '',
  steps: names.map((name) => ({
    ...{ id: name.toLowerCase(), type: 'end', stage: 's', name, outcome: 'done' },
  })),
});

const change = (step: string | null, text: string): WorkflowChange => ({
  ...{ kind: 'changed', part: 'step', place: '', step, text, noticeable: true },
});

describe('changesByStep', () => {
  it('gathers what belongs to one step, and keeps the order', () => {
    const changes = [change(null, 'a'), change('ask', 'b'), change('old', 'c'), change('ask', 'd')];
    const steps = { ask: 'changed', old: 'removed', same: 'same' } as const;
    const found = changesByStep({ changes, steps }, definition('Ask', 'Old'), definition('Ask'));
    expect(found.map(({ step, mark }) => [step, mark])).toEqual([
      [null, 'changed'],
      ['ask', 'changed'],
      ['old', 'removed'],
    ]);
    expect(found[1]?.changes.map(({ text }) => text)).toEqual(['b', 'd']);
  });

  it('names a removed step by the version that has it, and an unknown one by its id', () => {
    const changes = [change('old', 'a'), change('nowhere', 'b')];
    const steps = { old: 'removed' } as const;
    const found = changesByStep({ changes, steps }, definition('Old'), definition('New'));
    expect(found.map(({ name }) => name)).toEqual(['Old', 'nowhere']);
    const nameless = changesByStep({ changes, steps }, null, null);
    expect(nameless.map(({ name }) => name)).toEqual(['old', 'nowhere']);
  });
});
