import type { Due } from '../definition/definition.ts';
import type { BusinessCalendar } from '../run/run.ts';
import { day, hour, instantOf, startOfDay, wallClock } from './wall-clock.ts';
import { endOfWork, workingDaysAfter } from './working-time.ts';

const minute = 60_000;

/** One working day: instants in milliseconds, and the working minutes before it. */
interface WorkingDay {
  readonly midnight: number;
  readonly opens: number;
  readonly closes: number;
  readonly before: number;
}

/**
 * Working time counted in minutes from an instant, both ways: what `deadline` and its like say, many
 * times faster, for forecasts. Instants are milliseconds. Throws a `RangeError` when the calendar
 * has no working time within reach.
 */
export class WorkingClock {
  /** Minutes of working time in a whole working day. */
  readonly dayLength: number;
  private readonly calendar: BusinessCalendar;
  private readonly start: number;
  private readonly ahead: Iterator<number>;
  private readonly days: WorkingDay[] = [];

  /** Starts at this ISO instant. */
  constructor(start: string, calendar: BusinessCalendar) {
    this.calendar = calendar;
    this.dayLength = (calendar.endHour - calendar.startHour) * 60;
    this.start = Date.parse(start);
    const today = startOfDay(wallClock(this.start, calendar.timeZone));
    this.ahead = workingDaysAfter(today - day, calendar);
    this.extend();
  }

  /** Working minutes from the start to an instant. */
  workAt(instant: number): number {
    this.reach(({ closes }) => closes >= instant);
    const found = this.lastOf(({ opens }) => opens <= instant);
    if (!found) return 0;
    return found.before + Math.min(instant - found.opens, found.closes - found.opens) / minute;
  }

  /** The instant at which so many working minutes have passed: the earliest, for 0 the first moment of work. */
  instantAt(work: number): number {
    this.reach((one) => total(one) >= work);
    const found = this.lastOf(({ before }) => before < work);
    return found ? found.opens + (work - found.before) * minute : this.firstMoment;
  }

  /** The instant after so many working minutes from another one. */
  after(instant: number, minutes: number): number {
    return minutes <= 0 ? instant : this.instantAt(this.workAt(instant) + minutes);
  }

  /** As `deadline`, except that a calendar day is always 24 hours. */
  due(from: number, { amount, unit }: Due, factor: number): number {
    const stretched = Math.max(0, amount * factor);
    if (unit === 'business-hours') return this.after(from, stretched * 60);
    const whole = Math.ceil(stretched);
    if (unit === 'calendar-days') return from + whole * day;
    this.reach(({ midnight }) => midnight > from);
    const today = this.lastOf(({ midnight }) => midnight <= from);
    if (whole === 0 && today && from <= today.closes) return today.closes;
    const at = (today ? this.days.indexOf(today) : -1) + Math.max(1, whole);
    this.reach(() => this.days.length > at);
    return this.days[at]?.closes ?? from;
  }

  private get firstMoment(): number {
    return this.days[0]?.opens ?? this.start;
  }

  /** Looks ahead until this holds for the last day. */
  private reach(holds: (last: WorkingDay) => boolean): void {
    for (let last = this.days.at(-1); last && !holds(last); last = this.days.at(-1)) this.extend();
  }

  /** The last day for which this holds: it holds for all days before too. */
  private lastOf(holds: (day: WorkingDay) => boolean): WorkingDay | undefined {
    let [low, high] = [0, this.days.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.days[middle];
      if (candidate && holds(candidate)) low = middle + 1;
      else high = middle;
    }
    return this.days[low - 1];
  }

  private extend(): void {
    const { calendar } = this;
    const { timeZone } = calendar;
    for (;;) {
      const next = this.ahead.next();
      if (next.done) throw new RangeError('The business calendar has no working day within reach.');
      const wallDay = next.value;
      const opens = Math.max(this.start, instantOf(wallDay + calendar.startHour * hour, timeZone));
      const closes = instantOf(endOfWork(wallDay, calendar), timeZone);
      if (closes <= opens) continue;
      const last = this.days.at(-1);
      const before = last ? total(last) : 0;
      this.days.push({ midnight: instantOf(wallDay, timeZone), opens, closes, before });
      return;
    }
  }
}

/** Working minutes until the end of this day. */
function total({ before, opens, closes }: WorkingDay): number {
  return before + (closes - opens) / minute;
}
