import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { FactsList } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** A fact as it is read: its label, one line or several, and where it comes from. */
export interface FactLine {
  readonly name: string;
  readonly label: string;
  readonly text: readonly string[];
  readonly path: string | null;
}

/** Facts as rows of label and words. */
@Component({
  selector: 'app-fact-table',
  imports: [FactsList, RouterLink],
  template: `
    <ui-facts>
      <dl>
        @for (line of lines(); track line.name) {
          <div>
            <dt>{{ line.label }}</dt>
            <dd>
              @for (text of line.text; track $index) {
                <p>{{ text }}</p>
              } @empty {
                <p class="hint">{{ t('notKnown') }}</p>
              }
            </dd>
            @if (line.path; as path) {
              <dd>
                <a [routerLink]="path"
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
  `,
})
export class FactTable {
  readonly lines = input.required<readonly FactLine[]>();
  protected readonly t = words<typeof file>('tasks');
}
