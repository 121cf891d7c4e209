import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { page, type Page, type RunRow, runRowSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, PageHeader, TableFrame } from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './runs.en-GB.json';

const STATUSES = ['running', 'ended', 'cancelled'] as const;
type Status = (typeof STATUSES)[number];
const runsSchema = page(runRowSchema);

/** Every run, those that need somebody first. */
@Component({
  selector: 'app-run-list',
  imports: [Button, Chip, DateText, EmptyState, Loaded, PageHeader, RouterLink, TableFrame],
  templateUrl: './run-list.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
    }
    select {
      inline-size: auto;
    }
    .sentence {
      min-inline-size: 240px;
    }
  `,
})
export class RunList {
  readonly status = input<Status | undefined, string | undefined>(undefined, {
    transform: (text) => STATUSES.find((one) => one === text),
  });
  readonly aiSystem = input<string>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  protected readonly statuses = STATUSES;
  protected readonly list = pagesOf<RunRow, Page<RunRow>>(runsSchema, () => ({
    path: this.organisation.api('runs'),
    query: { status: this.status(), aiSystem: this.aiSystem() },
  }));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['run-changed'], () => this.list.reload());
  }

  protected choose(event: Event): void {
    void this.write({ status: (event.target as HTMLSelectElement).value });
  }
}
