import type { Condition, Expression, FactType } from '../expressions/condition.ts';
import type { DecisionTable, FormStep, Step, SubWorkflowStep } from './definition.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { factsIn, factsInExpression } from '../expressions/expressions.ts';
import { boundariesOf } from './graph.ts';

/** A condition of a step, with its place and whether the step's own facts are set by then. */
export interface PlacedCondition {
  readonly place: string;
  readonly condition: Condition;
  readonly after: boolean;
}

/** The conditions of a step, without those inside its form. */
export function conditionsOf(step: Step): readonly PlacedCondition[] {
  const found: PlacedCondition[] = [];
  const add = (place: string, condition: Condition | undefined, after = false): void => {
    if (condition) found.push({ place: `steps.${step.id}.${place}`, condition, after });
  };
  add('when', step.when);
  if ('next' in step) step.next.forEach(({ when }, at) => add(`next.${at}.when`, when, true));
  if ('due' in step) step.due?.forEach(({ when }, at) => add(`due.${at}.when`, when));
  if ('separation' in step) {
    step.separation?.forEach(({ when }, at) => add(`separation.${at}.when`, when));
  }
  if (step.type === 'parallel') {
    for (const { id, when } of step.branches) add(`branches.${id}.when`, when);
  }
  if ('enough' in step && step.enough && 'when' in step.enough) {
    add('enough.when', step.enough.when);
  }
  if ('each' in step && step.each?.enough && 'when' in step.each.enough) {
    add('each.enough.when', step.each.enough.when, true);
  }
  if (step.type === 'approval') {
    step.gate?.forEach(({ applies, holds }, at) => {
      add(`gate.${at}.applies`, applies);
      add(`gate.${at}.holds`, holds);
    });
    step.outcomes.forEach(({ when }, at) => add(`outcomes.${at}.when`, when));
  }
  tableOf(step)?.rules.forEach(({ when }, at) => add(`${tablePlace(step)}.rules.${at}.when`, when));
  return found;
}

/** An expression of a step, with its place and what it sets or must give. */
export interface PlacedExpression {
  readonly place: string;
  readonly expression: Expression;
  readonly fact?: string;
  readonly type?: FactType;
}

/** The expressions of a step, with their places. */
export function expressionsOf(step: Step): readonly PlacedExpression[] {
  const place = `steps.${step.id}`;
  if ('roleFrom' in step && step.roleFrom) {
    return [{ place: `${place}.roleFrom`, expression: step.roleFrom, type: { kind: 'text' } }];
  }
  if (step.type === 'check') {
    return (step.set ?? []).map(({ fact, value }, at) => ({
      ...{ place: `${place}.set.${at}`, expression: value, fact },
    }));
  }
  if (step.type === 'end') {
    return (step.writes ?? []).map(({ value }, at) => ({
      ...{ place: `${place}.writes.${at}`, expression: value },
    }));
  }
  return [];
}

/** The decision table that a step evaluates, as a step of its own or to find its approvers. */
export function tableOf(step: Step): DecisionTable | undefined {
  if (step.type === 'table') return step.table;
  return step.type === 'approval' ? step.approvers : undefined;
}

/** Where a step's decision table is written. */
export function tablePlace(step: Step): string {
  return step.type === 'approval' ? 'approvers' : 'table';
}

/** Names of the facts that a step sets in the run. */
export function factsSetBy(step: Step): readonly string[] {
  switch (step.type) {
    case 'form':
    case 'task':
      return [...gathered(step), step.performer].filter((name) => name !== undefined);
    case 'approval':
      return [step.outcomeFact, step.performer].filter((name) => name !== undefined);
    case 'check':
      return (step.set ?? []).map(({ fact }) => fact);
    case 'table':
      return step.table.outputs.map(({ name }) => name);
    case 'sub-workflow':
      return gathered(step);
    case 'await':
      return (step.takes ?? []).map(({ ours }) => ours);
    default:
      return [];
  }
}

/** What a step gives: of itself or, when it is done for each item of a list, as one list. */
function gathered(step: FormStep | SubWorkflowStep): readonly string[] {
  if (!step.each) return factsGivenBy(step);
  return step.each.collect === undefined ? [] : [step.each.collect];
}

/** Names of the facts that the work of a step, or of one of its items, gives. */
export function factsGivenBy(step: FormStep | SubWorkflowStep): readonly string[] {
  return step.type === 'sub-workflow'
    ? [step.outcomeFact, ...step.output.map(({ ours }) => ours)]
    : step.form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
}

/** Names of the facts that are known only while one item of a step is at work. */
export function factsOfItems(step: Step): readonly string[] {
  return 'each' in step && step.each ? [step.each.as, ...factsGivenBy(step)] : [];
}

/** Names of the facts that the signals of a step's boundaries bring. */
export function factsTakenBeside(step: Step): readonly string[] {
  return boundariesOf(step).flatMap((boundary) =>
    'signal' in boundary ? (boundary.takes ?? []).map(({ ours }) => ours) : [],
  );
}

/** Facts that a condition depends on being known; none when its text cannot be parsed. */
export function neededBy(condition: Condition): readonly string[] {
  return unlessBroken(() => {
    const { read, tested } = factsIn(condition);
    return [...read].filter((name) => !tested.has(name));
  });
}

/** All facts that a condition looks at; none when its text cannot be parsed. */
export function readBy(condition: Condition): readonly string[] {
  return unlessBroken(() => [...factsIn(condition).read]);
}

/** Facts that an expression looks at; none when its text cannot be parsed. */
export function readByExpression(expression: Expression): readonly string[] {
  return unlessBroken(() => [...factsInExpression(expression)]);
}

function unlessBroken(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch (error) {
    // Broken text is reported where the expression itself is checked.
    if (error instanceof ExpressionFailure) return [];
    throw error;
  }
}
