import type { Expression } from '../expressions/condition.ts';
import type { Step, Take, Transition } from '../definition/definition.ts';
import {
  compareBoundaries,
  compareEach,
  compareEscalation,
  enoughInWords,
} from './difference-waits.ts';
import {
  compareGate,
  compareOutcomes,
  compareQuorum,
  compareSeparation,
} from './difference-decisions.ts';
import { compareForms } from './difference-forms.ts';
import { differingParts, paired } from './difference-list.ts';
import type { Place } from './difference-report.ts';
import { compareTables } from './difference-tables.ts';
import type { ChangedPart } from './difference.ts';
import { dueInWords, listed, quoted, roleName, stepKinds } from '../people/words.ts';

/** The value of a part in whatever kinds of step have it. */
type PartOf<Key extends string> = Step extends infer S
  ? S extends unknown
    ? Key extends keyof S
      ? S[Key]
      : never
    : never
  : never;

/** What the two versions of a step have in a part. */
export interface Compared<Value> {
  readonly place: Place;
  /** The step's new name in quotation marks. */
  readonly name: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

type Describer = (before: Step, after: Step, place: Place) => void;

/** Names every difference between two versions of a step. */
export function compareSteps(before: Step, after: Step, place: Place): void {
  const name = quoted(after.name);
  if (before.type !== after.type) {
    const text = `${name} is now ${stepKinds[after.type]}, was ${stepKinds[before.type]}.`;
    place.noticed('changed', 'step', '', text);
  }
  for (const part of differingParts(before, after)) {
    if (part === 'type') continue;
    const describe = describers.get(part);
    if (describe) describe(before, after, place);
    else place.quiet('changed', 'step', part, `The ${part} of ${name} has changed.`);
  }
}

function on<Key extends string>(
  key: Key,
  describe: (compared: Compared<NonNullable<PartOf<Key>>>) => void,
): readonly [string, Describer] {
  return [
    key,
    (before, after, place) =>
      describe({
        ...{ place, name: quoted(after.name) },
        ...{ before: partOf(before, key), after: partOf(after, key) },
      }),
  ];
}

function partOf<Key extends string>(step: Step, key: Key): NonNullable<PartOf<Key>> | undefined {
  const found: unknown = Object.hasOwn(step, key) ? Reflect.get(step, key) : undefined;
  return found as NonNullable<PartOf<Key>> | undefined;
}

/** “is now …, was …” about one value. */
function value<Key extends string>(
  [key, part, seen]: readonly [Key, ChangedPart, 'noticed' | 'quiet'],
  subject: string,
  inWords: (value: NonNullable<PartOf<Key>>, words: Place['now']) => string,
  none = 'nothing',
): readonly [string, Describer] {
  return on(key, ({ place, name, before, after }) => {
    const now = after === undefined ? none : inWords(after, place.now);
    const was = before === undefined ? none : inWords(before, place.was);
    place[seen]('changed', part, key, `${subject.replace('X', name)} ${now}, was ${was}.`);
  });
}

type ListPart = 'requirements' | 'evidence' | 'roles' | 'people' | 'shows' | 'steps';

/** What a list of words gained and lost. */
function words(
  [key, part, seen]: readonly [ListPart, ChangedPart, 'noticed' | 'quiet'],
  subject: string,
  inWords: (word: string, words: Place['now']) => string = quoted,
): readonly [string, Describer] {
  return on(key, ({ place, name, before, after }) => {
    const said = subject.replace('X', name);
    const { added, removed, reordered } = paired<string>(before, after, (word) => word);
    const list = (items: typeof added, by: Place['now']) =>
      listed(items.map(({ item }) => inWords(item, by)));
    if (added.length > 0) {
      place[seen]('added', part, key, `${said} now also ${list(added, place.now)}.`);
    }
    if (removed.length > 0) {
      place[seen]('removed', part, key, `${said} no longer ${list(removed, place.was)}.`);
    }
    if (reordered) place.quiet('moved', part, key, `${said} the same in another order.`);
    if (added.length + removed.length === 0 && !reordered) {
      place.quiet('changed', part, key, `The ${key} of ${name} are now said otherwise.`);
    }
  });
}

const describers: ReadonlyMap<string, Describer> = new Map([
  on('name', ({ place, name, before }) =>
    place.noticed('renamed', 'step', 'name', `${quoted(before ?? '')} is now called ${name}.`),
  ),
  on('stage', ({ place, name, before = '', after = '' }) =>
    place.noticed(
      ...(['moved', 'step', 'stage'] as const),
      `${name} now belongs to stage ${quoted(after)}, was in ${quoted(before)}.`,
    ),
  ),
  on('when', ({ place, name, before, after }) => {
    const [was, now] = place.report.whens(before, after);
    place.noticed('changed', 'step', 'when', `${name} is now done ${now}, was done ${was}.`);
  }),
  words(['requirements', 'step', 'quiet'], 'X serves'),
  words(['evidence', 'step', 'quiet'], 'X leaves as evidence'),
  value(['role', 'people', 'noticed'], 'X is now for', roleName),
  value(['roleFrom', 'people', 'noticed'], 'The role for X is now taken from', expression),
  value(['assignee', 'people', 'noticed'], 'X is now offered first to', fact),
  value(['assign', 'people', 'noticed'], 'X is now given out as', quoted, 'free to claim'),
  value(['performer', 'people', 'quiet'], 'Who finished X is now kept as', fact),
  value(['minutes', 'people', 'quiet'], 'X is now expected to take', minutes, 'no stated time'),
  on('due', ({ place, name, before, after }) => {
    const [was, now] = [place.was.dueRules(before), place.now.dueRules(after)];
    place.noticed('changed', 'deadline', 'due', `${name} is now ${now}, was ${was}.`);
  }),
  on('escalation', compareEscalation),
  on('boundaries', compareBoundaries),
  on('each', compareEach),
  on('form', compareForms),
  on('separation', compareSeparation),
  on('outcomes', compareOutcomes),
  on('quorum', compareQuorum),
  on('gate', compareGate),
  on('approvers', compareTables('approvers')),
  on('table', compareTables('table')),
  on('next', compareWays),
  value(['sendBackTo', 'way', 'noticed'], 'X can now be sent back to', stepList),
  value(['failed', 'way', 'quiet'], 'When X fails, control now goes to', step),
  value(['undoneBy', 'way', 'quiet'], 'X is now undone by', step),
  value(['question', 'step', 'noticed'], 'X now asks', quoted),
  words(['shows', 'step', 'noticed'], 'X shows', fact),
  value(['outcomeFact', 'step', 'quiet'], 'The outcome of X is now kept as', fact),
  on('set', ({ place, name, before, after }) => {
    const set = paired(before, after, (item) => item.fact);
    const tell = (kind: 'added' | 'removed' | 'changed', key: string, text: string) =>
      place.quiet(kind, 'calculation', `set.${key}`, text);
    for (const { key, item } of set.added) {
      tell('added', key, `${name} now sets ${fact(key, place.now)} to ${expression(item.value)}.`);
    }
    for (const { key } of set.removed) {
      tell('removed', key, `${name} no longer sets ${fact(key, place.was)}.`);
    }
    for (const { key, before: was, after: now } of set.kept) {
      if (was.value.cel === now.value.cel) continue;
      const [old, fresh] = [expression(was.value), expression(now.value)];
      tell('changed', key, `${name} now sets ${fact(key, place.now)} to ${fresh}, was ${old}.`);
    }
    if (set.reordered) tell('changed', '0', `${name} calculates in another order.`);
  }),
  value(['wait', 'wait', 'noticed'], 'X now waits', dueInWords),
  value(['signal', 'signal', 'quiet'], 'The signal of X is now', quoted),
  value(['to', 'signal', 'quiet'], 'The signal of X now goes to', quoted),
  value(['facts', 'signal', 'quiet'], 'The signal of X now carries', takes),
  value(['takes', 'signal', 'quiet'], 'From its signal X now takes', takes),
  value(['keptFor', 'wait', 'quiet'], 'An early signal for X is now kept', dueInWords),
  words(['roles', 'message', 'noticed'], 'X tells', roleName),
  words(['people', 'message', 'noticed'], 'X tells', fact),
  value(['title', 'message', 'noticed'], 'The title of X is now', quoted),
  value(['text', 'message', 'noticed'], 'The message of X is now', quoted),
  words(['steps', 'step', 'quiet'], 'X undoes', step),
  value(['calls', 'call', 'noticed'], 'X now runs the workflow', quoted),
  value(['input', 'call', 'quiet'], 'X now hands in', takes),
  value(['output', 'call', 'quiet'], 'X now takes back', takes),
  on('branches', ({ place, name, before, after }) => {
    const branches = paired(before, after, ({ id }) => id);
    const tell = (kind: 'added' | 'removed' | 'moved' | 'changed', key: string, text: string) =>
      place.noticed(kind, 'branch', `branches.${key}`, text);
    for (const { key, item } of branches.added) {
      tell('added', key, `${name} now also starts ${place.now.step(item.start)}.`);
    }
    for (const { key, item } of branches.removed) {
      tell('removed', key, `${name} no longer starts ${place.was.step(item.start)}.`);
    }
    for (const { key, before: was, after: now } of branches.kept) {
      const parts = differingParts(was, now);
      if (parts.length === 0) continue;
      const [old, fresh] = place.report.whens(was.when, now.when);
      const from = `starts ${place.was.step(was.start)} ${old}`;
      tell('changed', key, `${name} now starts ${place.now.step(now.start)} ${fresh}; it ${from}.`);
    }
    if (branches.reordered) {
      place.quiet('moved', 'branch', 'branches', `The branches of ${name} are in another order.`);
    }
  }),
  value(['join', 'branch', 'quiet'], 'The branches of X now meet at', step),
  value(['closes', 'branch', 'quiet'], 'X now closes', step),
  value(['enough', 'branch', 'noticed'], 'X now passes', enoughInWords, 'when all have arrived'),
  value(['outcome', 'ending', 'noticed'], 'X now ends the run as', quoted),
  on('writes', ({ place, name, before, after }) => {
    const writes = paired(before, after, ({ field }) => field);
    const tell = (kind: 'added' | 'removed' | 'changed', key: string, text: string) =>
      place.quiet(kind, 'ending', `writes.${key}`, text);
    for (const { key, item } of writes.added) {
      tell('added', key, `${name} now writes ${expression(item.value)} to ${quoted(key)}.`);
    }
    for (const { key } of writes.removed) {
      tell('removed', key, `${name} no longer writes to ${quoted(key)}.`);
    }
    for (const { key, before: was, after: now } of writes.kept) {
      if (was.value.cel === now.value.cel) continue;
      const [old, fresh] = [expression(was.value), expression(now.value)];
      tell('changed', key, `${name} now writes ${fresh} to ${quoted(key)}, was ${old}.`);
    }
    if (writes.reordered) tell('changed', '0', `${name} writes in another order.`);
  }),
]);

function compareWays({ place, name, before, after }: Compared<readonly Transition[]>): void {
  const ways = paired(before, after, ({ to }) => to);
  for (const { key, at, item } of ways.added) {
    const when = item.when ? ` ${place.now.when(item.when)}` : '';
    place.noticed(
      'added',
      'way',
      `next.${at}`,
      `${name} can now lead to ${place.now.step(key)}${when}.`,
    );
  }
  for (const { key, at } of ways.removed) {
    place.noticed(
      'removed',
      'way',
      `next.${at}`,
      `${name} no longer leads to ${place.was.step(key)}.`,
    );
  }
  for (const { key, at, before: was, after: now } of ways.kept) {
    const way = `The way from ${name} to ${place.now.step(key)}`;
    for (const part of differingParts(was, now)) {
      const where = `next.${at}.${part}`;
      if (part === 'when') {
        const [old, fresh] = place.report.whens(was.when, now.when);
        place.noticed('changed', 'way', where, `${way} is now taken ${fresh}, was ${old}.`);
      } else {
        place.quiet('renamed', 'way', where, `${way} has another ${part}.`);
      }
    }
  }
  if (ways.reordered) {
    place.noticed('moved', 'way', 'next', `The ways on from ${name} are tried in another order.`);
  }
}

function expression({ cel }: Expression): string {
  return quoted(cel);
}

function fact(name: string, by: Place['now']): string {
  return by.fact(name);
}

function step(id: string, by: Place['now']): string {
  return by.step(id);
}

function stepList(ids: readonly string[], by: Place['now']): string {
  return listed(ids.map((id) => by.step(id))) || 'nothing';
}

function minutes(count: number): string {
  return `${count} minutes`;
}

function takes(list: readonly Take[]): string {
  const said = list.map(({ ours, theirs }) =>
    ours === theirs ? quoted(ours) : `${quoted(ours)} as ${quoted(theirs)}`,
  );
  return listed(said) || 'nothing';
}
