import type { Condition } from '../expressions/condition.ts';
import type { Boundary, EachRule, EscalationLevel } from '../definition/definition.ts';
import { differingParts, paired } from './difference-list.ts';
import type { Compared } from './difference-steps.ts';
import { dueInWords, quoted, type Words } from '../people/words.ts';

/** When a join or the items of a step are done before the last one. */
export function enoughInWords(
  enough: { readonly count: number } | { readonly when: Condition },
  words: Words,
): string {
  return 'count' in enough ? `after ${enough.count}` : words.when(enough.when);
}

/** The levels of an escalation chain. */
export function compareEscalation({
  place,
  name,
  before,
  after,
}: Compared<readonly EscalationLevel[]>): void {
  const levels = paired(before, after, ({ at }) => String(at));
  const of = (at: string) => `at ${at} % of its time`;
  for (const { key, at, item } of levels.added) {
    const text = `${name}: ${of(key)} now ${place.now.level(item)}.`;
    place.noticed('added', 'escalation', `escalation.${at}`, text);
  }
  for (const { key, at, item } of levels.removed) {
    const text = `${name}: ${of(key)} no longer ${place.was.level(item)}.`;
    place.noticed('removed', 'escalation', `escalation.${at}`, text);
  }
  for (const { key, at, before: was, after: now } of levels.kept) {
    if (differingParts(was, now).length === 0) continue;
    const [fresh, old] = [place.now.level(now), place.was.level(was)];
    const text = `${name}: ${of(key)} now ${fresh}; before, ${old}.`;
    place.noticed('changed', 'escalation', `escalation.${at}`, text);
  }
  if (levels.reordered) {
    const text = `The escalation of ${name} is written in another order.`;
    place.quiet('moved', 'escalation', 'escalation', text);
  }
}

/** What may happen while a step waits. */
export function compareBoundaries({
  place,
  name,
  before,
  after,
}: Compared<readonly Boundary[]>): void {
  const boundaries = paired(before, after, ({ id }) => id);
  for (const { key, item } of boundaries.added) {
    const text = `${name} got ${quoted(item.label)}: ${boundaryInWords(item, place.now)}.`;
    place.noticed('added', 'boundary', `boundaries.${key}`, text);
  }
  for (const { key, item } of boundaries.removed) {
    const text = `${name} lost ${quoted(item.label)}: ${boundaryInWords(item, place.was)}.`;
    place.noticed('removed', 'boundary', `boundaries.${key}`, text);
  }
  for (const { key, before: was, after: now } of boundaries.kept) {
    const parts = differingParts(was, now);
    if (parts.length === 0) continue;
    const where = `boundaries.${key}`;
    if (parts.includes('label')) {
      const text = `${quoted(was.label)} of ${name} is now called ${quoted(now.label)}.`;
      place.noticed('renamed', 'boundary', `${where}.label`, text);
    }
    if (parts.some((part) => part !== 'label')) {
      const [fresh, old] = [boundaryInWords(now, place.now), boundaryInWords(was, place.was)];
      const text =
        fresh === old
          ? `${quoted(now.label)} of ${name} takes over other facts.`
          : `${quoted(now.label)} of ${name}: now ${fresh}; before, ${old}.`;
      place.noticed('changed', 'boundary', where, text);
    }
  }
  if (boundaries.reordered) {
    const text = `What may happen during ${name} is listed in another order.`;
    place.quiet('moved', 'boundary', 'boundaries', text);
  }
}

function boundaryInWords(boundary: Boundary, words: Words): string {
  const cause =
    'after' in boundary
      ? `after ${dueInWords(boundary.after)}`
      : `when the signal ${quoted(boundary.signal)} comes`;
  const to = words.step(boundary.to);
  return boundary.interrupts
    ? `${cause} it is given up for ${to}`
    : `${cause} ${to} starts beside it`;
}

/** Once for each item of a list. */
export function compareEach({ place, name, before, after }: Compared<EachRule>): void {
  const say = (each: EachRule | undefined, words: Words): string => {
    if (!each) return 'once';
    const order = each.order === 'together' ? 'all together' : 'one by one';
    const enough = each.enough ? `, enough ${enoughInWords(each.enough, words)}` : '';
    return `for each of ${words.fact(each.over)}, ${order}${enough}`;
  };
  const [now, was] = [say(after, place.now), say(before, place.was)];
  if (now === was) {
    place.quiet('changed', 'items', 'each', `The facts for the items of ${name} have changed.`);
  } else {
    place.noticed('changed', 'items', 'each', `${name} is now done ${now}, was done ${was}.`);
  }
}
