import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { formatDate } from '@plumbline/ui';
import { Live, words } from '../platform/index.ts';
import type file from './runs.en-GB.json';
import { spanOf } from './span.ts';

/** Whether the page follows what happens, and how old what it shows is. Not announced: it ticks. */
@Component({
  selector: 'app-live-note',
  template: `@if (live.state() !== 'off') {
    <span aria-live="off">{{ text() }}</span>
  }`,
})
export class LiveNote {
  /** When what is shown was read (milliseconds). */
  readonly readAt = input.required<number>();

  protected readonly live = inject(Live);
  private readonly t = words<typeof file>('runs');
  private readonly now = signal(Date.now());
  protected readonly text = computed(() => {
    if (this.live.state() === 'reconnecting') {
      const time = formatDate(new Date(this.readAt()).toISOString(), 'time');
      return this.t('reconnecting', { time });
    }
    const { unit, count } = spanOf((this.now() - this.readAt()) / 1000);
    return this.t('live', { ago: this.t.count(`span.${unit}`, count) });
  });

  constructor() {
    const ticking = setInterval(() => this.now.set(Date.now()), 1000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticking));
  }
}
