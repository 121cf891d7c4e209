import { columnsOf } from './columns.ts';

const box = { width: 640, height: 240, left: 40, right: 20, top: 10, bottom: 30 };
const days = (...counts: readonly (readonly [number, number])[]) =>
  counts.map(([started, ended], at) => ({
    from: `2026-11-${String(at + 1).padStart(2, '0')}`,
    started,
    ended,
  }));

it('stands columns on zero, as high as their counts', () => {
  const { started, ended } = columnsOf(days([4, 2], [0, 1]), box);
  const bottom = box.height - box.bottom;
  for (const column of [...started, ...ended]) expect(column.y + column.height).toBeCloseTo(bottom);
  expect(started[0]!.height).toBeCloseTo(2 * ended[0]!.height);
  expect(started[1]!.height).toBe(0);
});

it('keeps both columns of a day side by side and inside the box', () => {
  const many = days(...Array.from({ length: 62 }, () => [1, 1] as const));
  const { started, ended } = columnsOf(many, box);
  for (const [at, column] of started.entries()) {
    expect(column.x + column.width).toBeCloseTo(ended[at]!.x);
    expect(column.x).toBeGreaterThanOrEqual(box.left);
    expect(ended[at]!.x + ended[at]!.width).toBeLessThanOrEqual(box.width - box.right);
  }
});

it.each([
  [0, ['0', '1']],
  [1, ['0', '1']],
  [3, ['0', '1', '2', '3']],
  [10, ['0', '3', '6', '9', '12']],
  [97, ['0', '25', '50', '75', '100']],
])('has whole ticks over %d', (most, ticks) => {
  expect(columnsOf(days([most, 0]), box).ticks.map(({ text }) => text)).toEqual(ticks);
});

it('writes so many dates that they do not touch', () => {
  const many = days(...Array.from({ length: 28 }, () => [1, 1] as const));
  const { days: written } = columnsOf(many, box);
  for (const [at, { x }] of written.entries()) {
    if (at > 0) expect(x - written[at - 1]!.x).toBeGreaterThanOrEqual(110);
  }
});
