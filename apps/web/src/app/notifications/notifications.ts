import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { notificationsSchema, type Notification } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  PageHeader,
  Sheet,
  type ChipState,
} from '@plumbline/ui';
import {
  Api,
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { Bell } from '../shell/bell.ts';
import type file from './notifications.en-GB.json';

const STATES: Readonly<Record<Notification['kind'], ChipState>> = {
  'your-turn': 'your-turn',
  late: 'bad',
  'for-information': 'todo',
  job: 'done',
};

/** What the reader was told in this organisation. */
@Component({
  selector: 'app-notifications',
  imports: [Button, Chip, DateText, EmptyState, Loaded, PageHeader, RouterLink, Sheet],
  templateUrl: './notifications.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
    }
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-1) var(--s-4);
      padding-block: var(--s-3);
    }
    li + li {
      border-block-start: 1px solid var(--c-hair);
    }
    li a {
      flex: 1 1 30ch;
    }
    .fresh a {
      font-weight: 600;
    }
    nav {
      display: flex;
      gap: var(--s-4);
    }
    nav a[aria-current] {
      color: var(--c-ink);
      font-weight: 600;
      text-decoration: none;
    }
  `,
})
export class NotificationsPage {
  protected readonly t = words<typeof file>('notifications');
  private readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly bell = inject(Bell);
  private readonly patchQuery = queryWriter();

  /** `unread` narrows the list. */
  readonly show = input<string>();
  protected readonly onlyUnread = computed(() => this.show() === 'unread');
  protected readonly notices = pagesOf(notificationsSchema, () => ({
    path: this.organisation.api('notifications'),
    query: { unread: this.onlyUnread() || null },
  }));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['task-changed', 'run-changed', 'job-changed'], () => this.notices.reload());
  }

  protected stateOf({ kind, readAt }: Notification): ChipState {
    // Petrol is for what waits: a notice that was read is no longer that.
    return kind === 'your-turn' && readAt ? 'todo' : STATES[kind];
  }

  protected async opened({ id, readAt }: Notification): Promise<void> {
    if (!readAt) await this.markRead([id]);
  }

  protected async markAllRead(): Promise<void> {
    await this.markRead(null);
  }

  protected showAll(): void {
    void this.patchQuery({ show: null });
  }

  private async markRead(ids: readonly string[] | null): Promise<void> {
    await this.api.post(this.organisation.api('notifications', 'read'), { ids });
    this.notices.reload();
    this.bell.reload();
  }
}
