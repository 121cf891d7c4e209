import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AiSystem } from '@plumbline/contracts';
import { FactsList, Sheet } from '@plumbline/ui';
import { answerText } from '../../forms/answer-text.ts';
import { CurrentOrganisation, words } from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';
import { heldBy, peopleOf, registerFields } from './field-form.ts';

/** What the register holds about a system, and what an import brought that has no field. */
@Component({
  selector: 'app-system-facts',
  imports: [FactsList, RouterLink, Sheet],
  template: `
    <div class="head">
      <h2 id="about-title">{{ t('part.about') }}</h2>
      @if (organisation.can('update', 'AiSystem')) {
        <a class="no-print" [routerLink]="organisation.page('ai-systems', system().id, 'edit')">{{
          t('edit')
        }}</a>
      }
    </div>
    <ui-sheet>
      <ui-facts>
        <dl>
          @for (line of lines(); track line.key) {
            <div>
              <dt>{{ line.label }}</dt>
              <dd [class.hint]="!line.text">{{ line.text || t('notKnown') }}</dd>
            </div>
          }
        </dl>
      </ui-facts>
    </ui-sheet>
    @if (extra().length > 0) {
      <ui-sheet [heading]="t('extra')">
        <ui-facts>
          <dl>
            @for (line of extra(); track line.key) {
              <div>
                <dt>{{ line.key }}</dt>
                <dd>{{ line.text }}</dd>
              </div>
            }
          </dl>
        </ui-facts>
      </ui-sheet>
    }
  `,
  styles: `
    .head {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
    }
    dd {
      white-space: pre-line;
    }
  `,
  host: { role: 'region', 'aria-labelledby': 'about-title' },
})
export class SystemFacts {
  readonly system = input.required<AiSystem>();
  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);

  protected readonly lines = computed(() => {
    const held = heldBy(this.system());
    const names = {
      people: peopleOf(this.system()),
      evidence: [],
      yes: '',
      no: '',
      unsure: '',
      gone: this.t('gone'),
    };
    return registerFields.map((field) => ({
      key: field.key,
      label: this.t.of('field', field.key),
      text: answerText(field, held[field.key] ?? null, names).join('\n'),
    }));
  });
  protected readonly extra = computed(() =>
    Object.entries(this.system().extra)
      .filter(([, text]) => text !== '')
      .map(([key, text]) => ({ key, text })),
  );
}
