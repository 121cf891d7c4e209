import type { Facts, FactValue } from '../expressions/condition.ts';
import type { SeparationRule, Step } from '../definition/definition.ts';
import { type Dictionary, readFact } from '../expressions/dictionary.ts';
import { mayHold } from '../expressions/expressions.ts';
import type { Journal } from './journal.ts';
import { refuse } from '../run/refused.ts';
import type { RunState } from '../run/run.ts';

/** What separation of duties says about one person at one step. */
export interface Separation {
  /** The rule that keeps the person out, if any. */
  readonly against: SeparationRule | null;
  /** Rules that a declared exception lifts for this person. */
  readonly waived: readonly string[];
}

/** The case that separation is judged on. */
export interface SeparationCase {
  readonly dictionary: Dictionary;
  readonly facts: Facts;
  readonly performers: RunState['performers'];
}

/** Judges a real person against the rules of a step, on the facts of this moment. */
export function separationOf(step: Step, personId: string, on: SeparationCase): Separation {
  const waived: string[] = [];
  const rules = 'separation' in step ? (step.separation ?? []) : [];
  for (const rule of rules) {
    // A guard that cannot tell whether it applies does apply.
    if (rule.when && !mayHold(rule.when, on.dictionary, on.facts)) continue;
    if (!touches(rule, personId, on)) continue;
    if (!isLifted(rule, on)) return { against: rule, waived: [] };
    waived.push(rule.id);
  }
  return { against: null, waived };
}

function touches(rule: SeparationRule, personId: string, on: SeparationCase): boolean {
  return (
    (rule.parties ?? []).some((name) => names(readFact(on.facts, name), personId)) ||
    (rule.steps ?? []).some((step) =>
      Object.hasOwn(on.performers, step) ? on.performers[step]?.includes(personId) : false,
    )
  );
}

/** Whether a fact holding one name or several holds this one. */
export function names(value: unknown, wanted: string): boolean {
  return value === wanted || (Array.isArray(value) && value.includes(wanted));
}

/**
 * Whether the organisation’s fact `exceptions` lifts the rule. Only a micro organisation may
 * declare one, and never for a high or prohibited tier.
 */
function isLifted(rule: SeparationRule, on: SeparationCase): boolean {
  const tier = readFact(on.facts, 'tier');
  return (
    rule.waivable === 'micro' &&
    names(ofOrganisation(on, 'exceptions'), rule.id) &&
    ofOrganisation(on, 'orgSize') === 'micro' &&
    (tier === 'minimal' || tier === 'limited')
  );
}

/** A fact that nobody can set from inside a run. */
function ofOrganisation({ dictionary, facts }: SeparationCase, name: string): FactValue {
  const fact = dictionary.declarations.get(name);
  return fact?.source === 'organisation' ? readFact(facts, name) : null;
}

/** The case of a move: its facts, performers and exceptions. */
export function caseOf(journal: Journal): SeparationCase {
  return {
    dictionary: journal.compiled.dictionary,
    facts: journal.facts,
    performers: journal.state.performers,
  };
}

/**
 * Refuses when separation of duties keeps out the first of these people, or any of those in whose
 * name they act; gives the rules that were lifted for one of them.
 */
export function requireSeparation(
  journal: Journal,
  step: Step,
  [personId, ...others]: readonly string[],
): readonly string[] {
  const on = caseOf(journal);
  const judged = personId === undefined ? null : separationOf(step, personId, on);
  if (judged?.against) {
    const { because, id } = judged.against;
    refuse('separation-of-duties', `${because} Ask someone else to do “${step.name}”.`, {
      rule: id,
    });
  }
  const waived = new Set(judged?.waived);
  for (const other of others) {
    const { against, waived: lifted } = separationOf(step, other, on);
    if (against) {
      refuse(
        'separation-of-duties',
        `The person you act for is kept out of “${step.name}”, and so are you for them: ` +
          `“${against.because}” Act in your own name if you may, or leave it to someone else.`,
        { rule: against.id },
      );
    }
    for (const rule of lifted) waived.add(rule);
  }
  return [...waived];
}
