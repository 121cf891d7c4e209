import type { Compiled } from '../definition/compiled.ts';
import type { ApprovalStep, FormStep, Step, StepId } from '../definition/definition.ts';
import { isFactName } from '../expressions/dictionary.ts';
import type { ExpressionProblem } from '../expressions/expression-failure.ts';
import { checkCondition, checkExpression } from '../expressions/expressions.ts';
import type { Findings } from './findings.ts';
import { reaches } from '../definition/graph.ts';
import { conditionsOf, expressionsOf } from '../definition/rules.ts';
import { requireFact } from './validate-facts.ts';
import { checkNames } from './validate-graph.ts';
import { checkTime } from './validate-waits.ts';

/** Checks every condition and expression of a step against the declared facts. */
export function checkExpressions(compiled: Compiled, step: Step, findings: Findings): void {
  const { dictionary } = compiled;
  for (const { place, condition } of conditionsOf(step)) {
    report(findings, place, checkCondition(condition, dictionary));
  }
  for (const { place, expression, fact, type } of expressionsOf(step)) {
    const declared =
      fact === undefined
        ? null
        : requireFact(compiled, findings, fact, { place, source: 'calculated' });
    report(findings, place, checkExpression(expression, dictionary, declared?.type ?? type));
  }
  if (step.type === 'end') {
    for (const { field } of step.writes ?? []) {
      if (!isFactName(field)) {
        findings.error('bad-name', `steps.${step.id}.writes`, `“${field}” is not a field’s name.`);
      }
    }
  }
}

function report(findings: Findings, place: string, problems: readonly ExpressionProblem[]): void {
  for (const { code, message } of problems) {
    findings.error(code === 'unknown-fact' ? 'undeclared-fact' : 'expression', place, message);
  }
}

/** Checks separation rules, roles, gate keys and amounts of time. */
export function checkPeopleAndTime(compiled: Compiled, step: Step, findings: Findings): void {
  const place = `steps.${step.id}`;
  if ('role' in step && !/^[a-z]+\.[a-z_]+$/.test(step.role)) {
    findings.error('bad-name', `${place}.role`, `“${step.role}” is not a role.`);
  }
  if ('separation' in step) checkSeparation(compiled, step, findings);
  if (step.type === 'approval') {
    checkNames(
      findings,
      `${place}.gate`,
      (step.gate ?? []).map(({ key }) => key),
    );
  }
  if ('due' in step) {
    for (const [at, { due }] of (step.due ?? []).entries()) {
      const where = `${place}.due.${at}`;
      if ('on' in due) requireFact(compiled, findings, due.on, { place: where, kinds: ['date'] });
      else checkTime(findings, where, due);
    }
  }
  if (step.type === 'timer') checkTime(findings, `${place}.wait`, step.wait);
}

function checkSeparation(
  compiled: Compiled,
  step: FormStep | ApprovalStep,
  findings: Findings,
): void {
  for (const [at, rule] of (step.separation ?? []).entries()) {
    const place = `steps.${step.id}.separation.${at}`;
    if ((rule.parties?.length ?? 0) + (rule.steps?.length ?? 0) === 0) {
      findings.error(
        'bad-separation',
        place,
        'This rule keeps nobody apart: name parties or steps.',
      );
    }
    for (const name of rule.parties ?? []) {
      requireFact(compiled, findings, name, { place, kinds: ['person', 'people'] });
    }
    for (const id of rule.steps ?? []) {
      const other = compiled.steps.get(id);
      if (!other || !('role' in other)) {
        const message = `“${id}” is not a step that a person does here.`;
        findings.error('bad-separation', place, message);
      } else if (id === step.id) {
        findings.error('bad-separation', place, 'A step cannot be kept apart from itself.');
      } else if (!mayComeBefore(compiled, id, step.id)) {
        findings.warn('bad-separation', place, `“${id}” never comes before “${step.id}”.`);
      }
    }
  }
}

/** Whether the one step can be done before the other: on the way to it, or in a branch beside it. */
function mayComeBefore({ steps, places }: Compiled, one: StepId, other: StepId): boolean {
  const beside = (places.get(one) ?? []).some((branch, depth) => {
    const around = places.get(other)?.[depth];
    const block = branch.slice(0, branch.lastIndexOf('/') + 1);
    return around !== undefined && around !== branch && around.startsWith(block);
  });
  return beside || reaches(one, other, steps);
}
