import type { Measurement, Monitor } from '@plumbline/contracts';
import { tickStep } from '@plumbline/ui';

/** What a chart draws: pixels for each measurement and for the limits. */
export interface SeriesPicture {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly measurement: Measurement;
  }[];
  readonly line: string;
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly days: readonly { readonly x: number; readonly day: string }[];
  readonly breach: number;
  readonly warning: number | null;
  /** The bad side of the limit, as a rectangle. */
  readonly bad: { readonly y: number; readonly height: number };
  readonly careful: { readonly y: number; readonly height: number } | null;
}

export interface Box {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Limits = Pick<Monitor, 'direction' | 'warning' | 'breach'>;

/** Places measurements (oldest first) and limits in a box; the limits are always in sight. */
export function picture(
  measurements: readonly Measurement[],
  { direction, warning, breach }: Limits,
  box: Box,
): SeriesPicture {
  const values = [...measurements.map(({ value }) => value), breach, warning ?? breach];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = tickStep(high > low ? high - low : Math.abs(high) || 1, 4);
  const from = Math.floor(low / step - 0.25) * step;
  const to = Math.ceil(high / step + 0.25) * step;
  const inner = {
    width: box.width - box.left - box.right,
    height: box.height - box.top - box.bottom,
  };
  const y = (value: number): number => box.top + inner.height * (1 - (value - from) / (to - from));

  const times = measurements.map(({ windowTo }) => Date.parse(windowTo));
  const first = Math.min(...times);
  const span = Math.max(...times) - first;
  const x = (time: number): number =>
    box.left + inner.width * (span > 0 ? (time - first) / span : 0.5);
  const points = measurements.map((measurement, at) => ({
    x: x(times[at] ?? first),
    y: y(measurement.value),
    measurement,
  }));

  const ticks = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, at) => {
    const value = from + at * step;
    return { y: y(value), text: String(Number(value.toPrecision(6))) };
  });
  const wanted = Math.max(2, Math.floor(inner.width / 130));
  const every = Math.max(1, Math.ceil(points.length / wanted));
  const days = points
    .filter((_, at) => (points.length - 1 - at) % every === 0)
    .map(({ x: place, measurement }) => ({ x: place, day: measurement.windowTo }));

  const atLeast = direction === 'at-least';
  const edge = atLeast ? box.top + inner.height : box.top;
  const band = (one: number, other: number): { y: number; height: number } => ({
    y: Math.min(one, other),
    height: Math.abs(one - other),
  });
  return {
    points,
    line: points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' '),
    ticks,
    days,
    breach: y(breach),
    warning: warning === null ? null : y(warning),
    bad: band(edge, y(breach)),
    careful: warning === null ? null : band(y(breach), y(warning)),
  };
}
