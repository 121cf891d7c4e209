import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { absencesSchema } from '@plumbline/contracts';
import { formatDate } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, whenChanged, words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** Above my tasks: that the reader is away, or for whom they stand in. */
@Component({
  selector: 'app-absence-banner',
  imports: [RouterLink],
  template: `
    @if (lines().length > 0) {
      <div role="status">
        @for (line of lines(); track line) {
          <p>{{ line }}</p>
        }
        <a [routerLink]="organisation.page('absences')">{{ t('banner.see') }}</a>
      </div>
    }
  `,
  styles: `
    div {
      display: grid;
      gap: var(--s-1);
      margin-block-end: var(--s-4);
      padding: var(--s-3) var(--s-4);
      border: 1px solid var(--c-hair);
      border-inline-start: 4px solid var(--st-wait-fg);
      background: var(--c-surface);
    }
  `,
})
export class AbsenceBanner {
  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly answer = answerOf(absencesSchema, () =>
    this.organisation.can('read', 'Absence') ? this.organisation.api('absences') : undefined,
  );
  protected readonly lines = computed(() => {
    const { away, standingInFor = [] } = this.answer.value() ?? {};
    return [
      ...(away
        ? [
            this.t('banner.away', {
              who: away.substitute.name,
              date: formatDate(away.until, 'long'),
            }),
          ]
        : []),
      ...standingInFor.map(({ person, until }) =>
        this.t('banner.standing', { who: person.name, date: formatDate(until, 'long') }),
      ),
    ];
  });

  constructor() {
    whenChanged(['task-changed'], () => this.answer.reload());
  }
}
