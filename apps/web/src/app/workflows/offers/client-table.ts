import { Component, computed, input, model, signal } from '@angular/core';
import type { Adoption, ClientAdoption } from '@plumbline/contracts';
import { Button, Chip, type ChipState, DateText, TableFrame } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';
import { ClientDifference } from './client-difference.ts';
import { OFFER_CHIPS } from './offer-chips.ts';

const RUNS: Readonly<Record<ClientAdoption['runs'], ChipState>> = {
  ...{ newest: 'done', earlier: 'progress', standard: 'todo', own: 'warn', none: 'unknown' },
};

/** The firm's clients: what each runs, what was offered, what an offer would change there. */
@Component({
  selector: 'app-client-table',
  imports: [Button, Chip, ClientDifference, DateText, TableFrame],
  template: `
    <ui-table-frame [label]="t('clients.title')">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{{ t('clients.client') }}</th>
            <th scope="col">{{ t('clients.runs') }}</th>
            <th scope="col">{{ t('clients.cases') }}</th>
            <th scope="col">{{ t('clients.offer') }}</th>
            <th scope="col">{{ t('clients.change') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of adoption().clients; track row.client.id) {
            <tr>
              <th scope="row">
                <label class="tick">
                  <input
                    type="checkbox"
                    [checked]="chosen().has(row.client.id)"
                    [disabled]="whyNot(row) !== null"
                    [attr.aria-describedby]="whyNot(row) ? 'why-' + row.client.id : null"
                    (change)="choose(row, $event)"
                  />
                  <span>{{ row.client.name }}</span>
                </label>
                @if (whyNot(row); as text) {
                  <span class="hint" [id]="'why-' + row.client.id">{{ text }}</span>
                }
              </th>
              <td [attr.data-label]="t('clients.runs')">
                <ui-chip [state]="states[standing(row)]">{{ runsInWords(row) }}</ui-chip>
                @if (row.runs === 'own') {
                  <span class="hint">{{ t('clients.ownText') }}</span>
                }
              </td>
              <td [attr.data-label]="t('clients.cases')">{{ row.runsLive }}</td>
              <td [attr.data-label]="t('clients.offer')">
                @if (row.offer; as offer) {
                  <ui-chip [state]="offers[offer.status]">{{
                    t.of('offerStatus', offer.status)
                  }}</ui-chip>
                  <span class="hint">
                    {{ t('version', { version: offer.version }) }},
                    <ui-date [value]="offer.answeredAt ?? offer.offeredAt" shape="short" />
                  </span>
                  @if (offer.reason) {
                    <span class="hint">{{ t('clients.because', { reason: offer.reason }) }}</span>
                  }
                } @else {
                  <span class="hint">{{ t('clients.neverOffered') }}</span>
                }
              </td>
              <td [attr.data-label]="t('clients.change')">
                @if (version() !== null && (isDraft() || row.runs !== 'newest')) {
                  <button
                    uiButton
                    look="plain"
                    type="button"
                    [attr.aria-expanded]="opened() === row.client.id"
                    [attr.aria-label]="t('clients.showFor', { client: row.client.name })"
                    (click)="toggle(row)"
                  >
                    {{ t(opened() === row.client.id ? 'clients.hide' : 'clients.show') }}
                  </button>
                } @else {
                  <span class="hint">{{ t('clients.nothing') }}</span>
                }
              </td>
            </tr>
            @if (opened() === row.client.id && version() !== null) {
              <tr class="more">
                <td colspan="5">
                  <app-client-difference
                    [key]="key()"
                    [client]="row.client.id"
                    [version]="version() ?? 'draft'"
                  />
                </td>
              </tr>
            }
          }
        </tbody>
      </table>
    </ui-table-frame>
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
    .tick {
      display: flex;
      gap: 10px;
    }
    td button {
      margin-block: -8px;
      margin-inline-start: calc(-1 * var(--s-2));
    }
    th .hint,
    td .hint {
      display: block;
      font-weight: 400;
    }
  `,
})
export class ClientTable {
  readonly key = input.required<string>();
  readonly adoption = input.required<Adoption>();
  /** What an offer would give them; null: there is nothing to compare with. */
  readonly version = input.required<number | 'draft' | null>();
  /** Ids of the chosen clients. */
  readonly chosen = model<ReadonlySet<string>>(new Set());

  protected readonly t = words<typeof file>('publishing');
  protected readonly states = RUNS;
  protected readonly offers = OFFER_CHIPS;
  protected readonly opened = signal<string | null>(null);
  protected readonly isDraft = computed(() => this.version() === 'draft');

  /** What is newest now is an earlier one once the draft is published. */
  protected standing({ runs }: ClientAdoption): ClientAdoption['runs'] {
    return runs === 'newest' && this.isDraft() ? 'earlier' : runs;
  }

  protected runsInWords(row: ClientAdoption): string {
    const { version, clientVersion } = row;
    return this.t(`runs.${this.standing(row)}`, { version, clientVersion });
  }

  /** Why nothing can be offered there; null: it can. */
  protected whyNot({ mayOffer, runs }: ClientAdoption): string | null {
    if (!mayOffer) return this.t('clients.notOpen');
    return runs === 'newest' && !this.isDraft() ? this.t('clients.hasIt') : null;
  }

  protected choose({ client }: ClientAdoption, event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.chosen.update((before) => {
      const after = new Set(before);
      if (on) after.add(client.id);
      else after.delete(client.id);
      return after;
    });
  }

  protected toggle({ client }: ClientAdoption): void {
    this.opened.update((id) => (id === client.id ? null : client.id));
  }
}
