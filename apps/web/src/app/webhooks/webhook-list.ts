import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { webhooksSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, PageHeader, RowKeys, TableFrame } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  Preferences,
  whenChanged,
  words,
} from '../platform/index.ts';
import { WEBHOOK_CHIPS, webhookState } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

/** Which other systems are told what, and whether that works. */
@Component({
  selector: 'app-webhook-list',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
    RowKeys,
    TableFrame,
  ],
  templateUrl: './webhook-list.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
      overflow-wrap: anywhere;
      min-inline-size: 16ch;
      inline-size: 36%;
    }
    tbody th a {
      font-weight: 600;
    }
    .meta {
      display: block;
    }
    ui-chip {
      white-space: nowrap;
    }
    @media (max-width: 720px) {
      tbody th {
        inline-size: auto;
      }
    }
  `,
})
export class WebhookList {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);

  protected readonly chips = WEBHOOK_CHIPS;
  protected readonly answer = answerOf(webhooksSchema, () => this.organisation.api('webhooks'));
  protected readonly webhooks = computed(() =>
    (this.answer.value()?.webhooks ?? []).map((webhook) => ({
      ...webhook,
      state: webhookState(webhook),
    })),
  );
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Webhook'));

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['webhook-changed'], () => this.answer.reload());
  }
}
