import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  rollSecretSchema,
  webhookSchema,
  webhookWithSecretSchema,
  type WebhookWithSecret,
} from '@plumbline/contracts';
import { Button, ErrorSummary, PageHeader, Sheet, ShownSecret } from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  words,
} from '../platform/index.ts';
import { secretWords } from './secret-words.ts';
import { webhookName } from './webhook-state.ts';
import type file from './webhooks.en-GB.json';

const CHOICES = ['overlap', 'now'] as const;
type Choice = (typeof CHOICES)[number];

/** Makes a new secret for an endpoint, and shows it once. */
@Component({
  selector: 'app-roll-secret',
  imports: [Button, ErrorSummary, Loaded, PageHeader, RouterLink, Sheet, ShownSecret],
  template: `
    <ui-page-header [heading]="t('rollHeading')">
      <a pageCrumb [routerLink]="organisation.page('webhooks', id())">{{ name() }}</a>
    </ui-page-header>
    <app-loaded
      [loading]="webhook.loading()"
      [problem]="webhook.problem()"
      (again)="webhook.reload()"
    />
    @if (rolled(); as it) {
      <ui-shown-secret [words]="secretWords()" [secret]="it.secret">
        <a uiButton look="quiet" [routerLink]="organisation.page('webhooks', it.id)">{{
          t('stored')
        }}</a>
      </ui-shown-secret>
    } @else if (webhook.value()) {
      <ui-sheet>
        @if (!mayManage()) {
          <p>{{ t('notYours') }}</p>
        } @else {
          <form class="stack" novalidate (submit)="form.submit($event)">
            <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
            <p class="measure">{{ t('rollText') }}</p>
            <fieldset id="endOldNow" tabindex="-1">
              <legend>
                <strong>{{ t('oldSecret') }}</strong>
              </legend>
              <div class="choices">
                @for (choice of choices; track choice) {
                  <label>
                    <input
                      type="radio"
                      name="old"
                      [value]="choice"
                      [checked]="model().old === choice"
                      (change)="model.set({ old: choice })"
                    />
                    <span>{{ t.of('old', choice) }}</span>
                    <span class="hint">{{ t.of('oldText', choice) }}</span>
                  </label>
                }
              </div>
            </fieldset>
            <div class="row">
              <button uiButton type="submit" [busy]="form.busy()">{{ t('rollThis') }}</button>
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
  `,
})
export class RollSecret {
  protected readonly t = words<typeof file>('webhooks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);

  readonly id = input.required<string>();
  protected readonly webhook = answerOf(
    webhookSchema,
    () => this.organisation.api('webhooks', this.id()),
    { keepOver: false },
  );
  protected readonly choices = CHOICES;
  protected readonly name = computed(() => {
    const it = this.webhook.value();
    return it ? webhookName(it) : this.t('title');
  });
  protected readonly mayManage = computed(() => this.organisation.can('manage', 'Webhook'));
  protected readonly secretWords = computed(() => secretWords(this.t));
  /** The endpoint with its new secret, which lives on this page only. */
  protected readonly rolled = signal<WebhookWithSecret | null>(null);
  protected readonly model = signal<{ readonly old: Choice }>({ old: 'overlap' });
  protected readonly form = contractForm(this.model, {
    schema: rollSecretSchema,
    toInput: ({ old }) => ({ endOldNow: old === 'now' }),
    send: async (input) => {
      const path = this.organisation.api('webhooks', this.id(), 'secret');
      this.rolled.set(await this.api.post(path, input, { answer: webhookWithSecretSchema }));
    },
  });

  constructor() {
    pageTitle(() => this.t('rollHeading'));
  }
}
