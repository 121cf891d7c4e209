import type { RunStep } from '@plumbline/contracts';
import {
  extentOf,
  layoutRun,
  MARGIN,
  NODE_HEIGHT,
  NODE_WIDTH,
  viewOfAll,
  viewOfStep,
} from './run-layout.ts';

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

describe('where the canvas looks', () => {
  const chain = Array.from({ length: 12 }, (_, at) =>
    at < 11 ? step(`s${at}`, `s${at + 1}`) : step('s11'),
  );
  const { nodes } = layoutRun(chain);
  const window = { width: 640, height: 480 };
  const extent = extentOf(nodes);

  it('shows a small drawing whole and in the middle, not blown up', () => {
    const few = layoutRun([step('a', 'b'), step('b')]).nodes;
    const view = viewOfStep(few, window, 'b');
    const { x, y, width, height } = extentOf(few);
    expect(view.scale).toBe(1);
    expect(view.position.x + x + width / 2).toBeCloseTo(window.width / 2);
    expect(view.position.y + y + height / 2).toBeCloseTo(window.height / 2);
  });

  it.each([
    ['the first step, with no emptiness above', 's0', MARGIN],
    ['the last step, with no emptiness below', 's11', window.height - MARGIN - extent.height],
  ])('opens at %s', (_, id, top) => {
    const view = viewOfStep(nodes, window, id);
    expect(view.scale).toBe(1);
    expect(view.position.y + extent.y).toBeCloseTo(top);
  });

  it('puts a step between them in the middle', () => {
    const at = nodes.find((node) => node.step.id === 's6')?.position.y ?? NaN;
    const view = viewOfStep(nodes, window, 's6');
    expect(view.position.y + at + NODE_HEIGHT / 2).toBeCloseTo(window.height / 2);
  });

  it('gets everything in when asked for all', () => {
    const { scale, position } = viewOfAll(nodes, window);
    expect(scale).toBeLessThan(0.75);
    expect(position.y + extent.y * scale).toBeGreaterThanOrEqual(MARGIN - 0.01);
    expect(extent.height * scale).toBeLessThanOrEqual(window.height - 2 * MARGIN + 0.01);
  });
});
