import { computed, inject, Injectable } from '@angular/core';
import { notificationsSchema } from '@plumbline/contracts';
import { answerOf, CurrentOrganisation, whenChanged, withQuery } from '../platform/index.ts';

/** How many notices of this organisation the reader has not seen. */
@Injectable()
export class Bell {
  private readonly organisation = inject(CurrentOrganisation);
  private readonly newest = answerOf(notificationsSchema, () =>
    this.organisation.can('read', 'Notification')
      ? withQuery(this.organisation.api('notifications'), { unread: true, limit: 1 })
      : undefined,
  );

  readonly unread = computed(() => this.newest.value()?.unread ?? 0);

  constructor() {
    whenChanged(['task-changed', 'run-changed', 'job-changed'], () => this.reload());
  }

  reload(): void {
    this.newest.reload();
  }
}
