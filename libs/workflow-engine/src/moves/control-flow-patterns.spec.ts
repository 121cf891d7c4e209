import { branching } from '../testing/patterns/control-flow-branching.data.ts';
import { controlFlowPatterns } from '../testing/patterns/control-flow-patterns.data.ts';
import { states } from '../testing/patterns/control-flow-state.data.ts';
import { played } from '../testing/patterns/example.ts';
import { provePatterns } from '../testing/patterns/prove.ts';

const examples = { ...branching, ...states };
const groups = new Set(controlFlowPatterns.map(({ group }) => group));

for (const group of groups) {
  const ours = controlFlowPatterns.filter((pattern) => pattern.group === group);
  const proofs = ours.flatMap(({ id }) => {
    const example = examples[id];
    if (!example) return [];
    const waits = [example.begins, ...example.plays.map(([, open]) => open)];
    return [[id, () => expect(played(example)).toEqual(waits)] as const];
  });
  provePatterns(controlFlowPatterns, group, Object.fromEntries(proofs));
}

it('plays no example of a pattern that is not there', () => {
  const ids = controlFlowPatterns.map(({ id }) => id);
  expect(Object.keys(examples).filter((id) => !ids.includes(id))).toEqual([]);
});
