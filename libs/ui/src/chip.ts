import { Component, computed, input } from '@angular/core';
import {
  LucideCheck,
  LucideCircle,
  LucideCircleAlert,
  LucideClock,
  LucideContrast,
  LucideDynamicIcon,
  LucideHourglass,
  LucideMinus,
} from '@lucide/angular';
import { filledDot } from './filled-dot.ts';

/** The one vocabulary of states of the whole product (what each is for: the design reference). */
export type ChipState =
  'your-turn' | 'todo' | 'progress' | 'waiting' | 'done' | 'warn' | 'bad' | 'unknown';

const icons = {
  'your-turn': filledDot,
  todo: LucideCircle.icon,
  progress: LucideContrast.icon,
  waiting: LucideHourglass.icon,
  done: LucideCheck.icon,
  warn: LucideClock.icon,
  bad: LucideCircleAlert.icon,
  unknown: LucideMinus.icon,
} as const;

/** A status: icon, word (the content) and tint, never the tint alone. */
@Component({
  selector: 'ui-chip',
  imports: [LucideDynamicIcon],
  template: `<svg [lucideIcon]="icon()" [size]="14" aria-hidden="true"></svg
    ><span><ng-content /></span>`,
  host: { '[attr.data-state]': 'state()' },
  styles: `
    :host {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      max-inline-size: 100%;
      padding: 1px 8px;
      border: 1px solid transparent;
      border-radius: var(--r-s);
      font: 600 13px/20px var(--font-ui);
      color: var(--fg);
      background: var(--bg);
    }
    svg {
      flex: none;
    }
    :host([data-state='your-turn']) {
      --fg: var(--c-on-primary);
      --bg: var(--c-primary);
    }
    :host([data-state='todo']) {
      --fg: var(--st-todo-fg);
      --bg: var(--st-todo-bg);
    }
    :host([data-state='progress']) {
      --fg: var(--st-prog-fg);
      --bg: var(--st-prog-bg);
    }
    :host([data-state='waiting']) {
      --fg: var(--st-wait-fg);
      --bg: var(--st-wait-bg);
    }
    :host([data-state='done']) {
      --fg: var(--st-done-fg);
      --bg: var(--st-done-bg);
    }
    :host([data-state='warn']) {
      --fg: var(--st-warn-fg);
      --bg: var(--st-warn-bg);
    }
    :host([data-state='bad']) {
      --fg: var(--st-bad-fg);
      --bg: var(--st-bad-bg);
    }
    :host([data-state='unknown']) {
      --fg: var(--c-ink-2);
      --bg: transparent;
      border: 1px dashed var(--c-line);
    }
  `,
})
export class Chip {
  readonly state = input.required<ChipState>();
  protected readonly icon = computed(() => icons[this.state()]);
}
