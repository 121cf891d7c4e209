import type { RunFigures } from '@plumbline/contracts';
import { tickStep } from '@plumbline/ui';

/** Where things are drawn, in pixels. */
export interface ColumnsBox {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Column {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Runs started and ended, side by side for each day or week. */
export interface ColumnsPicture {
  readonly started: readonly Column[];
  readonly ended: readonly Column[];
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
  readonly days: readonly { readonly x: number; readonly day: string }[];
}

/** The widest that one column gets. */
const WIDEST = 24;
/** Room that a date takes. */
const DATE = 110;

/** Places columns from zero upwards; ticks are whole numbers, and dates do not touch each other. */
export function columnsOf(
  throughput: RunFigures['throughput'],
  { width, height, left, right, top, bottom }: ColumnsBox,
): ColumnsPicture {
  const most = Math.max(1, ...throughput.flatMap(({ started, ended }) => [started, ended]));
  const step = Math.max(1, Math.ceil(tickStep(most, 4)));
  const highest = Math.ceil(most / step) * step;
  const [across, down] = [width - left - right, height - top - bottom];
  const slot = across / Math.max(1, throughput.length);
  const wide = Math.min(WIDEST, slot * 0.4);
  const y = (count: number): number => top + down * (1 - count / highest);
  const columns = (pick: 'started' | 'ended', shift: number): Column[] =>
    throughput.map((one, at) => ({
      x: left + slot * (at + 0.5) + shift,
      y: y(one[pick]),
      width: wide,
      height: (down * one[pick]) / highest,
    }));
  const every = Math.max(1, Math.ceil(throughput.length / Math.max(1, Math.floor(across / DATE))));
  return {
    started: columns('started', -wide),
    ended: columns('ended', 0),
    ticks: Array.from({ length: highest / step + 1 }, (_, at) => ({
      y: y(at * step),
      text: String(at * step),
    })),
    days: throughput.flatMap(({ from }, at) =>
      at % every === 0 ? [{ x: left + slot * (at + 0.5), day: from }] : [],
    ),
  };
}
