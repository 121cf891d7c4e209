import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import { LucideChevronLeft, LucideChevronRight, LucideDynamicIcon } from '@lucide/angular';
import { DATE_WORDS } from './date-words.ts';
import { formatDate } from './format-date.ts';
import { dayAfter, todayHere } from './read-date.ts';

const WEEK = 7;

/**
 * A month to choose a day from: one stop for Tab, arrows move by day and week, Page Up and Down by
 * month, with Shift by year, Home and End within the week; Enter and Space choose. Weeks begin on
 * Monday.
 */
@Component({
  selector: 'ui-month-grid',
  imports: [LucideDynamicIcon],
  template: `
    <div class="head">
      <button
        type="button"
        class="turn"
        [attr.aria-label]="words.previousMonth()"
        (click)="turn(-1)"
      >
        <svg [lucideIcon]="previous" size="20" aria-hidden="true" />
      </button>
      <strong [id]="gridId() + '-month'" aria-live="polite">{{ title() }}</strong>
      <button type="button" class="turn" [attr.aria-label]="words.nextMonth()" (click)="turn(1)">
        <svg [lucideIcon]="next" size="20" aria-hidden="true" />
      </button>
    </div>
    <table
      role="grid"
      [attr.aria-labelledby]="gridId() + '-month'"
      [attr.aria-describedby]="gridId() + '-keys'"
    >
      <thead>
        <tr>
          @for (day of weekdays; track day.short) {
            <th scope="col" [attr.abbr]="day.long">{{ day.short }}</th>
          }
        </tr>
      </thead>
      <tbody>
        @for (week of weeks(); track week[0]) {
          <tr>
            @for (day of week; track day) {
              <td
                role="gridcell"
                [attr.data-day]="day"
                [attr.tabindex]="day === at() ? 0 : -1"
                [attr.aria-label]="nameOf(day)"
                [attr.aria-selected]="day === value()"
                [attr.aria-current]="day === today ? 'date' : null"
                [class.other]="!day.startsWith(month())"
                (click)="chosen.emit(day)"
                (keydown)="press($event)"
              >
                {{ numberOf(day) }}
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
    <p class="visually-hidden" [id]="gridId() + '-keys'">{{ words.keys() }}</p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    .head {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }
    .turn {
      display: grid;
      place-items: center;
      inline-size: 40px;
      block-size: 40px;
      border: 0;
      border-radius: var(--r-m);
      background: none;
      color: var(--c-ink);
      cursor: pointer;
    }
    .turn:hover,
    td:hover {
      background: var(--c-surface-2);
    }
    table {
      border-collapse: collapse;
    }
    th {
      padding: 0;
      border: 0;
      font: 600 13px/28px var(--font-ui);
      color: var(--c-ink-2);
      text-align: center;
    }
    td {
      inline-size: 40px;
      block-size: 40px;
      padding: 0;
      border: 0;
      border-radius: var(--r-m);
      vertical-align: middle;
      font-variant-numeric: tabular-nums;
      text-align: center;
      cursor: pointer;
    }
    td.other {
      color: var(--c-ink-2);
    }
    td[aria-current] {
      font-weight: 700;
      text-decoration: underline;
      text-underline-offset: 4px;
    }
    td[aria-selected='true'] {
      background: var(--c-primary-tint);
      color: var(--c-on-tint);
      font-weight: 700;
    }
  `,
})
export class MonthGrid {
  /** The day that is chosen, `YYYY-MM-DD`; anything else is none. */
  readonly value = input('');
  readonly gridId = input.required<string>();
  readonly chosen = output<string>();

  protected readonly words = inject(DATE_WORDS);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly injector = inject(Injector);

  protected readonly previous = LucideChevronLeft.icon;
  protected readonly next = LucideChevronRight.icon;
  protected readonly today = todayHere();
  /** The day that has the focus. */
  protected readonly at = linkedSignal(() => this.value() || this.today);
  protected readonly month = computed(() => this.at().slice(0, WEEK));
  protected readonly title = computed(() => formatDate(this.at(), 'month'));
  protected readonly weeks = computed(() => weeksOf(this.month()));
  // A Monday and the days after it, for their names.
  protected readonly weekdays = Array.from({ length: WEEK }, (_, day) => {
    const long = formatDate(dayAfter('2026-11-23', day), 'weekday').split(' ')[0] ?? '';
    return { long, short: long.slice(0, 2) };
  });

  /** Puts the focus on the day that is chosen, or today. */
  focus(): void {
    this.host.nativeElement.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  protected nameOf(day: string): string {
    return formatDate(day, 'weekday');
  }

  protected numberOf(day: string): number {
    return Number(day.slice(8));
  }

  protected turn(months: number): void {
    this.at.update((day) => monthsAfter(day, months));
  }

  protected press(event: KeyboardEvent): void {
    const to = this.goal(event);
    if (to === null) return;
    event.preventDefault();
    if (to === 'choose') {
      this.chosen.emit(this.at());
      return;
    }
    this.at.set(to);
    afterNextRender({ read: () => this.focus() }, { injector: this.injector });
  }

  private goal({ key, shiftKey }: KeyboardEvent): string | null {
    const day = this.at();
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % WEEK;
    switch (key) {
      case 'ArrowLeft':
        return dayAfter(day, -1);
      case 'ArrowRight':
        return dayAfter(day, 1);
      case 'ArrowUp':
        return dayAfter(day, -WEEK);
      case 'ArrowDown':
        return dayAfter(day, WEEK);
      case 'Home':
        return dayAfter(day, -weekday);
      case 'End':
        return dayAfter(day, WEEK - 1 - weekday);
      case 'PageUp':
        return monthsAfter(day, shiftKey ? -12 : -1);
      case 'PageDown':
        return monthsAfter(day, shiftKey ? 12 : 1);
      case 'Enter':
      case ' ':
        return 'choose';
      default:
        return null;
    }
  }
}

/** The weeks that a month, `YYYY-MM`, touches: whole, from Monday. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`;
  const before = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % WEEK;
  const weeks: string[][] = [];
  for (
    let start = dayAfter(first, -before);
    start.startsWith(month) || start < first;
    start = dayAfter(start, WEEK)
  ) {
    const from = start;
    weeks.push(Array.from({ length: WEEK }, (_, day) => dayAfter(from, day)));
  }
  return weeks;
}

/** The same day so many months on, or the last one of a month that lacks it. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const at = new Date(Date.UTC(year, month - 1 + months, Math.min(date, last)));
  return at.toISOString().slice(0, 10);
}
