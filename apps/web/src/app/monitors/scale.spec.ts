import type { Measurement } from '@plumbline/contracts';
import { picture } from './scale.ts';

const box = { width: 700, height: 260, left: 50, right: 50, top: 10, bottom: 40 };
const at = (windowTo: string, value: number): Measurement => ({
  id: windowTo,
  windowFrom: windowTo,
  windowTo,
  value,
  sample: null,
  state: 'ok',
  note: '',
  by: null,
  at: `${windowTo}T00:00:00Z`,
});

describe('picture', () => {
  const series = [at('2026-09-30', 0.9), at('2026-10-31', 0.84), at('2026-11-30', 0.78)];
  const drawn = picture(series, { direction: 'at-least', warning: 0.85, breach: 0.8 }, box);

  it('spreads the measurements over the box in the order of time', () => {
    expect(drawn.points.map(({ x }) => Math.round(x))).toEqual([50, 355, 650]);
    const heights = drawn.points.map(({ y }) => y);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
    for (const y of heights) {
      expect(y).toBeGreaterThanOrEqual(box.top);
      expect(y).toBeLessThanOrEqual(box.height - box.bottom);
    }
  });

  it('shades the bad side: below when at least, above when at most', () => {
    expect(drawn.bad.y).toBeCloseTo(drawn.breach);
    expect(drawn.bad.y + drawn.bad.height).toBeCloseTo(box.height - box.bottom);
    const other = picture(series, { direction: 'at-most', warning: null, breach: 0.8 }, box);
    expect(other.bad.y).toBe(box.top);
    expect(other.bad.height).toBeCloseTo(other.breach - box.top);
    expect(other.careful).toBeNull();
  });

  it('keeps the limits in sight when all values are far away, and one value in the middle', () => {
    const lone = picture(
      [at('2026-11-30', 5)],
      { direction: 'at-least', warning: null, breach: 0.8 },
      box,
    );
    expect(lone.points[0]?.x).toBe(350);
    expect(lone.breach).toBeLessThanOrEqual(box.height - box.bottom);
    expect(lone.breach).toBeGreaterThan(box.top);
  });
});
