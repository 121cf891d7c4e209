import { Advance } from './advance.ts';
import { endItem, endWaits } from './cancel.ts';
import type { Step, StepId } from '../definition/definition.ts';
import { boundariesOf, reaches } from '../definition/graph.ts';
import { itemNumber } from './items.ts';
import { type Journal, setFacts } from './journal.ts';
import { afterMark, keyOf, tokenKeyOf } from '../run/keys.ts';
import { isBranchOf, isSidePath, sidePath } from '../definition/places.ts';
import { refuse } from '../run/refused.ts';
import { declared } from './resume.ts';
import type { Command, RepairAction, Token } from '../run/run.ts';
import { requireReason } from './task.ts';
import { wayPast } from './ways.ts';

type Repair = Command & { readonly type: 'repair' };
type Action<Kind extends RepairAction['kind']> = RepairAction & { readonly kind: Kind };

/** Puts a run right, with a reason: whoever may do so, and whether two must agree, is the caller's. */
export function repair(journal: Journal, command: Repair): void {
  requireReason(command.reason, 'Say why the run is put right, and how.');
  const { action, reason } = command;
  const done = (): void => journal.record({ type: 'run-repaired', action, reason });
  switch (action.kind) {
    case 'skip':
      skip(journal, action, done);
      break;
    case 'move':
      move(journal, action, done);
      break;
    case 'retry':
      retry(journal, action, done);
      break;
    case 'set-facts':
      correct(journal, action, done);
      break;
  }
}

interface Found {
  readonly token: Token;
  readonly step: Step;
}

/** The wait that a key names: of a task, timer, signal, child run or item, or of the whole step. */
function find(journal: Journal, key: string): Found {
  const owner = tokenKeyOf(key);
  const token = journal.state.tokens.find((here) => keyOf(here) === owner);
  const step = token && journal.compiled.steps.get(token.step);
  const { tasks, timers, children, awaiting } = journal.state;
  const waits = [...tasks, ...timers, ...children, ...awaiting].some((one) => one.key === key);
  if (!token || !step || (key !== owner && !waits)) {
    return refuse('cannot-repair', 'The run does not wait there any more. Look at it again.');
  }
  return { token, step };
}

/** Refuses to touch a join: it waits for the branches, and these are what can be put right. */
function requireWait({ step }: Found): void {
  if (step.type === 'join') {
    refuse('cannot-repair', `“${step.name}” waits for other branches. Put those right instead.`);
  }
}

function skip(journal: Journal, { key, to }: Action<'skip'>, done: () => void): void {
  const found = find(journal, key);
  const { token, step } = found;
  requireWait(found);
  const n = itemNumber(key);
  if (afterMark(key, '!') !== null || afterMark(key, '^') !== null) {
    return refuse('cannot-repair', 'A time or signal beside a step cannot be skipped by itself.');
  }
  if (to !== undefined) requirePlace(journal, token, to);
  done();
  if (n !== null && to === undefined) {
    endItem(journal, key);
    if (step.type === 'form' || step.type === 'task' || step.type === 'sub-workflow') {
      new Advance(journal).finish(step, token, { key, facts: {}, skipped: true });
    }
    return;
  }
  new Advance(journal).leave(token, to ?? wayPast(journal, step));
}

function move(journal: Journal, { from, to }: Action<'move'>, done: () => void): void {
  const { token } = find(journal, from);
  if (from !== keyOf(token)) {
    return refuse('cannot-repair', `Control is at “${keyOf(token)}”. Move it from there.`);
  }
  requirePlace(journal, token, to);
  done();
  new Advance(journal).leave(token, to);
}

function retry(journal: Journal, { key }: Action<'retry'>, done: () => void): void {
  const found = find(journal, key);
  requireWait(found);
  if (key !== keyOf(found.token)) {
    return refuse('cannot-repair', 'Only a whole step can be tried again, with all its items.');
  }
  done();
  endWaits(journal, found.token);
  new Advance(journal).leave(found.token, found.step.id);
}

function correct(journal: Journal, { facts }: Action<'set-facts'>, done: () => void): void {
  const { declarations } = journal.compiled.dictionary;
  for (const name of Object.keys(facts)) {
    const fact = declarations.get(name);
    if (!fact) refuse('cannot-repair', `This workflow has no fact “${name}”.`);
    if (fact.source === 'subject' || fact.source === 'organisation') {
      refuse('cannot-repair', `“${name}” is read from the record. Change it there.`);
    }
  }
  const set = declared(journal, facts);
  if (Object.keys(set).length === 0) refuse('cannot-repair', 'Say which facts change.');
  done();
  setFacts(journal, null, set);
}

/**
 * Refuses a step that lies in a branch or side path which is not open around the token: control
 * may go along its own branch, or out of it, and never into another.
 */
function requirePlace(journal: Journal, token: Token, to: StepId): void {
  const { steps, places } = journal.compiled;
  const step = steps.get(to);
  const place = places.get(to);
  if (!step || !place) return refuse('cannot-repair', `The run cannot come to “${to}”.`);
  const inside = token.scope.findLastIndex(isSidePath);
  const around = token.scope.slice(inside + 1).map((entry) => entry.replace(/#\d+/, ''));
  const [first, ...rest] = place;
  const wanted = first === sidePath ? rest : place;
  const isOpen =
    (first === sidePath) === inside >= 0 && wanted.every((entry, at) => around[at] === entry);
  const isHere =
    step.type === 'join'
      ? around.some((entry) => isBranchOf(entry, step.closes))
      : isOpen && isOnPath(journal, token.scope[inside], to);
  if (!isHere) {
    refuse(
      'cannot-repair',
      `“${step.name}” lies in a branch that is not open here. Choose a step of this branch, or ` +
        'one outside it.',
    );
  }
}

/** Whether the side path around a token, if there is one, leads to a step. */
function isOnPath(journal: Journal, entry: string | undefined, to: StepId): boolean {
  if (entry === undefined) return true;
  const { steps } = journal.compiled;
  const host = steps.get(tokenKeyOf(entry).replace(/#\d+$/, ''));
  const boundary = host && boundariesOf(host).find(({ id }) => id === afterMark(entry, '!'));
  return boundary !== undefined && reaches(boundary.to, to, steps);
}
