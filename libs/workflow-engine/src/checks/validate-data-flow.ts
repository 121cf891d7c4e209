import type { Compiled } from '../definition/compiled.ts';
import type { Step, StepId } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { type Exit, exitsOf, skipTargets } from '../definition/graph.ts';
import {
  conditionsOf,
  expressionsOf,
  factsOfItems,
  factsSetBy,
  factsTakenBeside,
  neededBy,
  readByExpression,
} from '../definition/rules.ts';
import { factsReadByForm } from './validate-forms.ts';

/** Warns of facts that a step reads before any step can have set them. */
export function checkDataFlow(compiled: Compiled, findings: Findings): void {
  const setSomewhere = new Set(
    compiled.definition.steps.flatMap((step) => [
      ...factsSetBy(step),
      ...factsTakenBeside(step),
      ...factsOfItems(step),
    ]),
  );
  const before = mayBeSetBefore(compiled);
  for (const step of compiled.definition.steps) {
    const there = before.get(step.id);
    if (!there) continue;
    const known = new Set([...there, ...('each' in step && step.each ? [step.each.as] : [])]);
    const own = new Set([...known, ...factsSetBy(step), ...factsOfItems(step)]);
    const check = (place: string, name: string, set: ReadonlySet<string>): void => {
      const declared = compiled.dictionary.declarations.get(name);
      if (!declared || set.has(name) || isGiven(declared.source, name, setSomewhere)) return;
      findings.warn(
        'read-before-written',
        place,
        `“${name}” is looked at before any step can have set it.`,
      );
    };
    for (const { place, condition, after } of conditionsOf(step)) {
      for (const name of neededBy(condition)) check(place, name, after ? own : known);
    }
    for (const { place, expression } of expressionsOf(step)) {
      for (const name of readByExpression(expression)) check(place, name, own);
    }
    if (step.type === 'form' || step.type === 'task') {
      for (const name of factsReadByForm(step)) check(`steps.${step.id}.form`, name, known);
    }
  }
}

/** Facts of the surroundings are always there; `run` facts that no step sets are handed in. */
function isGiven(source: string, name: string, setSomewhere: ReadonlySet<string>): boolean {
  return (
    source === 'subject' ||
    source === 'organisation' ||
    (source === 'run' && !setSomewhere.has(name))
  );
}

/** For each reachable step the facts that some way to it sets, or a branch beside it. */
function mayBeSetBefore(compiled: Compiled): ReadonlyMap<StepId, ReadonlySet<string>> {
  const { definition, steps, places } = compiled;
  const before = new Map<StepId, Set<string>>();
  const pending: StepId[] = [];
  const reach = (to: StepId, facts: Iterable<string>): void => {
    let known = before.get(to);
    const first = !known;
    if (!known) before.set(to, (known = new Set(besideFacts(compiled, to))));
    const size = known.size;
    for (const name of facts) known.add(name);
    if (first || known.size > size) pending.push(to);
  };
  if (places.has(definition.start)) reach(definition.start, []);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const step = steps.get(id);
    const known = before.get(id) ?? new Set<string>();
    if (!step) continue;
    const after = [...known, ...factsSetBy(step)];
    for (const { to, by } of waysForward(step, steps)) {
      if (!steps.has(to)) continue;
      const isBeside = by === 'boundary' || by === 'beside';
      reach(to, isBeside ? [...known, ...factsTakenBeside(step)] : by === 'failed' ? known : after);
    }
    if (step.when) for (const to of skipTargets(step, steps)) reach(to, known);
  }
  return before;
}

/** Ways on, without those back for changes: a first visit knows nothing of what comes later. */
export function waysForward(step: Step, steps: Compiled['steps']): readonly Exit[] {
  const back =
    step.type === 'approval'
      ? step.outcomes.filter(({ effect }) => effect === 'ask-for-changes').map(({ key }) => key)
      : [];
  return exitsOf(step, steps).filter(
    ({ by, key }) => by !== 'send-back' && !(by === 'outcome' && back.includes(key)),
  );
}

/** What steps in other branches around a step set: they may have run already. */
function besideFacts({ definition, places }: Compiled, id: StepId): readonly string[] {
  const around = places.get(id) ?? [];
  const isBeside = (step: Step): boolean =>
    around.some((branch, depth) => {
      const other = places.get(step.id)?.[depth];
      const block = branch.slice(0, branch.lastIndexOf('/') + 1);
      return other !== undefined && other !== branch && other.startsWith(block);
    });
  return definition.steps.filter(isBeside).flatMap(factsSetBy);
}
