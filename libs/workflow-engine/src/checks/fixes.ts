import type { FactDeclaration } from '../expressions/condition.ts';
import type { DefinitionChange, DefinitionFix } from '../definition/definition-problem.ts';
import type {
  DecisionTable,
  Step,
  Transition,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { factTypeOf } from '../forms/fact-type-of.ts';
import { pointer } from './fix.ts';
import type { Field } from '../definition/form.ts';

/**
 * Changes that mend a problem without asking what was meant. Each first makes sure that the step or
 * table is still the one that the problem was found in.
 */

type Onward = Extract<Step, { readonly next: unknown }>;

function fixOf(
  definition: WorkflowDefinition,
  step: Step,
  words: string,
  change: (path: (...parts: readonly (string | number)[]) => string) => readonly DefinitionChange[],
): DefinitionFix {
  const at = definition.steps.indexOf(step);
  const path = (...parts: readonly (string | number)[]) => pointer('steps', at, ...parts);
  return { words, changes: [{ op: 'test', path: path('id'), value: step.id }, ...change(path)] };
}

/** An ending after a step that leads nowhere. */
export function addEnding(definition: WorkflowDefinition, step: Step): DefinitionFix {
  const ids = new Set(definition.steps.map(({ id }) => id));
  let id = 'end';
  for (let nth = 2; ids.has(id); nth += 1) id = `end-${nth}`;
  const ending = { type: 'end', id, stage: step.stage, name: 'End', outcome: 'ended' };
  return fixOf(definition, step, `Add an ending after “${step.name}”.`, (path) => [
    { op: 'add', path: path('next', '-'), value: { to: id } },
    { op: 'add', path: '/steps/-', value: ending },
  ]);
}

/** A last way without a condition, to where the last one with a condition leads. */
export function addDefaultWay(
  definition: WorkflowDefinition,
  step: Onward,
  last: Transition,
): DefinitionFix {
  const words = `When no condition holds, go to “${last.to}” too.`;
  return fixOf(definition, step, words, (path) => [
    { op: 'add', path: path('next', '-'), value: { to: last.to } },
  ]);
}

/** Without the ways that come after one without a condition. */
export function removeLaterWays(
  definition: WorkflowDefinition,
  step: Onward,
  always: number,
): DefinitionFix {
  return fixOf(definition, step, 'Remove the ways that are never taken.', (path) => [
    { op: 'replace', path: path('next'), value: step.next.slice(0, always + 1) },
  ]);
}

/** Without one way that no case leads to. */
export function removeWay(definition: WorkflowDefinition, step: Onward, at: number): DefinitionFix {
  return fixOf(definition, step, 'Remove this way.', (path) => [
    { op: 'test', path: path('next', at), value: step.next[at] },
    { op: 'remove', path: path('next', at) },
  ]);
}

/** Without the condition of a step that cannot be skipped. */
export function removeCondition(definition: WorkflowDefinition, step: Step): DefinitionFix {
  return fixOf(definition, step, `Do “${step.name}” always.`, (path) => [
    { op: 'remove', path: path('when') },
  ]);
}

/** Without a step that nothing leads to, unless that is the only ending. */
export function removeStep(definition: WorkflowDefinition, step: Step): DefinitionFix | undefined {
  const ends = definition.steps.filter(({ type }) => type === 'end');
  if (step.type === 'end' && ends.length === 1) return undefined;
  return fixOf(definition, step, `Remove “${step.name}”.`, (path) => [
    { op: 'remove', path: path() },
  ]);
}

/** A declaration of the fact that a question sets. */
export function declareFact(field: Field): DefinitionFix {
  const fact: FactDeclaration = { name: field.key, type: factTypeOf(field), source: 'form' };
  return {
    words: `Declare the fact “${field.key}”.`,
    changes: [{ op: 'add', path: '/facts/-', value: fact }],
  };
}

/** Inputs of a table that are what its rows look at. */
export function matchInputs(
  definition: WorkflowDefinition,
  step: Step,
  table: DecisionTable,
  read: ReadonlySet<string>,
): DefinitionFix {
  const key = step.type === 'approval' ? 'approvers' : 'table';
  const kept = table.inputs.filter((name) => read.has(name));
  const inputs = [...kept, ...[...read].filter((name) => !kept.includes(name))];
  const words = `Make ${inputs.map((name) => `“${name}”`).join(', ') || 'nothing'} the inputs.`;
  return fixOf(definition, step, words, (path) => [
    { op: 'replace', path: path(key, 'inputs'), value: inputs },
  ]);
}

/** A table without a row that never counts. */
export function removeRow(
  definition: WorkflowDefinition,
  step: Step,
  table: DecisionTable,
  at: number,
): DefinitionFix {
  const key = step.type === 'approval' ? 'approvers' : 'table';
  return fixOf(definition, step, `Remove row ${at + 1}.`, (path) => [
    { op: 'test', path: path(key, 'rules', at), value: table.rules[at] },
    { op: 'remove', path: path(key, 'rules', at) },
  ]);
}
