import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { deliveryDetailSchema, deliverySchema, webhookSchema } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  ErrorSummary,
  FactsList,
  PageHeader,
  Sheet,
  Snackbar,
  TableFrame,
  type FormProblem,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  whenChanged,
  words,
} from '../platform/index.ts';
import { DELIVERY_CHIPS, outcomeKey, webhookName } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

/** One delivery: what was sent, every attempt, and sending it again. */
@Component({
  selector: 'app-delivery-page',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    ErrorSummary,
    FactsList,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  templateUrl: './delivery-page.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    a,
    code,
    td {
      overflow-wrap: anywhere;
    }
    pre {
      font: 13px/20px var(--font-mono);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    tbody th {
      font: var(--text-body);
      font-weight: 600;
      color: var(--c-ink);
    }
  `,
})
export class DeliveryPage {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  readonly id = input.required<string>();
  readonly delivery = input.required<string>();
  protected readonly webhook = answerOf(webhookSchema, () =>
    this.organisation.api('webhooks', this.id()),
  );
  protected readonly answer = answerOf(
    deliveryDetailSchema,
    () => this.organisation.api('webhooks', this.id(), 'deliveries', this.delivery()),
    { keepOver: false },
  );
  protected readonly name = computed(() => {
    const it = this.webhook.value();
    return it ? webhookName(it) : this.t('title');
  });
  protected readonly chips = DELIVERY_CHIPS;
  protected readonly outcomeKey = outcomeKey;
  protected readonly heading = computed(() => {
    const it = this.answer.value();
    return it ? this.t.of('type', it.type) : this.t('delivery');
  });
  /** The body, in lines for people; what is sent has none. */
  protected readonly body = computed(() => {
    const text = this.answer.value()?.body ?? '';
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Not for us to judge: it is shown as it was sent.
      return text;
    }
  });
  protected readonly mayResend = computed(
    () => this.organisation.can('manage', 'Webhook') && this.webhook.value()?.off === null,
  );
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(this.heading);
    whenChanged(
      ['webhook-changed'],
      () => {
        this.answer.reload();
        this.webhook.reload();
      },
      () => this.id(),
    );
  }

  protected async resend(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set([]);
    try {
      const path = ['webhooks', this.id(), 'deliveries', this.delivery(), 'resend'];
      await this.api.post(this.organisation.api(...path), undefined, { answer: deliverySchema });
      this.snackbar.show(this.t('resent'));
      this.answer.reload();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    } finally {
      this.busy.set(false);
    }
  }
}
