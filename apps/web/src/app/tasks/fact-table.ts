import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { PersonRef, ShownFact } from '@plumbline/contracts';
import { FactsList } from '@plumbline/ui';
import type { SystemRisk } from '../ai-systems/ai-system-page/risks.ts';
import { words } from '../platform/index.ts';
import { FactRows } from './fact-rows.ts';
import { RiskTable } from './risk-table.ts';
import type file from './tasks.en-GB.json';

/** A fact as it is read: in words, with its risks when it holds any. */
export interface FactLine extends ShownFact {
  readonly known: boolean;
  readonly risks: readonly SystemRisk[];
}

/** Facts as rows of label and words; risks as a table, other lists by their titles, which open. */
@Component({
  selector: 'app-fact-table',
  imports: [FactRows, FactsList, RiskTable, RouterLink],
  template: `
    <ui-facts>
      <dl>
        @for (line of lines(); track line.name) {
          <div [class.tall]="line.risks.length > 0">
            <dt>{{ line.label }}</dt>
            <dd>
              @if (line.risks.length > 0) {
                <app-risk-table [risks]="line.risks" [people]="people()" [label]="line.label" />
                @if (line.rows; as rows) {
                  <details>
                    <summary>{{ t('risk.full') }}</summary>
                    <app-fact-rows [rows]="rows" />
                  </details>
                }
              } @else if (line.rows) {
                <app-fact-rows [rows]="line.rows" />
              } @else if (line.known) {
                <p>{{ line.value }}</p>
              } @else {
                <p class="hint">{{ t('notKnown') }}</p>
              }
            </dd>
            @if (line.path; as path) {
              <dd class="view">
                <a [routerLink]="pageOf(path)" [fragment]="partOf(path)"
                  >{{ t('view') }}<span class="visually-hidden">{{ ' ' + line.label }}</span></a
                >
              </dd>
            }
          </div>
        }
      </dl>
    </ui-facts>
  `,
  styles: `
    p {
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    .tall > dt {
      grid-column: 1;
    }
    .tall > dd:not(.view) {
      grid-area: 2 / 1 / auto / -1;
      margin-block-start: var(--s-2);
    }
    .tall > .view {
      grid-row: 1;
    }
    .view {
      grid-column: 3;
    }
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      padding-block: var(--s-2);
      color: var(--c-primary);
      cursor: pointer;
    }
    @media (max-width: 640px) {
      .view {
        grid-column: 2;
      }
    }
  `,
})
export class FactTable {
  readonly lines = input.required<readonly FactLine[]>();
  readonly people = input<readonly PersonRef[]>([]);
  protected readonly t = words<typeof file>('tasks');

  protected pageOf(path: string): string {
    return path.split('#')[0] ?? path;
  }

  protected partOf(path: string): string | undefined {
    return path.split('#')[1];
  }
}
