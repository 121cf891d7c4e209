import type { FactDeclaration, Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import { factsToGive, mappingOf, stepsToStandAt, stepsWithoutPlace } from './mapping.ts';

const task = (id: string): Step => ({
  ...{ id, type: 'task', stage: 's', name: id, role: 'client.staff' },
  form: { sections: [] },
  next: [{ to: 'end' }],
});
const check = (id: string): Step => ({
  ...{ id, type: 'check', stage: 's', name: id },
  next: [{ to: 'end' }],
});
const end: Step = { id: 'end', type: 'end', stage: 's', name: 'End', outcome: 'done' };

const definition = (
  steps: readonly Step[],
  facts: readonly FactDeclaration[] = [],
): WorkflowDefinition => ({
  ...{ key: 'k', name: 'K', purpose: '', subject: 'ai-system' },
  facts,
  stages: [{ key: 's', name: 'S' }],
  start: steps[0]?.id ?? 'end',
  steps,
});

describe('moving to another version', () => {
  const before = definition([task('one'), task('two'), check('sum'), end]);
  const after = definition([task('one'), task('three'), end]);

  it('asks where to go from steps that are gone and where a run can stand', () => {
    expect(stepsWithoutPlace(before, after).map(({ id }) => id)).toEqual(['two']);
    expect(stepsWithoutPlace(before, before)).toEqual([]);
    expect(stepsToStandAt(before).map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('sends only what is there in both versions', () => {
    const chosen = { two: 'three', one: 'one', gone: 'one', sum: 'nowhere' };
    expect(mappingOf(chosen, before, after)).toEqual({ two: 'three', one: 'one' });
  });

  it('asks for new facts that a person can give in a field', () => {
    const facts: FactDeclaration[] = [
      { name: 'known', type: { kind: 'text' }, source: 'run' },
      { name: 'severe', type: { kind: 'boolean' }, source: 'form' },
      { name: 'rows', type: { kind: 'list', of: {} }, source: 'form' },
      { name: 'name', type: { kind: 'text' }, source: 'subject' },
      { name: 'today', type: { kind: 'date' }, source: 'run' },
    ];
    const [known] = facts;
    const was = definition([end], known ? [known] : []);
    expect(factsToGive(was, definition([end], facts)).map(({ name }) => name)).toEqual(['severe']);
  });
});
