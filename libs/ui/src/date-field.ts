import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin } from '@angular/cdk/overlay';
import {
  Component,
  computed,
  type ElementRef,
  inject,
  input,
  model,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { LucideCalendarDays, LucideDynamicIcon } from '@lucide/angular';
import { DATE_WORDS } from './date-words.ts';
import { formatDate } from './format-date.ts';
import { MonthGrid } from './month-grid.ts';
import { readDate, todayHere } from './read-date.ts';

const aDay = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A date to type or to choose from a calendar. Its value is `YYYY-MM-DD`, or what was typed as long
 * as it is no date, so that a contract refuses it; empty for nothing. For `[formField]` or `[(value)]`.
 */
@Component({
  selector: 'ui-date-field',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, LucideDynamicIcon, MonthGrid],
  template: `
    <div class="box" cdkOverlayOrigin #origin="cdkOverlayOrigin">
      <input
        type="text"
        autocomplete="off"
        [id]="controlId()"
        [value]="shown()"
        [attr.aria-invalid]="wrong() || unread() || null"
        [attr.aria-describedby]="describedBy()"
        (input)="type($event)"
        (change)="settle()"
        (keydown.alt.arrowdown)="openBy($event)"
      />
      <button
        #opener
        type="button"
        aria-haspopup="dialog"
        [attr.aria-label]="words.choose()"
        [attr.aria-expanded]="open()"
        (click)="open.set(!open())"
      >
        <svg [lucideIcon]="icon" size="20" aria-hidden="true" />
      </button>
    </div>
    @if (unread() && !wrong()) {
      <p class="unread" role="status" [id]="controlId() + '-unread'">{{ words.unreadable() }}</p>
    }
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="open()"
      [cdkConnectedOverlayPush]="true"
      [cdkConnectedOverlayViewportMargin]="8"
      (attach)="focusGrid()"
      (detach)="close(false)"
      (overlayOutsideClick)="leave($event)"
      (overlayKeydown)="escape($event)"
    >
      <div
        class="popup"
        role="dialog"
        aria-modal="true"
        cdkTrapFocus
        [attr.aria-label]="words.choose()"
      >
        <ui-month-grid [gridId]="controlId()" [value]="day()" (chosen)="choose($event)" />
      </div>
    </ng-template>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-1);
      justify-items: start;
    }
    .box {
      position: relative;
      inline-size: min(100%, 240px);
    }
    input {
      inline-size: 100%;
      padding-inline-end: 44px;
    }
    button {
      position: absolute;
      inset-block: 1px;
      inset-inline-end: 1px;
      display: grid;
      place-items: center;
      inline-size: 40px;
      border: 0;
      border-radius: var(--r-m);
      background: none;
      color: var(--c-ink-2);
      cursor: pointer;
    }
    button:hover {
      background: var(--c-surface-2);
    }
    .unread {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
    .popup {
      padding: var(--s-3);
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
      box-shadow: var(--lift-2);
    }
  `,
})
export class DateField {
  /** The id of the text control, for its label. */
  readonly controlId = input.required<string>();
  readonly value = model('');
  /** Whether somebody found it wrong; a text that is no date is found by the field itself. */
  readonly wrong = input(false);
  /** A date, or nothing, that somebody has finished to type or has chosen: for filters. */
  readonly settled = output<string>();
  /** Ids of what describes it. */
  readonly described = input<string | null>(null);

  protected readonly words = inject(DATE_WORDS);
  private readonly opener = viewChild.required<ElementRef<HTMLElement>>('opener');
  private readonly grid = viewChild(MonthGrid);

  protected readonly icon = LucideCalendarDays.icon;
  protected readonly open = signal(false);
  protected readonly day = computed(() => (aDay.test(this.value()) ? this.value() : ''));
  /** What somebody types, until they are done, and the value that it gives. */
  private readonly typed = signal<{ readonly text: string; readonly value: string } | null>(null);
  private readonly typing = computed(() => {
    const typed = this.typed();
    return typed?.value === this.value() ? typed : null;
  });
  protected readonly shown = computed(
    () => this.typing()?.text ?? (this.day() ? formatDate(this.day(), 'long') : this.value()),
  );
  protected readonly unread = computed(() => !this.typing() && this.value() !== '' && !this.day());
  protected readonly describedBy = computed(() => {
    const ids = [
      this.described(),
      this.unread() && !this.wrong() ? `${this.controlId()}-unread` : null,
    ];
    return ids.filter((id) => id !== null && id !== '').join(' ') || null;
  });

  protected type(event: Event): void {
    const text = (event.target as HTMLInputElement).value;
    const value = readDate(text, todayHere()) ?? text.trim();
    this.typed.set({ text, value });
    this.value.set(value);
  }

  /** Typing is over: the date is shown in full. */
  protected settle(): void {
    this.typed.set(null);
    if (!this.unread()) this.settled.emit(this.day());
  }

  protected choose(day: string): void {
    this.typed.set(null);
    this.value.set(day);
    this.settled.emit(day);
    this.close(true);
  }

  protected openBy(event: Event): void {
    event.preventDefault();
    this.open.set(true);
  }

  protected focusGrid(): void {
    // The grid is drawn in the turn after the overlay is there.
    queueMicrotask(() => this.grid()?.focus());
  }

  protected leave({ target }: MouseEvent): void {
    const inside = target instanceof Node && this.opener().nativeElement.contains(target);
    if (!inside) this.close(false);
  }

  protected escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.close(true);
  }

  protected close(backToOpener: boolean): void {
    this.open.set(false);
    if (backToOpener) this.opener().nativeElement.focus();
  }
}
