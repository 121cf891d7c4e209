import { caseInWords, casesOf, holdsIn, isKnown } from '../definition/cases.ts';
import type { Compiled } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { DecisionTable, Step } from '../definition/definition.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import type { Findings } from './findings.ts';
import { removeRow, removeWay } from './fixes.ts';
import { tableOf, tablePlace } from '../definition/rules.ts';
import { agree } from '../definition/table.ts';

/**
 * Looks at every case that the conditions of a step can tell apart: rows that clash, cases without
 * a row, and rows, ways and outcomes that no case ever leads to.
 */
export function checkCases(compiled: Compiled, step: Step, findings: Findings): void {
  try {
    const table = tableOf(step);
    if (table) checkTableCases(compiled, step, table, findings);
    if ('next' in step) checkWays(compiled, step, findings);
    if (step.type === 'approval') checkOffers(compiled, step, findings);
  } catch (error) {
    // A broken condition is reported where conditions are checked.
    if (!(error instanceof ExpressionFailure)) throw error;
  }
}

function checkTableCases(
  compiled: Compiled,
  step: Step,
  table: DecisionTable,
  findings: Findings,
): void {
  const place = `steps.${step.id}.${tablePlace(step)}`;
  const conditions = table.rules.map(({ when }) => when);
  const cases = casesOf(conditions, compiled);
  if (!cases) return;
  const used = new Set<number>();
  let missing: Facts | null = null;
  let clash: readonly [number, number, Facts] | null = null;
  for (const facts of cases) {
    const rows = [...conditions.keys()].filter((at) => holdsIn(conditions[at], facts, compiled));
    const [first] = rows;
    if (first === undefined && isKnown(facts)) missing ??= facts;
    for (const row of table.hit === 'first' ? rows.slice(0, 1) : rows) used.add(row);
    if (table.hit !== 'unique' && table.hit !== 'any') continue;
    const other = rows.find(
      (row) => row !== first && (table.hit === 'unique' || !agree(table, first ?? row, row)),
    );
    if (first !== undefined && other !== undefined) clash ??= [first, other, facts];
  }
  if (clash) {
    const [one, other, facts] = clash;
    const message = `Rows ${one + 1} and ${other + 1} hold at once when ${caseInWords(facts)}.`;
    findings.error('bad-table', `${place}.rules.${other}`, message);
  }
  const adds = table.hit === 'sum' || table.hit === 'count';
  const goesOn = 'failed' in step && step.failed !== undefined;
  if (missing && !adds && !goesOn) {
    const stops = step.type === 'table' ? 'the run does not go on' : 'nobody can approve';
    const message = `No row fits when ${caseInWords(missing)}: ${stops} then. Add a row.`;
    findings.warn('incomplete-table', place, message);
  }
  const always = conditions.findIndex((condition) => !condition);
  for (const at of conditions.keys()) {
    // What follows on a row without a condition is reported with the rows.
    if (used.has(at) || (table.hit === 'first' && always >= 0 && at > always)) continue;
    const message = `Row ${at + 1} never counts. Remove it.`;
    const fix = removeRow(compiled.definition, step, table, at);
    findings.warn('never-chosen', `${place}.rules.${at}`, message, fix);
  }
}

function checkWays(
  compiled: Compiled,
  step: Extract<Step, { readonly next: unknown }>,
  findings: Findings,
): void {
  const conditions = step.next.map(({ when }) => when);
  const cases = casesOf(conditions, compiled);
  if (!cases || conditions.length < 2) return;
  const used = new Set(
    cases.map((facts) => conditions.findIndex((one) => holdsIn(one, facts, compiled))),
  );
  const always = conditions.findIndex((condition) => !condition);
  for (const at of conditions.keys()) {
    // The last way is also for what is not known; after one without a condition all is reported.
    const last = at === conditions.length - 1;
    if (used.has(at) || last || (always >= 0 && at > always)) continue;
    const message = 'No case leads this way: an earlier one is taken each time. Remove it.';
    const fix = removeWay(compiled.definition, step, at);
    findings.warn('never-chosen', `steps.${step.id}.next.${at}`, message, fix);
  }
}

function checkOffers(
  compiled: Compiled,
  { id, outcomes }: Step & { readonly type: 'approval' },
  findings: Findings,
): void {
  for (const { key, when } of outcomes) {
    const cases = when ? casesOf([when], compiled) : null;
    if (!cases || cases.some((facts) => holdsIn(when, facts, compiled))) continue;
    const message = `“${key}” is never offered: its condition never holds.`;
    findings.warn('never-chosen', `steps.${id}.outcomes.${key}`, message);
  }
}
