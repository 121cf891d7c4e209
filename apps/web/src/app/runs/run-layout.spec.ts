import type { RunStep } from '@plumbline/contracts';
import { layoutRun, NODE_SIZE } from './run-layout.ts';

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
  evidence: [],
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
    const places = [...layoutRun(steps).places.values()];
    expect(places).toHaveLength(5);
    for (const [at, one] of places.entries()) {
      for (const other of places.slice(at + 1)) {
        const apart =
          Math.abs(one.x - other.x) >= NODE_SIZE.width ||
          Math.abs(one.y - other.y) >= NODE_SIZE.height;
        expect(apart).toBe(true);
      }
    }
  });

  it('follows the order of the work, loops aside', () => {
    const { places, ways } = layoutRun(steps);
    const at = (id: string) => places.get(id)?.y ?? NaN;
    expect(ways.filter(({ back }) => back).map(({ id }) => id)).toEqual(['b-2']);
    expect(at('a')).toBeLessThan(at('b'));
    expect(at('b')).toBeLessThan(at('c'));
    expect(at('c')).toBeLessThan(at('e'));
  });

  it('keeps two ways between the same steps, and leaves out ways to nowhere', () => {
    const { ways } = layoutRun([step('a', 'b', 'b', 'gone'), step('b')]);
    expect(ways.map(({ id }) => id)).toEqual(['a-0', 'a-1']);
  });
});
