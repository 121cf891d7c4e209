import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { parseDefinition } from '../definition/parse.ts';
import { validateDefinition } from './validate.ts';

const page = readFileSync(
  new URL('../../../../docs/guide/workflow-language.md', import.meta.url),
  'utf8',
);
const examples = [...page.matchAll(/^## ([^\n]+)\n(?:(?!^## )[^])*?```yaml\n([^]*?)```/gm)].map(
  ([, title = '', yaml = '']) => [title, yaml] as const,
);

interface Example {
  readonly facts: readonly unknown[];
  readonly steps: readonly { readonly id: string; readonly type: string }[];
}

/** The example with what the page leaves out. */
function whole({ facts, steps }: Example): unknown {
  const done = { type: 'end', id: 'done', name: 'Done', outcome: 'done' };
  const ends = steps.some(({ type }) => type === 'end') ? [] : [done];
  return {
    ...{ key: 'WF-EXAMPLE', name: 'Example', purpose: 'Shows a word.', subject: 'ai-system' },
    ...{ facts, stages: [{ key: 'main', name: 'Main' }], start: steps[0]?.id },
    steps: [...steps, ...ends].map((step) => ({ ...step, stage: 'main' })),
  };
}

function definitionOf(yaml: string): WorkflowDefinition {
  const { definition, problems } = parseDefinition(whole(parse(yaml) as Example));
  expect(problems).toEqual([]);
  if (!definition) throw new Error('The example is no definition.');
  return definition;
}

describe('the guide to the language', () => {
  it.each(examples)('has an example that can be published: %s', (_, yaml) => {
    expect(validateDefinition(definitionOf(yaml))).toEqual([]);
  });

  it('shows every kind of step', () => {
    const shown = new Set(
      examples.flatMap(([, yaml]) => definitionOf(yaml).steps.map((s) => s.type)),
    );
    expect([...shown].sort()).toEqual(
      [
        ...['approval', 'await', 'check', 'end', 'form', 'join', 'parallel', 'path-end', 'signal'],
        ...['sub-workflow', 'table', 'task', 'tell', 'timer', 'undo'],
      ].sort(),
    );
  });
});
