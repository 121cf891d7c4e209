import { CanvasKeys, type KeyedCanvas } from './canvas-keys.ts';
import type { CanvasNode, CanvasWay } from './canvas-model.ts';
import {
  around,
  type Box,
  fitted,
  lookingAt,
  neighbourOf,
  pointAt,
  revealed,
  zoomed,
} from './geometry.ts';
import { routesOf } from './routes.ts';

const box = (x: number, y: number): Box => ({ x, y, width: 220, height: 76 });
const frame = { width: 800, height: 600 };

describe('the view', () => {
  it('shows everything, never larger than it is', () => {
    expect(fitted(around([box(0, 0)]), frame).scale).toBe(1);
    const all = around([box(0, 0), box(0, 5000)]);
    const view = fitted(all, frame);
    const corner = pointAt(view, { x: 0, y: 0 });
    expect(corner.y).toBeLessThanOrEqual(0);
    expect(corner.y + frame.height / view.scale).toBeGreaterThanOrEqual(all.height);
  });

  it('zooms around a point, as far as allowed', () => {
    const at = { x: 300, y: 200 };
    const before = { x: 10, y: 20, scale: 1 };
    const after = zoomed(before, 1.5, at);
    expect(pointAt(after, at)).toEqual(pointAt(before, at));
    expect(zoomed(before, 100, at).scale).toBe(2);
    expect(zoomed(before, 0.001, at).scale).toBe(0.05);
  });

  it('moves as little as it takes to see a node', () => {
    const view = { x: 0, y: 0, scale: 1 };
    expect(revealed(view, box(100, 100), frame)).toBe(view);
    expect(revealed(view, box(700, 100), frame)).toEqual({ x: -144, y: 0, scale: 1 });
    expect(revealed(view, box(0, -500), frame)).toEqual({ x: 24, y: 524, scale: 1 });
  });

  it('looks first at everything, or at one node without emptiness beside the rest', () => {
    const [first, last] = [box(0, 0), box(0, 3000)];
    expect(lookingAt(first, around([first]), frame)).toEqual(fitted(first, frame));
    const everything = around([first, last]);
    expect(lookingAt(first, everything, frame).y).toBe(24);
    expect(lookingAt(last, everything, frame).y).toBe(600 - 24 - 3076);
    const middle = box(0, 1500);
    const view = lookingAt(middle, everything, frame);
    expect(view).toEqual({ x: 290, y: 300 - 1538, scale: 1 });
  });
});

describe('neighbourOf', () => {
  const boxes = [
    { id: 'below', ...box(0, 140) },
    { id: 'far below', ...box(0, 600) },
    { id: 'aside', ...box(276, 140) },
    { id: 'above', ...box(0, -140) },
  ];

  it.each([
    ['down', 'below'],
    ['up', 'above'],
    ['right', 'aside'],
    ['left', null],
  ] as const)('%s of the middle is %s', (direction, id) => {
    expect(neighbourOf(box(0, 0), boxes, direction)?.id ?? null).toBe(id);
  });
});

describe('routesOf', () => {
  const boxes = new Map([
    ['a', box(0, 0)],
    ['b', box(0, 140)],
    ['c', box(0, 280)],
  ]);
  const link = (from: string, to: string, back = false) => ({ id: `${from}${to}`, from, to, back });

  it('leads down into the top of the next, and back along the side', () => {
    const routes = routesOf(boxes, [link('a', 'b'), link('c', 'a', true), link('b', 'a', true)]);
    expect(routes.get('ab')?.end).toEqual({ x: 110, y: 140 });
    expect(routes.get('ca')?.end).toEqual({ x: 220, y: 38 });
    const lanes = ['ca', 'ba'].map((id) => routes.get(id)?.label.x ?? 0);
    expect(Math.min(...lanes)).toBeGreaterThan(220);
    expect(lanes[0]).not.toBe(lanes[1]);
  });

  it('goes round what stands between', () => {
    const through = [{ x: -150, y: 178 }];
    const route = routesOf(boxes, [{ ...link('a', 'c'), through }]).get('ac');
    expect(route?.line).toContain('-150 ');
    expect(route?.end).toEqual({ x: 110, y: 280 });
  });

  it('draws a way of a node to itself, and none to a node that is not there', () => {
    const routes = routesOf(boxes, [link('a', 'a', true), link('a', 'gone')]);
    expect([...routes.keys()]).toEqual(['aa']);
    expect(routes.get('aa')?.line).not.toContain('NaN');
  });
});

describe('the keys', () => {
  const nodes: readonly CanvasNode[] = ['a', 'b', 'end'].map((id, at) => ({
    id,
    place: { x: 0, y: at * 140 },
    name: id.toUpperCase(),
    leads: id !== 'end',
  }));
  const ways: readonly CanvasWay[] = [
    { id: 'ab', from: 'a', to: 'b', back: false, text: '', name: 'then', look: 'plain' },
    { id: 'be', from: 'b', to: 'end', back: false, text: '', name: 'then', look: 'plain' },
  ];

  function canvas(editable = true) {
    const done: unknown[] = [];
    let chosen: readonly string[] = ['a'];
    let way: string | null = null;
    const keyed: KeyedCanvas = {
      nodes: () => nodes,
      ways: () => ways,
      boxOf: (id) => {
        const place = nodes.find((node) => node.id === id)?.place;
        return place && box(place.x, place.y);
      },
      chosen: () => chosen,
      editable: () => editable,
      choose: (ids) => (chosen = ids),
      chooseWay: (id) => (way = id),
      way: () => way,
      shift: (by) => done.push(['shift', by]),
      drop: () => done.push(['drop']),
      aim: (id) => done.push(['aim', id]),
      connect: (from, to) => done.push(['connect', from, to]),
      remove: () => done.push(['remove', way ?? chosen]),
      zoom: () => 1.25,
      say: ({ key }) => done.push(key),
    };
    const keys = new CanvasKeys(keyed);
    const press = (...pressed: readonly (string | KeyboardEventInit)[]): readonly unknown[] => {
      done.length = 0;
      for (const one of pressed) {
        keys.press(new KeyboardEvent('keydown', typeof one === 'string' ? { key: one } : one));
      }
      return [...done];
    };
    return { press, keys, chosen: () => chosen };
  }

  it('go from node to node, and choose several', () => {
    const it = canvas();
    expect(it.press('ArrowDown')).toEqual(['at']);
    expect(it.chosen()).toEqual(['b']);
    it.press({ key: 'ArrowDown', shiftKey: true });
    expect(it.chosen()).toEqual(['b', 'end']);
    it.press('Home');
    expect(it.chosen()).toEqual(['a']);
    expect(it.press({ key: 'a', ctrlKey: true })).toEqual(['chosenAll']);
    expect(it.chosen()).toEqual(['a', 'b', 'end']);
  });

  it('take a node up, carry and put it down, or put it back', () => {
    const it = canvas();
    expect(it.press(' ', 'ArrowRight', { key: 'ArrowDown', shiftKey: true }, ' ')).toEqual([
      'grabbed',
      ['shift', { x: 20, y: 0 }],
      'moved',
      ['shift', { x: 20, y: 100 }],
      'moved',
      ['drop'],
      'dropped',
    ]);
    expect(it.press(' ', 'ArrowRight', 'Escape').slice(-2)).toEqual([['shift', null], 'putBack']);
  });

  it('connect, and stop connecting', () => {
    const it = canvas();
    expect(it.press('c', 'ArrowDown', 'ArrowDown', 'Enter').slice(-2)).toEqual([
      ['aim', null],
      ['connect', 'a', 'end'],
    ]);
    expect(it.press('c', 'ArrowDown', 'Escape').at(-1)).toBe('notConnected');
    expect(it.press('End', 'c').at(-1)).toBe('nothingToConnect');
  });

  it('go along the ways, and remove the chosen one', () => {
    const it = canvas();
    expect(it.press({ key: 'ArrowRight', ctrlKey: true }, 'Delete')).toEqual([
      'way',
      ['remove', 'ab'],
    ]);
    expect(it.press('Delete')).toEqual([['remove', 'ab']]);
  });

  it('change nothing where nothing may be changed', () => {
    expect(canvas(false).press(' ', 'c', 'Delete')).toEqual([]);
  });

  it('leave Tab alone, also while something is taken up', () => {
    const it = canvas();
    it.press(' ');
    expect(it.keys.press(new KeyboardEvent('keydown', { key: 'Tab' }))).toBe(false);
  });
});
