import fc from 'fast-check';
import type { DefinitionProblemCode } from '../definition/definition-problem.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { everything } from '../testing/everything.data.ts';
import { nets } from '../testing/nets.ts';
import { defects } from '../testing/planted.ts';
import { chains, workflowOf } from '../testing/random-workflow.ts';
import { approval, parallel } from '../testing/samples.data.ts';
import { validateDefinition } from './validate.ts';

/** What speaks against a flow, also as a warning. */
const flow: ReadonlySet<DefinitionProblemCode> = new Set([
  ...(['unknown-step', 'unreachable-step', 'no-way-on', 'no-end', 'block-structure'] as const),
  ...(['automatic-loop', 'cannot-complete', 'left-behind', 'two-at-once', 'bad-number'] as const),
]);
const undoing = 'bad-undo';

function found(definition: WorkflowDefinition): readonly DefinitionProblemCode[] {
  return validateDefinition(definition)
    .filter(({ code, severity }) => flow.has(code) || (code === undoing && severity === 'error'))
    .map(({ code }) => code);
}

const tally = { handMade: 0, built: 0, planted: 0 };

describe('flows with a known verdict', () => {
  it.each(nets.map((net) => [net.name, net] as const))('%s', (_, { definition, verdict }) => {
    tally.handMade += 1;
    if (verdict === 'sound') expect(found(definition)).toEqual([]);
    else expect(found(definition)).toContain(verdict);
  });

  it.each([everything, approval, parallel])('a sample that is sound', (definition) => {
    tally.handMade += 1;
    expect(found(definition)).toEqual([]);
  });

  const built = fc.sample(chains, { numRuns: 300, seed: 20261125 }).map(workflowOf);

  it('are sound where they are built so', () => {
    for (const definition of built) {
      tally.built += 1;
      expect(found(definition)).toEqual([]);
    }
  });

  it.each(defects.map((defect) => [defect.name, defect] as const))(
    'are not with %s',
    (_, { plant, found: wanted }) => {
      let planted = 0;
      for (const [nth, definition] of built.entries()) {
        const broken = plant(definition, nth);
        if (!broken) continue;
        planted += 1;
        const codes = found(broken);
        if (!codes.some((code) => wanted.includes(code))) {
          throw new Error(`Not found in ${nth}: ${codes.join()}`);
        }
      }
      expect(planted).toBeGreaterThan(5);
      tally.planted += planted;
    },
  );

  it('are many', () => {
    const { handMade, built: sound, planted } = tally;
    process.stdout.write(
      `Flows with a known verdict: ${handMade} by hand, ${sound} sound as built, ${planted} with a planted defect; 0 wrong.\n`,
    );
    expect(handMade).toBeGreaterThan(200);
  });
});
