import { Component, input } from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { TableFrame } from '@plumbline/ui';
import type { Placed, SystemRisk } from '../ai-systems/ai-system-page/risks.ts';
import { words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** Risks in short: what is left of each, what is done about it and who answers for it. */
@Component({
  selector: 'app-risk-table',
  imports: [TableFrame],
  template: `
    <ui-table-frame [label]="label()">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{{ t('risk.title') }}</th>
            <th scope="col">{{ t('risk.left') }}</th>
            <th scope="col">{{ t('risk.done') }}</th>
            <th scope="col">{{ t('risk.owner') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (risk of risks(); track risk.id) {
            <tr>
              <th scope="row">{{ risk.title }}</th>
              <td [attr.data-label]="t('risk.left')">
                <strong>{{ inWords(risk.left ?? risk.before) }}</strong>
                @if (risk.left && risk.before) {
                  <span class="hint">{{ t('risk.was', { before: inWords(risk.before) }) }}</span>
                }
              </td>
              <td class="words" [attr.data-label]="t('risk.done')">{{ risk.treatment || '–' }}</td>
              <td [attr.data-label]="t('risk.owner')">{{ ownerOf(risk) }}</td>
            </tr>
          }
        </tbody>
      </table>
    </ui-table-frame>
  `,
  styles: `
    .words {
      white-space: pre-line;
    }
    strong,
    .hint {
      display: block;
      white-space: nowrap;
    }
    @media (max-width: 720px) {
      strong {
        display: inline;
      }
    }
  `,
})
export class RiskTable {
  readonly risks = input.required<readonly SystemRisk[]>();
  readonly people = input<readonly PersonRef[]>([]);
  readonly label = input.required<string>();
  protected readonly t = words<typeof file>('tasks');

  protected inWords(placed: Placed | null): string {
    if (!placed) return this.t('risk.notScored');
    const { level, score } = placed;
    return this.t('risk.scored', { level: this.t(`level.${level}`), score });
  }

  protected ownerOf({ ownerId }: SystemRisk): string {
    return this.people().find(({ id }) => id === ownerId)?.name ?? '–';
  }
}
