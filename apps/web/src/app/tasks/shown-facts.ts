import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ShownFact } from '@plumbline/contracts';
import { FactsList } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** Facts in words, each with the page it comes from when there is one. */
@Component({
  selector: 'app-shown-facts',
  imports: [FactsList, RouterLink],
  template: `
    <ui-facts>
      <dl>
        @for (fact of facts(); track fact.name) {
          <div>
            <dt>{{ fact.label }}</dt>
            <dd [class.hint]="!fact.value">{{ fact.value || t('notKnown') }}</dd>
            @if (fact.path; as path) {
              <dd>
                <a [routerLink]="path"
                  >{{ t('view') }}<span class="visually-hidden">{{ ' ' + fact.label }}</span></a
                >
              </dd>
            }
          </div>
        }
      </dl>
    </ui-facts>
  `,
  styles: `
    dd {
      white-space: pre-line;
    }
  `,
})
export class ShownFacts {
  readonly facts = input.required<readonly ShownFact[]>();
  protected readonly t = words<typeof file>('tasks');
}
