import { Component, computed, inject, input, model } from '@angular/core';
import {
  FIRM_WEBHOOK_EVENT_TYPES,
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
} from '@plumbline/contracts';
import { FieldFrame } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './webhooks.en-GB.json';

/** What people enter about an endpoint. */
export interface WebhookInput {
  readonly url: string;
  readonly description: string;
  readonly types: readonly WebhookEventType[];
}

/** The questions about an endpoint, for a new one and for a change. */
@Component({
  selector: 'app-webhook-fields',
  imports: [FieldFrame],
  templateUrl: './webhook-fields.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .choices {
      display: grid;
      gap: var(--s-3);
      padding-block-start: var(--s-2);
    }
    .choices label {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 var(--s-2);
      align-items: start;
    }
    .choices .hint {
      grid-column: 2;
    }
    .error {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class WebhookFields {
  protected readonly t = words<typeof file>('webhooks');
  private readonly organisation = inject(CurrentOrganisation);

  readonly value = model.required<WebhookInput>();
  /** The message at a field, by its name in the contract. */
  readonly errorOf = input.required<(field: string) => string | null>();

  protected readonly types = computed<readonly WebhookEventType[]>(() =>
    this.organisation.kind === 'firm' ? FIRM_WEBHOOK_EVENT_TYPES : WEBHOOK_EVENT_TYPES,
  );

  protected set(change: Partial<WebhookInput>): void {
    this.value.update((value) => ({ ...value, ...change }));
  }

  protected toggle(type: WebhookEventType): void {
    const { types } = this.value();
    this.set({
      types: types.includes(type) ? types.filter((one) => one !== type) : [...types, type],
    });
  }
}
