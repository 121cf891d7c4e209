import type { Compiled } from '../definition/compiled.ts';
import type { DefinitionProblem } from '../definition/definition-problem.ts';
import { TooManyStates } from './soundness-block.ts';
import { Regions, type Rest } from './soundness-region.ts';

/**
 * Whether a run can always come to an ending, and to every step, when any outcome, way, skip, time,
 * signal and failure may happen. Facts are not looked at, so a found trace may be one that the facts
 * rule out. Blocks and side paths are analysed by themselves and stand for one place then, so that
 * the time needed grows with the steps and not with their combinations.
 */
export function checkSoundness(compiled: Compiled): readonly DefinitionProblem[] {
  const regions = new Regions(compiled);
  const { start } = compiled.definition;
  try {
    const { dead } = regions.analyse({ start, side: false, depth: 0, closedBy: null });
    const [worst] = dead;
    return [
      ...(worst ? [cannotComplete(worst)] : []),
      ...endlessSides(regions),
      ...deadSteps(compiled, regions),
    ];
  } catch (error) {
    if (!(error instanceof TooManyStates)) throw error;
    const message = 'The flow has too many combinations to be checked. Split it into workflows.';
    return [{ code: 'too-large', severity: 'error', place: 'steps', message }];
  }
}

function cannotComplete({ at, trace }: Pick<Rest, 'at' | 'trace'>): DefinitionProblem {
  const open = [...new Set(at)];
  return {
    code: 'cannot-complete',
    severity: 'error',
    place: `steps.${open[0] ?? ''}`,
    message: `No ending can be reached once the run is at ${open.join(' and ')}.`,
    trace,
  };
}

/** A side path may outlive its step, but it must come to an end by itself. */
function endlessSides({ sides }: Regions): readonly DefinitionProblem[] {
  return [...sides.values()].flatMap(({ by, analysis }) => {
    const [worst] = analysis?.dead ?? [];
    if (!worst) return [];
    const message = 'The side path never ends once it is here. Lead it to the end of the path.';
    const place = `steps.${worst.at[0] ?? ''}`;
    return { code: 'left-behind', severity: 'error', place, message, trace: [by, ...worst.trace] };
  });
}

function deadSteps(
  { definition, places }: Compiled,
  { reached }: Regions,
): readonly DefinitionProblem[] {
  return definition.steps
    .filter(({ id }) => places.has(id) && !reached.has(id))
    .map(({ id, name }) => ({
      code: 'unreachable-step',
      severity: 'error',
      place: `steps.${id}`,
      message: `No run can come to “${name}”.`,
    }));
}
