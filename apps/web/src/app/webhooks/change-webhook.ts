import { Component, computed, inject, input, linkedSignal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { changeWebhookSchema, webhookSchema } from '@plumbline/contracts';
import { Button, ErrorSummary, PageHeader, Sheet, Snackbar } from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  words,
} from '../platform/index.ts';
import { WebhookFields, type WebhookInput } from './webhook-fields.ts';
import { webhookName } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

/** Changes where an endpoint is and what it is told. */
@Component({
  selector: 'app-change-webhook',
  imports: [Button, ErrorSummary, Loaded, PageHeader, RouterLink, Sheet, WebhookFields],
  template: `
    <ui-page-header [heading]="t('changeHeading')">
      <a pageCrumb [routerLink]="organisation.page('webhooks', id())">{{ name() }}</a>
    </ui-page-header>
    <app-loaded
      [loading]="webhook.loading()"
      [problem]="webhook.problem()"
      (again)="webhook.reload()"
    />
    @if (webhook.value()) {
      <ui-sheet>
        @if (!mayManage()) {
          <p>{{ t('notYours') }}</p>
        } @else {
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
            <app-webhook-fields [(value)]="model" [errorOf]="form.errorOf" />
            <div class="row">
              <button uiButton type="submit" [busy]="form.busy()">{{ t('save') }}</button>
              <a uiButton look="quiet" [routerLink]="organisation.page('webhooks', id())">{{
                t('cancel')
              }}</a>
            </div>
          </form>
        }
      </ui-sheet>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
    a {
      overflow-wrap: anywhere;
    }
  `,
})
export class ChangeWebhook {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);

  readonly id = input.required<string>();
  protected readonly webhook = answerOf(
    webhookSchema,
    () => this.organisation.api('webhooks', this.id()),
    { keepOver: false },
  );
  protected readonly name = computed(() => {
    const it = this.webhook.value();
    return it ? webhookName(it) : this.t('title');
  });
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Webhook'));
  protected readonly model = linkedSignal<WebhookInput>(() => {
    const { url = '', description = '', types = [] } = this.webhook.value() ?? {};
    return { url, description, types };
  });
  protected readonly form = contractForm(this.model, {
    schema: changeWebhookSchema,
    send: async (input) => {
      const version = this.webhook.value()?.version;
      if (version === undefined) return;
      const path = this.organisation.api('webhooks', this.id());
      await this.api.patch(path, input, { version, answer: webhookSchema });
      this.snackbar.show(this.t('saved'));
      await this.router.navigate(this.organisation.page('webhooks', this.id()));
    },
  });

  constructor() {
    pageTitle(() => this.t('changeHeading'));
  }
}
