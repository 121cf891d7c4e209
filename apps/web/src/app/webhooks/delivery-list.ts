import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  deliveriesSchema,
  DELIVERY_STATES,
  WEBHOOK_TEST,
  type Webhook,
} from '@plumbline/contracts';
import { Button, Chip, DateText, EmptyState, LoadMore, RowKeys, TableFrame } from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  Preferences,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { DELIVERY_CHIPS, outcomeKey } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

/** What was sent to an endpoint, newest first, by state and event. */
@Component({
  selector: 'app-delivery-list',
  imports: [Button, Chip, DateText, EmptyState, Loaded, LoadMore, RouterLink, RowKeys, TableFrame],
  templateUrl: './delivery-list.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-3);
    }
    h2 {
      font: var(--text-section);
    }
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-2) var(--s-4);
    }
    .filters p {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-2);
    }
    select {
      inline-size: auto;
    }
    tbody th {
      font: var(--text-body);
      font-weight: 600;
      color: var(--c-ink);
    }
    .meta {
      display: block;
    }
  `,
})
export class DeliveryList {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);
  protected readonly write = queryWriter();

  readonly webhook = input.required<Webhook>();
  readonly state = input<string>();
  readonly type = input<string>();

  protected readonly id = computed(() => this.webhook().id);
  protected readonly states = DELIVERY_STATES;
  protected readonly types = computed(() => [...this.webhook().types, WEBHOOK_TEST]);
  protected readonly chips = DELIVERY_CHIPS;
  protected readonly outcomeKey = outcomeKey;
  protected readonly list = pagesOf(deliveriesSchema, () => ({
    path: this.organisation.api('webhooks', this.id(), 'deliveries'),
    query: { state: this.state(), type: this.type() },
  }));

  constructor() {
    whenChanged(
      ['webhook-changed'],
      () => this.list.reload(),
      () => this.id(),
    );
  }

  protected choose(name: 'state' | 'type', event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    void this.write({ [name]: event.target.value });
  }
}
