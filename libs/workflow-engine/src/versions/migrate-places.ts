import type { Compiled } from '../definition/compiled.ts';
import type { Step } from '../definition/definition.ts';
import { isBranchOf, isSidePath, sidePath } from '../definition/places.ts';
import type { Token } from '../run/run.ts';
import { quoted } from '../people/words.ts';

/** Why a token cannot stay where it is in this version; null when it can. */
export function misplaced(compiled: Compiled, token: Token, step: Step): string | null {
  const name = quoted(step.name);
  const place = compiled.places.get(step.id);
  if (!place) return `Nothing leads to ${name} in the new version. Say where the run goes instead.`;
  for (const entry of token.scope) {
    const gone = goneBlock(compiled, entry);
    if (gone) return `${gone} Say where the run goes from ${name}.`;
  }
  const side = token.scope.findLastIndex(isSidePath);
  const isBeside = place[0] === sidePath;
  const around = token.scope.slice(side + 1).map((entry) => entry.replace(/#\d+/, ''));
  const wanted = isBeside ? place.slice(1) : place;
  const inBlock = step.type === 'join' ? around.slice(0, -1) : around;
  const closes =
    step.type !== 'join' || isBranchOf(around.at(-1) ?? '', step.closes) || around.length === 0;
  const fits =
    isBeside === side >= 0 &&
    closes &&
    inBlock.length === wanted.length &&
    wanted.every((entry, at) => inBlock[at] === entry);
  return fits
    ? null
    : `${name} lies in other branches in the new version than the run has open. ` +
        'Say to which step the run goes instead.';
}

/** Why control cannot come from inside `scope` to a step by leaving branches; null when it can. */
export function outOfReach(
  compiled: Compiled,
  scope: readonly string[],
  step: Step,
): string | null {
  const place = compiled.places.get(step.id);
  const name = quoted(step.name);
  if (!place) return `Nothing leads to ${name} in the new version. Choose another step.`;
  const side = scope.findLastIndex(isSidePath);
  const isBeside = place[0] === sidePath;
  const around = scope.slice(isBeside ? side + 1 : 0).map((entry) => entry.replace(/#\d+/, ''));
  const wanted = isBeside ? place.slice(1) : place;
  const isOpen =
    step.type === 'join'
      ? around.some((entry) => isBranchOf(entry, step.closes))
      : (!isBeside || side >= 0) && wanted.every((entry, at) => around[at] === entry);
  return isOpen
    ? null
    : `${name} lies in a branch that is not open here. Choose a step of this branch, or one outside it.`;
}

/** What is not there any more of a block or side path that is open around a token. */
function goneBlock({ steps }: Compiled, entry: string): string | null {
  const id = entry.slice(0, entry.indexOf('#'));
  const step = steps.get(id);
  if (isSidePath(entry)) {
    const boundary = entry.slice(entry.lastIndexOf(sidePath) + 1);
    const known = step && 'boundaries' in step ? (step.boundaries ?? []) : [];
    return known.some((one) => one.id === boundary)
      ? null
      : `The side path ${quoted(boundary)} is not in the new version.`;
  }
  const branch = entry.slice(entry.lastIndexOf('/') + 1);
  if (step?.type !== 'parallel') return `The block ${quoted(id)} is not in the new version.`;
  return step.branches.some((one) => one.id === branch)
    ? null
    : `The branch ${quoted(branch)} of ${quoted(step.name)} is not in the new version.`;
}
