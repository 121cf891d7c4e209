import type { Compiled } from './compiled.ts';
import type { JoinStep, ParallelStep } from './definition.ts';
import type { Findings } from './findings.ts';
import { exitsOf } from './graph.ts';
import { checkNames } from './validate-graph.ts';

/** Checks that parallel steps and joins match and that blocks are entered and left properly. */
export function checkBlocks(compiled: Compiled, findings: Findings): void {
  for (const step of compiled.definition.steps) {
    if (step.type === 'parallel') checkParallel(compiled, step, findings);
    if (step.type === 'join') checkJoin(compiled, step, findings);
    const around = compiled.places.get(step.id) ?? [];
    const depthOf = (id: string) => compiled.places.get(id)?.length ?? 0;
    for (const { to, by, place } of exitsOf(step, compiled.steps)) {
      const target = compiled.steps.get(to);
      if (by === 'next' && target && target.type !== 'join' && depthOf(to) < around.length) {
        const message = `Going to “${to}” leaves a parallel block and cancels what is open beside.`;
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
  if (new Set(starts).size < starts.length) broken('Two branches start at the same step.');
  for (const { id, start } of step.branches) {
    const around = places.get(start);
    if (around && around.at(-1) !== `${step.id}/${id}`) {
      broken(`“${start}” starts the branch “${id}” but is also reached from outside it.`);
    }
  }
}

function checkJoin({ steps }: Compiled, step: JoinStep, findings: Findings): void {
  const parallel = steps.get(step.closes);
  if (parallel?.type !== 'parallel' || parallel.join !== step.id) {
    const message = `“${step.closes}” is not the parallel step that this join closes.`;
    findings.error('block-structure', `steps.${step.id}`, message);
  }
}
