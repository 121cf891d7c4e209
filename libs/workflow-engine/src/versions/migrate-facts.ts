import type { Compiled } from '../definition/compiled.ts';
import type { FactDeclaration, Facts, FactValue } from '../expressions/condition.ts';
import type { Step, StepId } from '../definition/definition.ts';
import { readFact } from '../expressions/dictionary.ts';
import {
  conditionsOf,
  expressionsOf,
  factsSetBy,
  neededBy,
  readByExpression,
} from '../definition/rules.ts';
import { waysForward } from '../checks/validate-data-flow.ts';
import { factsReadByForm } from '../checks/validate-forms.ts';
import { skipTargets } from '../definition/graph.ts';
import { hasShape } from '../expressions/value-type.ts';
import { quoted } from '../people/words.ts';

/** Facts of a run that the version does not have, or reads from outside by now. */
export function droppedFacts({ dictionary }: Compiled, facts: Facts): readonly string[] {
  return Object.keys(facts).filter((name) => {
    const declared = dictionary.declarations.get(name);
    return !declared || isOutside(declared);
  });
}

/** Why the values that the run would keep or be given do not fit the version, a line each. */
export function illTypedFacts({ dictionary }: Compiled, facts: Facts): readonly string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    const declared = dictionary.declarations.get(name);
    if (!declared || isOutside(declared)) return [];
    if (!hasShape(value, declared.type)) {
      return [`${quoted(name)} is of another kind in the new version. Give it a new value.`];
    }
    const gone = notOffered(declared, value);
    return gone.length === 0
      ? []
      : [`${quoted(name)} is ${gone.map(quoted).join(', ')}, which is not offered any more.`];
  });
}

function isOutside({ source }: FactDeclaration): boolean {
  return source === 'subject' || source === 'organisation';
}

function notOffered({ type }: FactDeclaration, value: FactValue): readonly string[] {
  if (type.kind !== 'choice' && type.kind !== 'choices') return [];
  const chosen = Array.isArray(value) ? value : [value];
  return chosen.filter(
    (one): one is string => typeof one === 'string' && !type.options.includes(one),
  );
}

/**
 * Facts that are new in the version, not known in the run, and looked at by a step still ahead
 * although no step still ahead sets them; a line each.
 */
export function missingFacts(
  before: Compiled,
  after: Compiled,
  at: readonly StepId[],
  facts: Facts,
): readonly string[] {
  const ahead = stepsAhead(after, at);
  const set = new Set(ahead.flatMap(factsSetBy));
  const isMissing = (name: string): boolean => {
    const declared = after.dictionary.declarations.get(name);
    return (
      declared !== undefined &&
      !isOutside(declared) &&
      name !== 'today' &&
      !before.dictionary.declarations.has(name) &&
      !set.has(name) &&
      readFact(facts, name) === null
    );
  };
  const found = new Map<string, string>();
  for (const step of ahead) {
    for (const name of factsReadBy(step)) {
      if (isMissing(name) && !found.has(name)) found.set(name, step.name);
    }
  }
  return [...found].map(
    ([name, reader]) =>
      `${quoted(name)} is new, ${quoted(reader)} looks at it, and no step ahead sets it. Give it a value.`,
  );
}

function stepsAhead({ steps }: Compiled, at: readonly StepId[]): readonly Step[] {
  const found = new Map<StepId, Step>();
  const pending = [...at];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const step = steps.get(id);
    if (!step || found.has(id)) continue;
    found.set(id, step);
    pending.push(...waysForward(step, steps).map(({ to }) => to));
    if (step.when) pending.push(...skipTargets(step, steps));
  }
  return [...found.values()];
}

function factsReadBy(step: Step): readonly string[] {
  return [
    ...conditionsOf(step).flatMap(({ condition }) => neededBy(condition)),
    ...expressionsOf(step).flatMap(({ expression }) => readByExpression(expression)),
    ...(step.type === 'form' || step.type === 'task' ? factsReadByForm(step) : []),
  ];
}
