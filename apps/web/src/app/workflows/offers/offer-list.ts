import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  OFFER_STATUSES,
  page,
  type WorkflowOffer,
  workflowOfferSchema,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';
import { OFFER_CHIPS } from './offer-chips.ts';

const offersSchema = page(workflowOfferSchema);

/** Versions that the firm offers to this client, newest first. */
@Component({
  selector: 'app-offer-list',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    RouterLink,
    TableFrame,
  ],
  template: `
    <ui-page-header [heading]="t('offers.title')">
      <a pageCrumb [routerLink]="organisation.page('workflows')">{{ t('workflows') }}</a>
    </ui-page-header>
    <div class="filters">
      <label
        >{{ t('offers.show') }}
        <select (change)="choose($event)">
          <option value="" [selected]="!status()">{{ t('offers.all') }}</option>
          @for (one of statuses; track one) {
            <option [value]="one" [selected]="one === status()">
              {{ t.of('offerStatus', one) }}
            </option>
          }
        </select>
      </label>
    </div>
    <app-loaded [loading]="list.loading()" [problem]="list.problem()" (again)="list.reload()" />
    @if (list.answer() && list.rows().length === 0) {
      @if (status()) {
        <ui-empty kind="no-matches" [heading]="t('offers.noMatches')">
          <button emptyAction uiButton look="quiet" type="button" (click)="write({ status: null })">
            {{ t('offers.clear') }}
          </button>
        </ui-empty>
      } @else {
        <ui-empty kind="first-use" [heading]="t('offers.none')">
          <p>{{ t('offers.noneText') }}</p>
        </ui-empty>
      }
    } @else if (list.answer()) {
      <ui-table-frame [label]="t('offers.title')" [refreshing]="list.refreshing()">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{{ t('offers.workflow') }}</th>
              <th scope="col">{{ t('offers.from') }}</th>
              <th scope="col">{{ t('offers.note') }}</th>
              <th scope="col">{{ t('offers.status') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (offer of list.rows(); track offer.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('workflows', 'offers', offer.id)">{{
                    offer.name
                  }}</a>
                  <span class="hint">{{
                    t('offers.theirVersion', { version: offer.version })
                  }}</span>
                </th>
                <td [attr.data-label]="t('offers.from')">
                  {{ offer.firm.name }}
                  <span class="hint"
                    >{{ offer.offeredBy.name }}, <ui-date [value]="offer.offeredAt" shape="short"
                  /></span>
                </td>
                <td [attr.data-label]="t('offers.note')">{{ offer.note || '–' }}</td>
                <td>
                  <ui-chip [state]="chips[offer.status]">{{
                    t.of('offerStatus', offer.status)
                  }}</ui-chip>
                  @if (offer.answeredBy; as by) {
                    <span class="hint"
                      >{{ by.name }}, <ui-date [value]="offer.answeredAt" shape="short"
                    /></span>
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (list.hasMore()) {
        <ui-load-more [label]="t('offers.more')" (wanted)="list.loadMore()" />
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .hint {
      display: block;
      font-weight: 400;
    }
  `,
})
export class OfferList {
  readonly status = input<WorkflowOffer['status'] | undefined, string | undefined>(undefined, {
    transform: (text) => OFFER_STATUSES.find((one) => one === text),
  });

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  protected readonly statuses = OFFER_STATUSES;
  protected readonly chips = OFFER_CHIPS;
  private readonly query = computed(() => ({ status: this.status() }));
  protected readonly list = pagesOf(offersSchema, () => ({
    path: this.organisation.api('workflow-offers'),
    query: this.query(),
  }));

  constructor() {
    pageTitle(() => this.t('offers.title'));
    whenChanged(['workflow-changed'], () => this.list.reload());
  }

  protected choose(event: Event): void {
    void this.write({ status: (event.target as HTMLSelectElement).value });
  }
}
