import { Component, computed, input } from '@angular/core';
import { formatDate, type DateShape } from './format-date.ts';

/** A date in the product's one form, machine-readable, with the full form on hover. */
@Component({
  selector: 'ui-date',
  template: `@if (value(); as iso) {
    <time [attr.datetime]="iso" [title]="full()">{{ text() }}</time>
  }`,
  styles: `
    time {
      white-space: nowrap;
    }
  `,
})
export class DateText {
  /** `YYYY-MM-DD` (a day, the same everywhere) or an ISO instant (shown in the reader's zone). */
  readonly value = input.required<string | null | undefined>();
  readonly shape = input<DateShape>('long');

  protected readonly text = computed(() => formatDate(this.value() ?? '', this.shape()));
  protected readonly full = computed(() => {
    const iso = this.value() ?? '';
    return formatDate(iso, iso.length > 10 ? 'long-time' : 'weekday');
  });
}
