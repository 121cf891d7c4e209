import type { RunStep } from '@plumbline/contracts';
import { layoutRun, NODE_HEIGHT, NODE_WIDTH } from './run-layout.ts';

const step = (id: string, ...to: string[]): RunStep => ({
  id,
  name: id,
  stage: 's',
  type: 'form',
  state: 'ahead',
  visits: 0,
  since: null,
  finishedAt: null,
  tookSeconds: null,
  here: null,
  dueAt: null,
  who: [],
  next: to.map((one) => ({ to: one, label: null, taken: false })),
});

// jsdom lacks it; the layout copies plain data only.
globalThis.structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('layoutRun', () => {
  const steps = [
    step('a', 'b'),
    step('b', 'c', 'd', 'a'),
    step('c', 'e'),
    step('d', 'e'),
    step('e'),
  ];

  it('gives every step a place of its own', () => {
    const { nodes } = layoutRun(steps);
    expect(nodes).toHaveLength(5);
    for (const [at, one] of nodes.entries()) {
      for (const other of nodes.slice(at + 1)) {
        const apart =
          Math.abs(one.position.x - other.position.x) >= NODE_WIDTH ||
          Math.abs(one.position.y - other.position.y) >= NODE_HEIGHT;
        expect(apart).toBe(true);
      }
    }
  });

  it('follows the order of the work, loops aside', () => {
    const { nodes } = layoutRun(steps);
    const at = (id: string) => nodes.find((node) => node.step.id === id)?.position.y ?? NaN;
    expect(at('a')).toBeLessThan(at('b'));
    expect(at('b')).toBeLessThan(at('c'));
    expect(at('c')).toBeLessThan(at('e'));
  });

  it('keeps two ways between the same steps, and leaves out ways to nowhere', () => {
    const { ways } = layoutRun([step('a', 'b', 'b', 'gone'), step('b')]);
    expect(ways.map(({ id }) => id)).toEqual(['a-0', 'a-1']);
  });
});
