import type { Compiled } from '../definition/compiled.ts';
import type { JoinStep, ParallelStep, Step, StepId } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { boundariesOf, exitsOf, skipTargets } from '../definition/graph.ts';
import { sidePath } from '../definition/places.ts';
import { checkNames } from './validate-graph.ts';

/** Checks that parallel steps and joins match and that blocks are entered and left properly. */
export function checkBlocks(compiled: Compiled, findings: Findings): void {
  for (const step of compiled.definition.steps) {
    if (step.type === 'path-end') checkPathEnd(compiled, step.id, findings);
    checkSidePaths(compiled, step, findings);
    if (step.type === 'parallel') checkParallel(compiled, step, findings);
    if (step.type === 'join') checkJoin(compiled, step, findings);
    const around = compiled.places.get(step.id) ?? [];
    const depthOf = (id: string) => compiled.places.get(id)?.length ?? 0;
    for (const { to, by, place } of exitsOf(step, compiled.steps)) {
      const target = compiled.steps.get(to);
      // A side path may end the run: that is what a reminder that is not heeded is for.
      const ends = target?.type === 'end' && around[0] === sidePath && around.length === 1;
      if (by === 'next' && target && leavesBlock(target, around, depthOf(to)) && !ends) {
        const block = around[0] === sidePath ? 'this path' : 'a parallel block';
        const message = `Going to “${to}” leaves ${block} and cancels what is open beside.`;
        findings.warn('left-behind', `steps.${step.id}.${place}`, message);
      }
      if (target?.type !== 'join' || by === 'branch') continue;
      if (!around.some((branch) => branch.startsWith(`${target.closes}/`))) {
        findings.error(
          'block-structure',
          `steps.${step.id}.${place}`,
          `“${step.id}” goes to the join “${to}” but is not inside its parallel block only.`,
        );
      }
    }
  }
}

/** Whether going to a step leaves what is around; to the join of the block around, it does not. */
function leavesBlock(target: Step, around: readonly string[], depth: number): boolean {
  if (target.type !== 'join') return depth < around.length;
  const at = around.findLastIndex((branch) => branch.startsWith(`${target.closes}/`));
  return at >= 0 && at < around.length - 1;
}

function checkParallel({ steps, places }: Compiled, step: ParallelStep, findings: Findings): void {
  const place = `steps.${step.id}`;
  const broken = (message: string) => findings.error('block-structure', place, message);
  checkNames(
    findings,
    `${place}.branches`,
    step.branches.map(({ id }) => id),
  );
  if (step.branches.length < 2) broken('A parallel step needs two branches or more.');
  const join = steps.get(step.join);
  if (join?.type !== 'join' || join.closes !== step.id) {
    broken(`“${step.join}” is not the join that closes this step.`);
  }
  const starts = step.branches.map(({ start }) => start);
  if (new Set(starts).size < starts.length) {
    const message = 'Two branches start at the same step: it would be done twice at once.';
    findings.error('two-at-once', place, message);
  }
  for (const { id, start } of step.branches) {
    const around = places.get(start);
    if (around && around.at(-1) !== `${step.id}/${id}`) {
      broken(`“${start}” starts the branch “${id}” but is also reached from outside it.`);
    }
  }
}

/** The end of a side path lies in a side path, in no block of it, and nowhere else. */
function checkPathEnd({ places }: Compiled, id: string, findings: Findings): void {
  const place = places.get(id);
  if (!place || (place[0] === sidePath && place.length === 1)) return;
  const message =
    place[0] === sidePath
      ? 'A side path cannot end inside a parallel block of it. Lead to the join.'
      : 'Only a side path may come to this end. Lead to an ending of the run.';
  findings.error('block-structure', `steps.${id}`, message);
}

/** A side path has steps of its own, and leaves only for what lies around its step. */
function checkSidePaths(compiled: Compiled, host: Step, findings: Findings): void {
  const { steps, places } = compiled;
  const around = places.get(host.id) ?? [];
  const isSide = (id: StepId): boolean => places.get(id)?.[0] === sidePath;
  for (const { id, interrupts, to } of boundariesOf(host)) {
    const place = `steps.${host.id}.boundaries.${id}`;
    const first = steps.get(to);
    if (interrupts || !first) continue;
    if (first.type !== 'end' && !isSide(to)) {
      const message = `“${to}” is a step of the run itself. Give the side path steps of its own.`;
      findings.error('block-structure', place, message);
      continue;
    }
    for (const inside of sideSteps(compiled, to)) {
      for (const exit of exitsOf(inside, steps)) {
        const target = places.get(exit.to);
        if (exit.by === 'beside' || !target || isSide(exit.to)) continue;
        if (steps.get(exit.to)?.type === 'end') continue;
        if (isSide(host.id) || target.some((branch, depth) => branch !== around[depth])) {
          const message = `From the side path, “${exit.to}” would be jumped to inside a block.`;
          findings.error('block-structure', `steps.${inside.id}.${exit.place}`, message);
        }
      }
    }
  }
}

/** The steps of the side path that begins at a step. */
function sideSteps({ steps, places }: Compiled, start: StepId): readonly Step[] {
  const found = new Map<StepId, Step>();
  const pending = [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const step = steps.get(id);
    if (!step || found.has(id) || places.get(id)?.[0] !== sidePath) continue;
    found.set(id, step);
    for (const { to, by } of exitsOf(step, steps)) if (by !== 'beside') pending.push(to);
    if (step.when) pending.push(...skipTargets(step, steps));
  }
  return [...found.values()];
}

function checkJoin({ steps }: Compiled, step: JoinStep, findings: Findings): void {
  const parallel = steps.get(step.closes);
  if (parallel?.type !== 'parallel' || parallel.join !== step.id) {
    const message = `“${step.closes}” is not the parallel step that this join closes.`;
    findings.error('block-structure', `steps.${step.id}`, message);
  }
}
