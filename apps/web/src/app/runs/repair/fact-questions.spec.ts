import type { FactDeclaration, Field, WorkflowDefinition } from '@plumbline/workflow-engine';
import { factQuestions } from './fact-questions.ts';

const fact = (
  name: string,
  type: FactDeclaration['type'],
  source: FactDeclaration['source'] = 'form',
): FactDeclaration => ({ name, type, source });

function definition(
  facts: readonly FactDeclaration[],
  fields: readonly Field[],
): WorkflowDefinition {
  return {
    ...{ key: 'K', name: 'K', purpose: '', subject: 'ai-system', facts, start: 'ask' },
    stages: [{ key: 's', name: 'S' }],
    steps: [
      {
        ...{ id: 'ask', name: 'Ask', stage: 's', type: 'form', role: 'client.staff' },
        form: { sections: [{ key: 'one', title: 'One', fields }] },
        next: [{ to: 'end' }],
      },
      { id: 'end', name: 'End', stage: 's', type: 'end', outcome: 'done' },
    ],
  };
}

const fieldOf = (facts: readonly FactDeclaration[], fields: readonly Field[] = []) =>
  factQuestions(definition(facts, fields))[0]?.field;

it.each([
  [{ kind: 'boolean' }, 'yes-no'],
  [{ kind: 'number' }, 'number'],
  [{ kind: 'text' }, 'longtext'],
  [{ kind: 'date' }, 'date'],
  [{ kind: 'person' }, 'person'],
  [{ kind: 'people' }, 'people'],
] as const)('asks for a fact of kind %j with a question of type %s', (type, expected) => {
  expect(fieldOf([fact('residualLevel', type)])).toMatchObject({
    ...{ key: 'residualLevel', label: 'Residual level', type: expected, required: true },
  });
});

it('offers the options of a choice in words', () => {
  const field = fieldOf([fact('path', { kind: 'choice', options: ['light', 'full-path'] })]);
  expect(field).toMatchObject({
    type: 'select',
    options: [
      { key: 'light', label: 'Light' },
      { key: 'full-path', label: 'Full path' },
    ],
  });
});

it('asks as the workflow asks, whatever the question depends on there', () => {
  const asked: Field = {
    ...{ key: 'level', label: 'How bad is it?', type: 'scale', min: 1, max: 3, required: false },
    labels: ['Slight', 'Serious', 'Severe'],
    when: { fact: 'other', is: 'known' },
  };
  const field = fieldOf([fact('level', { kind: 'number' })], [asked]);
  expect(field).toMatchObject({ type: 'scale', label: 'How bad is it?', required: true });
  expect(field?.when).toBeUndefined();
});

it('asks plainly for what the workflow works out itself', () => {
  const asked: Field = {
    ...{ key: 'total', label: 'Total', type: 'calculated', gives: 'number', required: false },
    value: { cel: 'other' },
  };
  expect(fieldOf([fact('total', { kind: 'number' }, 'calculated')], [asked])).toMatchObject({
    type: 'number',
    label: 'Total',
  });
});

it.each([
  ['the AI system', fact('tier', { kind: 'text' }, 'subject')],
  ['the organisation', fact('size', { kind: 'text' }, 'organisation')],
  ['the calendar', fact('today', { kind: 'date' }, 'run')],
  ['tables', fact('risks', { kind: 'list', of: {} })],
  ['evidence', fact('proof', { kind: 'evidence' })],
])('leaves out facts of %s', (_, declared) => {
  expect(factQuestions(definition([declared], []))).toEqual([]);
});
