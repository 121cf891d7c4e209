import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  createWebhookSchema,
  webhookWithSecretSchema,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import { Button, ErrorSummary, PageHeader, Sheet, ShownSecret } from '@plumbline/ui';
import { Api, contractForm, CurrentOrganisation, pageTitle, words } from '../platform/index.ts';
import { secretWords } from './secret-words.ts';
import { WebhookFields, type WebhookInput } from './webhook-fields.ts';
import type file from './webhooks.en-GB.json';

/** Adds an endpoint, then shows the secret that signs its calls, once. */
@Component({
  selector: 'app-add-webhook',
  imports: [Button, ErrorSummary, PageHeader, RouterLink, Sheet, ShownSecret, WebhookFields],
  template: `
    <ui-page-header [heading]="t('addHeading', { organisation: organisation.name() })">
      <a pageCrumb [routerLink]="organisation.page('webhooks')">{{ t('title') }}</a>
    </ui-page-header>
    @if (added(); as webhook) {
      <ui-shown-secret [words]="secretWords()" [secret]="webhook.secret">
        <a uiButton look="quiet" [routerLink]="organisation.page('webhooks', webhook.id)">{{
          t('stored')
        }}</a>
      </ui-shown-secret>
    } @else {
      <ui-sheet>
        @if (!mayManage()) {
          <p>{{ t('notYours') }}</p>
        } @else {
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
            <app-webhook-fields [(value)]="model" [errorOf]="form.errorOf" />
            <div>
              <button uiButton type="submit" [busy]="form.busy()">{{ t('addThis') }}</button>
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
  `,
})
export class AddWebhook {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);

  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Webhook'));
  protected readonly secretWords = computed(() => secretWords(this.t));
  /** The new endpoint with its secret, which lives on this page only. */
  protected readonly added = signal<WebhookWithSecret | null>(null);
  protected readonly model = signal<WebhookInput>({ url: '', description: '', types: [] });
  protected readonly form = contractForm(this.model, {
    schema: createWebhookSchema,
    send: async (input) => {
      const path = this.organisation.api('webhooks');
      this.added.set(await this.api.post(path, input, { answer: webhookWithSecretSchema }));
    },
  });

  constructor() {
    pageTitle(() => this.t('add'));
  }
}
