import type { Compiled } from '../definition/compiled.ts';
import type { FactDeclaration, FactType } from '../expressions/condition.ts';
import type { DecisionTable, Step } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { matchInputs } from './fixes.ts';
import { durationInDays } from '../definition/table.ts';
import { sameValue } from '../expressions/value-type.ts';
import { readBy, tableOf, tablePlace } from '../definition/rules.ts';
import { requireFact } from './validate-facts.ts';

/** Checks the decision table of a step: inputs, outputs and what each row sets. */
export function checkTable(compiled: Compiled, step: Step, findings: Findings): void {
  const table = tableOf(step);
  if (!table) return;
  const place = `steps.${step.id}.${tablePlace(step)}`;
  for (const name of table.inputs) requireFact(compiled, findings, name, { place });
  checkInputs(compiled, step, table, findings);
  if (table.outputs.length === 0) findings.error('bad-table', place, 'The table sets nothing.');
  if (table.rules.length === 0) findings.error('bad-table', place, 'The table has no rows.');
  if (step.type === 'table') checkOutputs(compiled, table, place, findings);
  else checkApproverOutputs(table, place, findings);
  checkRows(table, place, findings);
}

/** What a row looks at must be an input, or the record of the decision would not show it. */
function checkInputs(
  { definition }: Compiled,
  step: Step,
  table: DecisionTable,
  findings: Findings,
): void {
  const place = `steps.${step.id}.${tablePlace(step)}`;
  const read = new Set<string>();
  for (const { when } of table.rules) {
    if (when) for (const name of readBy(when)) read.add(name);
  }
  const fix = matchInputs(definition, step, table, read);
  for (const name of read) {
    if (!table.inputs.includes(name)) {
      const message = `A row looks at “${name}”. Add it to the inputs.`;
      findings.error('bad-table', place, message, fix);
    }
  }
  for (const name of table.inputs.filter((input) => !read.has(input))) {
    findings.warn('bad-table', place, `No row looks at the input “${name}”.`, fix);
  }
}

function checkOutputs(
  compiled: Compiled,
  table: DecisionTable,
  place: string,
  findings: Findings,
): void {
  for (const output of table.outputs) {
    const fact = requireFact(compiled, findings, output.name, { place, source: 'table' });
    if (fact && !sameValue(fact.type, output.type)) {
      const message = `The output “${output.name}” has another type than the fact of that name.`;
      findings.error('bad-table', place, message);
    }
  }
}

const approverOutputs: Readonly<Record<string, FactType['kind']>> = {
  role: 'text',
  count: 'number',
  also: 'text',
  blocked: 'text',
};

function checkApproverOutputs(table: DecisionTable, place: string, findings: Findings): void {
  for (const { name, type } of table.outputs) {
    const kind = Object.hasOwn(approverOutputs, name) ? approverOutputs[name] : undefined;
    if (kind === undefined) {
      const message = `“${name}” has no effect: approvers have role, count, also and blocked.`;
      findings.error('bad-table', place, message);
    } else if (type.kind !== kind && !(kind === 'text' && type.kind === 'choice')) {
      findings.error('bad-table', place, `The output “${name}” must be a ${kind}.`);
    }
  }
  for (const [at, { then }] of table.rules.entries()) {
    if (!Object.hasOwn(then, 'role') && !Object.hasOwn(then, 'blocked')) {
      findings.error(
        'bad-table',
        `${place}.rules.${at}`,
        'This row names no role and does not block.',
      );
    }
  }
}

function checkRows(table: DecisionTable, place: string, findings: Findings): void {
  const outputs = new Map(table.outputs.map((output) => [output.name, output]));
  for (const [at, { then }] of table.rules.entries()) {
    for (const [name, value] of Object.entries(then)) {
      const output = outputs.get(name);
      const message = output
        ? problemOf(table, output, value)
        : `“${name}” is not an output of this table.`;
      if (message !== null) findings.error('bad-table', `${place}.rules.${at}`, message);
    }
  }
  const always = table.rules.findIndex(({ when }) => !when);
  if (table.hit === 'first' && always >= 0 && always < table.rules.length - 1) {
    const message = 'The rows after the one without a condition are never reached.';
    findings.error('never-chosen', `${place}.rules.${always + 1}`, message);
  }
}

function problemOf(
  table: DecisionTable,
  { name, type }: FactDeclaration,
  value: string | number | boolean,
): string | null {
  if (table.hit === 'shortest' && durationInDays(value) === null) {
    return `“${name}” must be a duration like P6M.`;
  }
  if (type.kind === 'choice') {
    const offered = typeof value === 'string' && type.options.includes(value);
    return offered ? null : `“${name}” must be one of ${type.options.join(', ')}.`;
  }
  const wanted = type.kind === 'boolean' || type.kind === 'number' ? type.kind : 'string';
  if (['list', 'choices', 'people', 'evidence'].includes(type.kind)) {
    return `A table cannot set “${name}”, which is a ${type.kind}.`;
  }
  return typeof value === wanted ? null : `“${name}” must be a ${type.kind}.`;
}
