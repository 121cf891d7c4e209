import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  deliverySchema,
  webhookSchema,
  type ChangeWebhook,
  type Webhook,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  ErrorSummary,
  FactsList,
  PageHeader,
  Sheet,
  Snackbar,
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
import { DeliveryList } from './delivery-list.ts';
import { WEBHOOK_CHIPS, webhookName, webhookState } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

/** One endpoint: whether it works, what it is told, and every delivery. */
@Component({
  selector: 'app-webhook-page',
  imports: [
    Button,
    Chip,
    DateText,
    DeliveryList,
    ErrorSummary,
    FactsList,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './webhook-page.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .notice {
      padding: var(--s-3) 18px;
      border: 1px solid var(--st-warn-fg);
      border-radius: var(--r-l);
      background: var(--c-surface);
    }
    dd {
      overflow-wrap: anywhere;
    }
    .end {
      padding-block-start: var(--s-4);
      border-block-start: 1px solid var(--c-hair);
    }
  `,
})
export class WebhookPage {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  readonly id = input.required<string>();
  /** Filters of the deliveries, from the address. */
  readonly state = input<string>();
  readonly type = input<string>();
  protected readonly webhook = answerOf(
    webhookSchema,
    () => this.organisation.api('webhooks', this.id()),
    { keepOver: false },
  );
  protected readonly chips = WEBHOOK_CHIPS;
  protected readonly standing = computed(() => {
    const it = this.webhook.value();
    return it ? webhookState(it) : null;
  });
  protected readonly heading = computed(() => {
    const it = this.webhook.value();
    return it ? webhookName(it) : this.t('title');
  });
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Webhook'));
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(this.heading);
    whenChanged(
      ['webhook-changed'],
      () => this.webhook.reload(),
      () => this.id(),
    );
  }

  protected test(): Promise<void> {
    return this.attempt(async () => {
      const path = this.organisation.api('webhooks', this.id(), 'tests');
      await this.api.post(path, undefined, { answer: deliverySchema });
      this.snackbar.show(this.t('testSent'));
      this.webhook.reload();
    });
  }

  protected switchOn(webhook: Webhook): Promise<void> {
    return this.change(webhook, { on: true }, 'switchedOn');
  }

  protected async switchOff(webhook: Webhook): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('switchOffTitle'),
      text: this.t('switchOffText'),
      confirm: this.t('switchOffThis'),
      cancel: this.t('leaveOn'),
      danger: true,
    });
    if (sure) await this.change(webhook, { on: false }, 'switchedOff');
  }

  protected async remove({ url }: Webhook): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('deleteTitle'),
      text: this.t('deleteText', { host: new URL(url).host }),
      confirm: this.t('deleteThis'),
      cancel: this.t('keep'),
      danger: true,
    });
    if (!sure) return;
    await this.attempt(async () => {
      await this.api.delete(this.organisation.api('webhooks', this.id()));
      this.snackbar.show(this.t('deleted'));
      await this.router.navigate(this.organisation.page('webhooks'));
    });
  }

  private change(
    { version }: Webhook,
    change: ChangeWebhook,
    said: 'switchedOn' | 'switchedOff',
  ): Promise<void> {
    return this.attempt(async () => {
      const path = this.organisation.api('webhooks', this.id());
      this.webhook.set(await this.api.patch(path, change, { version, answer: webhookSchema }));
      this.snackbar.show(this.t(said));
    });
  }

  /** Does it, and says on top of the page why it was refused. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set([]);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    } finally {
      this.busy.set(false);
    }
  }
}
