import { describe, expect, it } from '@jest/globals';
import type { RepairAction, Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import { whyTwo } from './second-person.ts';

const step = (id: string, type: Step['type'], ...to: string[]): Step =>
  JSON.parse(
    JSON.stringify({
      ...{ id, type, name: `“${id}”`, stage: 'main', next: to.map((target) => ({ to: target })) },
      ...(type === 'approval' && { outcomes: to.map((target) => ({ key: target, to: target })) }),
    }),
  ) as Step;

const definition = (
  steps: Step[],
  change: Partial<WorkflowDefinition> = {},
): WorkflowDefinition => ({
  ...{
    key: 'WF-T',
    name: 'T',
    purpose: 'A test.',
    subject: 'ai-system',
    start: 'describe',
    facts: [],
  },
  ...{ stages: [{ key: 'main', name: 'Main' }], steps, ...change },
});

/** describe → risk → decide → (monitor → end | changes: risk). */
const governed = definition([
  step('describe', 'form', 'risk'),
  step('risk', 'form', 'decide'),
  step('decide', 'approval', 'monitor', 'risk'),
  step('monitor', 'task', 'over'),
  step('over', 'end'),
]);
const plain = definition([
  step('describe', 'form', 'risk'),
  step('risk', 'form', 'over'),
  step('over', 'end'),
]);

describe('a second person for a repair', () => {
  it.each<[string, RepairAction, boolean]>([
    ['skipping a form', { kind: 'skip', key: 'risk#1' }, false],
    ['skipping a decision', { kind: 'skip', key: 'decide#1' }, true],
    ['skipping one seat of a decision', { kind: 'skip', key: 'decide#2.1' }, true],
    ['skipping to the decision', { kind: 'skip', key: 'describe#1', to: 'decide' }, false],
    ['skipping past the decision', { kind: 'skip', key: 'risk#1', to: 'monitor' }, true],
    ['moving past the decision', { kind: 'move', from: 'describe#1', to: 'over' }, true],
    ['moving away from the decision', { kind: 'move', from: 'decide#1', to: 'monitor' }, true],
    ['moving back before the decision', { kind: 'move', from: 'risk#2', to: 'describe' }, false],
    ['moving on after the decision', { kind: 'move', from: 'monitor#1', to: 'over' }, false],
    ['starting a decision anew', { kind: 'retry', key: 'decide#1' }, false],
    ['changing data', { kind: 'set-facts', facts: { tier: 'minimal' } }, true],
  ])('%s', (_, action, needed) => {
    expect(whyTwo(governed, action, false) !== null).toBe(needed);
  });

  it('is not needed where nobody decides anything', () => {
    expect(whyTwo(plain, { kind: 'set-facts', facts: {} }, false)).toBeNull();
    expect(whyTwo(plain, { kind: 'skip', key: 'risk#1', to: 'over' }, false)).toBeNull();
  });

  it('is needed for everything where the workflow says so, and for an adviser', () => {
    const strict = { ...plain, repairNeedsTwo: true };
    expect(whyTwo(strict, { kind: 'retry', key: 'risk#1' }, false)).toMatch(/two people/);
    expect(whyTwo(plain, { kind: 'retry', key: 'risk#1' }, true)).toMatch(/adviser/);
  });

  it('is needed when a side path leads past a decision', () => {
    const late = { id: 'late', label: 'Too slow', interrupts: true, to: 'decide' };
    const [first, ...rest] = plain.steps;
    const side = definition([
      { ...first, boundaries: [{ ...late, after: { amount: 1, unit: 'calendar-days' } }] } as Step,
      step('decide', 'approval', 'over'),
      ...rest,
    ]);
    expect(whyTwo(side, { kind: 'move', from: 'describe#1', to: 'over' }, false)).toMatch(/decide/);
  });
});
