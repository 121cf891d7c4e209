import { Component, inject, input } from '@angular/core';
import { type EvidenceItem, evidenceItemSchema, page } from '@plumbline/contracts';
import { DateText, EmptyState, TableFrame } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';

const itemsSchema = page(evidenceItemSchema);

/** What shows that it is true: files and links with their hash and the period they cover. */
@Component({
  selector: 'app-system-evidence',
  imports: [DateText, EmptyState, Loaded, TableFrame],
  template: `
    <h2 id="evidence-title">{{ t('part.evidence') }}</h2>
    <app-loaded
      [loading]="answer.loading()"
      [problem]="answer.problem()"
      (again)="answer.reload()"
    />
    @if (answer.value(); as it) {
      @if (it.items.length > 0) {
        <ui-table-frame [label]="t('part.evidence')">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{{ t('shows') }}</th>
                <th scope="col">{{ t('hash') }}</th>
                <th scope="col">{{ t('addedBy') }}</th>
                <th scope="col">{{ t('when') }}</th>
              </tr>
            </thead>
            <tbody>
              @for (item of it.items; track item.id) {
                <tr>
                  <th scope="row">
                    <a [href]="addressOf(item)" rel="noopener noreferrer">{{ item.shows }}</a>
                    <span class="meta reference">{{ item.reference }}</span>
                  </th>
                  <td [attr.data-label]="t('hash')">
                    @if (item.sha256; as hash) {
                      <code [title]="hash">{{ hash.slice(0, 12) }}…</code>
                    } @else {
                      <span class="hint">{{ t('link') }}</span>
                    }
                  </td>
                  <td [attr.data-label]="t('addedBy')">{{ item.addedBy.name }}</td>
                  <td [attr.data-label]="t('when')">
                    <ui-date [value]="item.addedAt" shape="short" />
                  </td>
                </tr>
              }
            </tbody>
          </table>
        </ui-table-frame>
      } @else {
        <ui-empty kind="first-use" [heading]="t('noEvidence')">
          <p>{{ t('noEvidenceText') }}</p>
        </ui-empty>
      }
    }
  `,
  styles: `
    .reference {
      display: block;
    }
  `,
  host: { role: 'region', 'aria-labelledby': 'evidence-title' },
})
export class SystemEvidence {
  readonly systemId = input.required<string>();
  protected readonly t = words<typeof file>('aiSystem');
  private readonly organisation = inject(CurrentOrganisation);
  protected readonly answer = answerOf(itemsSchema, () =>
    withQuery(this.organisation.api('evidence'), { aiSystem: this.systemId() }),
  );

  constructor() {
    whenChanged(['system-changed', 'run-changed'], () => this.answer.reload());
  }

  protected addressOf({ id, link }: EvidenceItem): string {
    return link ?? this.organisation.api('evidence', id, 'content');
  }
}
