import type { DecisionTable } from '../definition/definition.ts';
import { alike, differingParts, paired } from './difference-list.ts';
import type { Place } from './difference-report.ts';
import type { Compared } from './difference-steps.ts';
import { listed, quoted, valueInWords, type Words } from '../people/words.ts';

type Row = DecisionTable['rules'][number];

const hits = {
  first: 'the first row that holds counts',
  unique: 'exactly one row must hold',
  any: 'rows that hold must agree',
  shortest: 'the shortest time counts',
  highest: 'the highest result counts',
  sum: 'the results are added up',
  count: 'the rows that hold are counted',
} as const;

/** A decision table, written in this part of its step. */
export function compareTables(
  where: 'table' | 'approvers',
): (compared: Compared<DecisionTable>) => void {
  return ({ place, name, before, after }) => {
    if (!before || !after) {
      const table = quoted((after ?? before)?.name ?? '');
      const kind = after ? 'added' : 'removed';
      const text = `${name} ${after ? 'now' : 'no longer'} uses the table ${table}.`;
      place.noticed(kind, 'table', where, text);
      return;
    }
    const table = `table ${quoted(after.name)} of ${name}`;
    for (const part of differingParts(before, after)) {
      const tell = (text: string) => place.quiet('changed', 'table', `${where}.${part}`, text);
      if (part === 'rules') {
        compareRows(before.rules, after.rules, { place, table, where: `${where}.rules` });
      } else if (part === 'hit') {
        const text = `In ${table}, ${hits[after.hit]}; before, ${hits[before.hit]}.`;
        place.noticed('changed', 'table', `${where}.hit`, text);
      } else if (part === 'name') {
        const text = `Table ${quoted(before.name)} of ${name} is now called ${quoted(after.name)}.`;
        place.quiet('renamed', 'table', `${where}.name`, text);
      } else if (part === 'inputs') {
        const [now, was] = [place.now.facts(after.inputs), place.was.facts(before.inputs)];
        tell(`The ${table} now looks at ${now}, was at ${was}.`);
      } else if (part === 'outputs') {
        const list = ({ outputs }: DecisionTable) => listed(outputs.map((one) => quoted(one.name)));
        const [now, was] = [list(after), list(before)];
        tell(
          now === was
            ? `The results of the ${table} are of another kind.`
            : `The ${table} now gives ${now}, was ${was}.`,
        );
      } else {
        tell(`The ${part} of the ${table} has changed.`);
      }
    }
  };
}

interface At {
  readonly place: Place;
  readonly table: string;
  readonly where: string;
}

/** Rows are the same when their condition is; others are paired by what they give. */
function compareRows(before: readonly Row[], after: readonly Row[], at: At): void {
  const { place, table, where } = at;
  const tell = (kind: 'added' | 'removed' | 'moved' | 'changed', row: number, text: string) =>
    place.noticed(kind, 'table', `${where}.${row}`, text);
  const rows = paired(before, after, ({ when }) => JSON.stringify(when ?? null));
  const changed = paired(
    rows.removed.map(({ at: row, item }) => ({ row, item })),
    rows.added.map(({ at: row, item }) => ({ row, item })),
    ({ item }) => JSON.stringify(item.then),
  );
  for (const { item } of changed.added) {
    const said = rowInWords(item.item, place.now);
    tell('added', item.row, `The ${table} has a new row ${item.row + 1}: ${said}.`);
  }
  for (const { item } of changed.removed) {
    const said = rowInWords(item.item, place.was);
    tell('removed', item.row, `The ${table} no longer has the row: ${said}.`);
  }
  for (const { before: was, after: now } of changed.kept) {
    const [old, fresh] = place.report.whens(was.item.when, now.item.when);
    const result = resultInWords(now.item);
    const text = `Row ${now.row + 1} of the ${table} now gives ${result} ${fresh}, was ${old}.`;
    tell('changed', now.row, text);
    tellNote(was.item, now.item, { ...at, row: now.row });
  }
  for (const { at: row, before: was, after: now } of rows.kept) {
    if (!alike(was.then, now.then)) {
      const [fresh, old] = [resultInWords(now), resultInWords(was)];
      const when = place.now.when(now.when);
      tell(
        'changed',
        row,
        `Row ${row + 1} of the ${table} (${when}) now gives ${fresh}, was ${old}.`,
      );
    }
    tellNote(was, now, { ...at, row });
  }
  if (rows.reordered) {
    place.noticed('moved', 'table', where, `The rows of the ${table} stand in another order.`);
  }
}

function tellNote(before: Row, after: Row, at: At & { readonly row: number }): void {
  if ((before.note ?? '') === (after.note ?? '')) return;
  const text = `The note of row ${at.row + 1} of the ${at.table} has changed.`;
  at.place.quiet('changed', 'table', `${at.where}.${at.row}.note`, text);
}

function rowInWords(row: Row, words: Words): string {
  return `${words.when(row.when)}, ${resultInWords(row)}`;
}

function resultInWords({ then }: Row): string {
  const results = Object.entries(then).map(([name, value]) => `${name} ${valueInWords(value)}`);
  return listed(results) || 'nothing';
}
