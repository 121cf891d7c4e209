import type { JoinStep, ParallelStep } from '../definition/definition.ts';
import { holds } from '../expressions/expressions.ts';
import type { Journal } from './journal.ts';
import { besideIn, isBranchOf } from '../definition/places.ts';
import type { Token } from '../run/run.ts';

/** The branches that a parallel step starts: those without a condition and those whose holds. */
export function startedBranches(journal: Journal, step: ParallelStep): ParallelStep['branches'] {
  const { dictionary } = journal.compiled;
  return step.branches.filter(({ when }) => !when || holds(when, dictionary, journal.facts));
}

/** The tokens that wait at a join with this one, for the same block. */
export function arrivedAt(journal: Journal, step: JoinStep, token: Token): readonly Token[] {
  return openInBlock(journal, step, token).filter((other) => isWaiting(token, other));
}

/** Whether so many branches are enough for a join that passes before all are there. */
export function isEnoughOf(
  journal: Journal,
  { enough }: JoinStep,
  arrived: readonly Token[],
): boolean {
  if (!enough) return false;
  if ('count' in enough) return arrived.length >= enough.count;
  return holds(enough.when, journal.compiled.dictionary, journal.facts);
}

/** A join whose block has nothing open, also on side paths, but what waits at it; or none. */
export function readyJoin(
  journal: Journal,
): { readonly step: JoinStep; readonly token: Token } | null {
  for (const token of journal.state.tokens) {
    const step = journal.compiled.steps.get(token.step);
    if (step?.type !== 'join') continue;
    const open = openInBlock(journal, step, token);
    if (open.length > 0 && open.every((other) => isWaiting(token, other))) return { step, token };
  }
  return null;
}

function isWaiting(token: Token, other: Token): boolean {
  return other.step === token.step && other.scope.length === token.scope.length;
}

/** Everything open in the block that a token at a join waits for; nothing outside such a block. */
function openInBlock(journal: Journal, step: JoinStep, { scope }: Token): readonly Token[] {
  if (!isBranchOf(scope.at(-1) ?? '', step.closes)) return [];
  const isInBlock = besideIn(scope, scope.length - 1);
  return journal.state.tokens.filter((other) => isInBlock?.(other.scope));
}
