import type { Facts, FactValue } from '../expressions/condition.ts';
import type { ApprovalStep, Step, StepId, WorkflowDefinition } from './definition.ts';
import { type Dictionary, dictionaryOf, readFact } from '../expressions/dictionary.ts';
import { factsIn, factsInExpression } from '../expressions/expressions.ts';
import { placesIn } from './places.ts';

/** A definition with everything looked up that moves need again and again. */
export interface Compiled {
  readonly definition: WorkflowDefinition;
  readonly steps: ReadonlyMap<StepId, Step>;
  readonly dictionary: Dictionary;
  /** The branches around each reachable step, outermost first. */
  readonly places: ReadonlyMap<StepId, readonly string[]>;
  /** Names of the facts that are read fresh from the subject and the organisation. */
  readonly outside: readonly string[];
  readonly declaresToday: boolean;
}

const compilations = new WeakMap<WorkflowDefinition, Compiled>();

/** The compiled form of a definition; the same object gives the same one. */
export function compiledOf(definition: WorkflowDefinition): Compiled {
  let compiled = compilations.get(definition);
  if (!compiled) {
    const steps = new Map(definition.steps.map((step) => [step.id, step]));
    const dictionary = dictionaryOf(definition.facts);
    compiled = {
      definition,
      steps,
      dictionary,
      places: placesIn(definition, steps),
      outside: definition.facts
        .filter(({ source }) => source === 'subject' || source === 'organisation')
        .map(({ name }) => name),
      declaresToday: dictionary.declarations.get('today')?.source === 'run',
    };
    compilations.set(definition, compiled);
  }
  return compiled;
}

const restsOn = new WeakMap<ApprovalStep, readonly string[]>();

/** Names of the facts that a decision rests on: shown, read by the gate or by the approver table. */
export function basisOf(step: ApprovalStep): readonly string[] {
  let names = restsOn.get(step);
  if (!names) {
    const all = new Set([...step.shows, ...(step.approvers?.inputs ?? [])]);
    if (step.roleFrom) for (const name of factsInExpression(step.roleFrom)) all.add(name);
    for (const { applies, holds } of step.gate ?? []) {
      for (const name of factsIn(holds).read) all.add(name);
      if (applies) for (const name of factsIn(applies).read) all.add(name);
    }
    names = [...all];
    restsOn.set(step, names);
  }
  return names;
}

/** These facts of all, the unknown ones as `null`. */
export function pick(facts: Facts, names: readonly string[]): Facts {
  const picked: Record<string, FactValue> = {};
  for (const name of names) picked[name] = readFact(facts, name);
  return picked;
}
