import { daysAfter } from '../runs/index.ts';
import type { Monitor } from '@plumbline/contracts';

type Every = Monitor['every'];

const MONTHS: Readonly<Partial<Record<Every, number>>> = { month: 1, quarter: 3, year: 12 };
const DAYS: Readonly<Partial<Record<Every, number>>> = { day: 1, week: 7 };

/** The ISO date one period later; the last day of a short month stands for a day that it lacks. */
export function periodAfter(isoDate: string, every: Every): string {
  const months = MONTHS[every];
  return months === undefined ? daysAfter(isoDate, DAYS[every] ?? 1) : monthsAfter(isoDate, months);
}

function monthsAfter(isoDate: string, months: number): string {
  const date = new Date(`${isoDate}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return date.toISOString().slice(0, 10);
}
