import type { GateCondition, Outcome, Quorum, SeparationRule } from '../definition/definition.ts';
import { alike, differingParts, paired } from './difference-list.ts';
import type { Place } from './difference-report.ts';
import type { Compared } from './difference-steps.ts';
import { listed, quoted, roleName } from '../people/words.ts';

const effects = {
  approve: 'an approval',
  'approve-with-conditions': 'an approval with conditions',
  'ask-for-changes': 'a request for changes',
  reject: 'a rejection',
  stop: 'a stop',
} as const;

/** What can be decided. */
export function compareOutcomes({
  place,
  name,
  before,
  after,
}: Compared<readonly Outcome[]>): void {
  const outcomes = paired(before, after, ({ key }) => key);
  for (const { key, item } of outcomes.added) {
    const to = place.now.step(item.to);
    const text = `${name} can now be decided as ${quoted(item.label)}, which leads to ${to}.`;
    place.noticed('added', 'outcome', `outcomes.${key}`, text);
  }
  for (const { key, item } of outcomes.removed) {
    const text = `${name} can no longer be decided as ${quoted(item.label)}.`;
    place.noticed('removed', 'outcome', `outcomes.${key}`, text);
  }
  for (const { before: was, after: now } of outcomes.kept) compareOutcome(was, now, name, place);
  if (outcomes.reordered) {
    const text = `The outcomes of ${name} come in another order.`;
    place.noticed('moved', 'outcome', 'outcomes', text);
  }
}

function compareOutcome(before: Outcome, after: Outcome, name: string, place: Place): void {
  const label = quoted(after.label);
  for (const part of differingParts(before, after)) {
    const where = `outcomes.${after.key}.${part}`;
    const tell = (text: string, kind: 'changed' | 'renamed' = 'changed') =>
      place.noticed(kind, 'outcome', where, text);
    switch (part) {
      case 'label':
        tell(`Outcome ${quoted(before.label)} of ${name} is now called ${label}.`, 'renamed');
        break;
      case 'to': {
        const [now, was] = [place.now.step(after.to), place.was.step(before.to)];
        tell(`${label} of ${name} now leads to ${now}, was ${was}.`);
        break;
      }
      case 'effect':
        tell(`${label} of ${name} is now ${effects[after.effect]}, was ${effects[before.effect]}.`);
        break;
      case 'reasonRequired':
        tell(`${label} of ${name} ${after.reasonRequired ? 'now' : 'no longer'} needs a reason.`);
        break;
      case 'when': {
        const [was, now] = place.report.whens(before.when, after.when);
        tell(`${label} of ${name} is now offered ${now}, was ${was}.`);
        break;
      }
      default:
        place.quiet('changed', 'outcome', where, `The ${part} of ${label} has changed.`);
    }
  }
}

/** How many people decide together, and how. */
export function compareQuorum({ place, name, before, after }: Compared<Quorum>): void {
  const [now, was] = [quorumInWords(after), quorumInWords(before)];
  place.noticed('changed', 'quorum', 'quorum', `${name} is now decided by ${now}, was by ${was}.`);
}

function quorumInWords(quorum: Quorum | undefined): string {
  if (!quorum) return 'whoever the role and the approver table say';
  const { seats, needs, veto = [], ordered, blind } = quorum;
  const people = listed(seats.map(({ role, count }) => `${count} × ${roleName(role)}`));
  const parts = [
    people || 'nobody',
    needs === 'any'
      ? 'any one is enough'
      : needs === 'all'
        ? 'all are needed'
        : `${needs} are needed`,
    ...(veto.length > 0 ? [`with a veto of ${listed(veto.map(roleName))}`] : []),
    ...(ordered ? ['one after another'] : []),
    ...(blind ? ['without seeing the others’ votes'] : []),
  ];
  return parts.join(', ');
}

/** Who may not act because of who they are or what they did. */
export function compareSeparation({
  place,
  name,
  before,
  after,
}: Compared<readonly SeparationRule[]>): void {
  const rules = paired(before, after, ({ id }) => id);
  for (const { key, item } of rules.added) {
    const text = `${name} is now kept apart by ${key}: ${quoted(item.because)}.`;
    place.noticed('added', 'separation', `separation.${key}`, text);
  }
  for (const { key } of rules.removed) {
    const text = `${name} is no longer kept apart by ${key}.`;
    place.noticed('removed', 'separation', `separation.${key}`, text);
  }
  for (const { key, before: was, after: now } of rules.kept) {
    const parts = differingParts(was, now);
    if (parts.length === 0) continue;
    const text = `${key} of ${name} has changed: ${listed(parts.map((part) => rulePart(part)))}.`;
    place.noticed('changed', 'separation', `separation.${key}`, text);
  }
  if (rules.reordered) {
    const text = `The rules that keep ${name} apart are listed in another order.`;
    place.quiet('moved', 'separation', 'separation', text);
  }
}

function rulePart(part: string): string {
  switch (part) {
    case 'parties':
      return 'which people it keeps out';
    case 'steps':
      return 'which steps it looks at';
    case 'when':
      return 'when it counts';
    case 'waivable':
      return 'whether it may be lifted';
    default:
      return 'what it says';
  }
}

/** What must be true before anybody may approve. */
export function compareGate({
  place,
  name,
  before,
  after,
}: Compared<readonly GateCondition[]>): void {
  const gate = paired(before, after, ({ key }) => key);
  for (const { key, item } of gate.added) {
    const text = `Approving ${name} now also needs: ${item.label}.`;
    place.noticed('added', 'gate', `gate.${key}`, text);
  }
  for (const { key, item } of gate.removed) {
    const text = `Approving ${name} no longer needs: ${item.label}.`;
    place.noticed('removed', 'gate', `gate.${key}`, text);
  }
  for (const { key, before: was, after: now } of gate.kept) {
    const where = `gate.${key}`;
    if (was.label !== now.label) {
      const text = `${quoted(was.label)} before ${name} is now called ${quoted(now.label)}.`;
      place.noticed('renamed', 'gate', `${where}.label`, text);
    }
    if (!alike(was.holds, now.holds)) {
      const [fresh, old] = [place.now.condition(now.holds), place.was.condition(was.holds)];
      const text = `${quoted(now.label)} before ${name} is now met when ${fresh}, was when ${old}.`;
      place.noticed('changed', 'gate', `${where}.holds`, text);
    }
    if (!alike(was.applies, now.applies)) {
      const [old, fresh] = place.report.whens(was.applies, now.applies);
      const text = `${quoted(now.label)} before ${name} is now asked for ${fresh}, was ${old}.`;
      place.noticed('changed', 'gate', `${where}.applies`, text);
    }
    if (was.cure !== now.cure) {
      const text = `The advice for ${quoted(now.label)} before ${name} has changed.`;
      place.quiet('changed', 'gate', `${where}.cure`, text);
    }
  }
  if (gate.reordered) {
    place.quiet('moved', 'gate', 'gate', `The gate before ${name} is listed in another order.`);
  }
}
