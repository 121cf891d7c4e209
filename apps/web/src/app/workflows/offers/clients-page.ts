import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type Adoption, adoptionSchema, workflowDetailSchema } from '@plumbline/contracts';
import { Button, EmptyState, FieldFrame, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemOf,
  problemText,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { PublishingApi } from '../publish/publishing-api.ts';
import type file from '../publish/publish.en-GB.json';
import { ClientTable } from './client-table.ts';

/** What a firm's clients do with one workflow of its library, and offers to them. */
@Component({
  selector: 'app-clients-page',
  imports: [Button, ClientTable, EmptyState, FieldFrame, Loaded, PageHeader, RouterLink, Sheet],
  providers: [PublishingApi],
  template: `
    <app-loaded
      [loading]="adoption.loading()"
      [problem]="adoption.problem()"
      [lines]="6"
      (again)="adoption.reload()"
    />
    @if (adoption.value(); as it) {
      <ui-page-header [heading]="t('clients.heading', { name: name() })">
        <ng-container pageCrumb>
          <a [routerLink]="organisation.page('workflows')">{{ t('workflows') }}</a>
          <a [routerLink]="organisation.page('workflows', key())">{{ name() }}</a>
          <a [routerLink]="organisation.page('workflows', key(), 'versions')">{{
            t('versions.title')
          }}</a>
        </ng-container>
        <span pageMeta>{{ summary() }}</span>
      </ui-page-header>
      <p role="status" class="said" [class.visually-hidden]="!done()">{{ done() }}</p>
      @if (trouble(); as text) {
        <p role="alert" class="bad">{{ text }}</p>
      }
      @if (it.clients.length === 0) {
        <ui-empty kind="first-use" [heading]="t('clients.none')">
          <p>{{ t('clients.noneText') }}</p>
        </ui-empty>
      } @else {
        <app-client-table [key]="key()" [adoption]="it" [version]="it.newest" [(chosen)]="chosen" />
        @if (organisation.can('update', 'Workflow')) {
          <ui-sheet [heading]="t('clients.act')">
            @if (it.newest === null) {
              <p>{{ t('clients.nothingPublished') }}</p>
            } @else {
              <div class="stack">
                <ui-field
                  for="offer-note"
                  [label]="t('clients.note')"
                  [note]="t('optional')"
                  [hint]="t('clients.noteHint')"
                >
                  <textarea
                    id="offer-note"
                    rows="2"
                    maxlength="4000"
                    aria-describedby="offer-note-hint"
                    [value]="note()"
                    (input)="write($event)"
                  ></textarea>
                </ui-field>
                <div class="row">
                  <button
                    uiButton
                    type="button"
                    [busy]="busy()"
                    [unavailable]="chosen().size === 0"
                    (click)="offer(it)"
                  >
                    {{ t.count('clients.offerDo', chosen().size, { version: it.newest }) }}
                  </button>
                  <button
                    uiButton
                    look="quiet"
                    type="button"
                    [busy]="busy()"
                    [unavailable]="open().length === 0"
                    (click)="withdraw()"
                  >
                    {{ t.count('clients.withdraw', open().length) }}
                  </button>
                </div>
              </div>
            }
          </ui-sheet>
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .bad {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
    .said:not(.visually-hidden) {
      padding: var(--s-2) var(--s-3);
      border-inline-start: 4px solid var(--st-done-fg);
      background: var(--st-done-bg);
      color: var(--st-done-fg);
      font-weight: 600;
    }
    ui-field {
      max-inline-size: 560px;
    }
  `,
})
export class ClientsPage {
  readonly key = input.required<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(PublishingApi);
  private readonly inWords = problemText();
  private readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly name = computed(() => this.detail.value()?.name ?? this.key());
  protected readonly adoption = answerOf(adoptionSchema, () =>
    this.organisation.api('workflows', this.key(), 'adoption'),
  );
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  /** Chosen clients with an open offer, which can be taken back. */
  protected readonly open = computed(() =>
    (this.adoption.value()?.clients ?? []).filter(
      ({ client, offer }) => this.chosen().has(client.id) && offer?.status === 'open',
    ),
  );
  protected readonly summary = computed(() => {
    const clients = this.adoption.value()?.clients ?? [];
    const count = (runs: string): number => clients.filter((one) => one.runs === runs).length;
    return this.t('clients.summary', {
      ...{ total: clients.length, newest: count('newest'), own: count('own') },
      open: clients.filter(({ offer }) => offer?.status === 'open').length,
    });
  });
  protected readonly note = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly done = signal('');

  constructor() {
    pageTitle(() => this.t('clients.heading', { name: this.name() }));
    whenChanged(['workflow-changed'], () => {
      if (!this.busy()) this.adoption.reload();
    });
  }

  protected write(event: Event): void {
    this.note.set((event.target as HTMLTextAreaElement).value);
  }

  protected offer({ newest }: Adoption): Promise<void> {
    const clients = [...this.chosen()];
    if (newest === null) return Promise.resolve();
    return this.act(
      () => this.api.offer(this.key(), { version: newest, clients, note: this.note().trim() }),
      this.t.count('clients.offered', clients.length, { version: newest }),
    );
  }

  protected withdraw(): Promise<void> {
    const clients = this.open().map(({ client }) => client.id);
    return this.act(
      () => this.api.withdraw(this.key(), clients),
      this.t.count('clients.withdrawn', clients.length),
    );
  }

  private async act(send: () => Promise<Adoption>, said: string): Promise<void> {
    this.busy.set(true);
    this.trouble.set(null);
    try {
      this.adoption.set(await send());
      this.done.set(said);
      this.chosen.set(new Set());
      this.note.set('');
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
      this.adoption.reload();
    } finally {
      this.busy.set(false);
    }
  }
}
