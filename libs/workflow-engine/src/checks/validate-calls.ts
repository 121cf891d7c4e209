import type { Compiled } from '../definition/compiled.ts';
import { compiledOf } from '../definition/compiled.ts';
import type { SubWorkflowStep, WorkflowDefinition } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { comparable, valueTypeOf } from '../expressions/value-type.ts';

/** Checks the sub-workflow steps of a definition against the workflows that it may call. */
export function checkCalls(
  compiled: Compiled,
  library: readonly WorkflowDefinition[],
  findings: Findings,
): void {
  const workflows = new Map(library.map((workflow) => [workflow.key, workflow]));
  for (const step of compiled.definition.steps) {
    if (step.type !== 'sub-workflow') continue;
    const place = `steps.${step.id}`;
    const called = workflows.get(step.calls);
    if (!called) {
      findings.error('unknown-workflow', place, `There is no workflow “${step.calls}” to call.`);
      continue;
    }
    checkHandover(compiled, step, called, findings);
    const loop = recursionFrom(compiled.definition.key, called, workflows);
    if (loop) {
      const message = `This workflow would call itself: ${loop.join(' → ')}.`;
      findings.error('recursive-workflow', place, message);
    }
  }
}

function checkHandover(
  { dictionary }: Compiled,
  step: SubWorkflowStep,
  called: WorkflowDefinition,
  findings: Findings,
): void {
  const theirFacts = compiledOf(called).dictionary;
  for (const [way, pairs] of [
    ['input', step.input],
    ['output', step.output],
  ] as const) {
    for (const { ours, theirs } of pairs) {
      const place = `steps.${step.id}.${way}`;
      const [own, other] = [
        dictionary.declarations.get(ours)?.type,
        theirFacts.declarations.get(theirs)?.type,
      ];
      if (!other) {
        findings.error('undeclared-fact', place, `“${called.name}” has no fact “${theirs}”.`);
      } else if (
        own &&
        own.kind !== other.kind &&
        !comparable(valueTypeOf(own), valueTypeOf(other))
      ) {
        const message = `“${ours}” is a ${own.kind}, “${theirs}” a ${other.kind}.`;
        findings.error('bad-type', place, message);
      }
    }
  }
}

function recursionFrom(
  key: string,
  called: WorkflowDefinition,
  workflows: ReadonlyMap<string, WorkflowDefinition>,
  path: readonly string[] = [key],
): readonly string[] | null {
  if (path.includes(called.key)) return [...path, called.key];
  for (const step of called.steps) {
    if (step.type !== 'sub-workflow') continue;
    const next = workflows.get(step.calls);
    const loop = next && recursionFrom(key, next, workflows, [...path, called.key]);
    if (loop) return loop;
  }
  return null;
}
