import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { requirementGroupSchema, type Requirement } from '@plumbline/contracts';
import { PageHeader, TableFrame, TruthMark, type Truth } from '@plumbline/ui';
import { answerOf, CurrentOrganisation, Loaded, pageTitle, words } from '../platform/index.ts';
import type file from './requirements.en-GB.json';

/** One clause or control group: what is said, shown and checked, with the evidence one click away. */
@Component({
  selector: 'app-requirement-group',
  imports: [Loaded, PageHeader, RouterLink, TableFrame, TruthMark],
  template: `
    <ui-page-header [heading]="heading()">
      <a pageCrumb [routerLink]="organisation.page()">{{ t('back') }}</a>
      <span pageMeta>{{ t('own') }}</span>
    </ui-page-header>
    <app-loaded
      [loading]="answer.loading()"
      [problem]="answer.problem()"
      (again)="answer.reload()"
    />
    @if (answer.value(); as it) {
      <ui-table-frame [label]="t('table', { group: heading() })">
        <table class="cards">
          <caption class="visually-hidden">
            {{
              t('table', { group: heading() })
            }}
          </caption>
          <thead>
            <tr>
              <th scope="col">{{ t('requirement') }}</th>
              <th scope="col">{{ t('state') }}</th>
              <th scope="col">{{ t('evidence') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (one of it.items; track one.id) {
              <tr>
                <th scope="row">
                  <strong>{{ one.id }} {{ one.title }}</strong>
                  <span class="words">{{ one.words }}</span>
                </th>
                <td [attr.data-label]="t('state')">
                  <ui-truth [truth]="truthOf(one)">{{ t(truthOf(one)) }}</ui-truth>
                </td>
                <td [attr.data-label]="t('evidence')">
                  @for (item of one.evidence; track item.id) {
                    <a class="item" [routerLink]="organisation.page('evidence', item.id)"
                      >{{ item.reference }} {{ item.shows }}</a
                    >
                  } @empty {
                    <span class="hint">{{ t('noEvidence') }}</span>
                    @if (organisation.can('create', 'Evidence')) {
                      <a
                        class="item"
                        [routerLink]="organisation.page('evidence', 'new')"
                        [queryParams]="{ requirement: one.id }"
                        >{{ t('addEvidence')
                        }}<span class="visually-hidden">: {{ one.id }}</span></a
                      >
                    }
                  }
                </td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    tbody th {
      font: var(--text-body);
      color: var(--c-ink);
      inline-size: 50%;
    }
    .words,
    .item {
      display: block;
    }
    .words {
      color: var(--c-ink-2);
    }
    @media (max-width: 720px) {
      tbody th {
        inline-size: auto;
      }
    }
  `,
})
export class RequirementGroup {
  protected readonly t = words<typeof file>('requirements');
  protected readonly organisation = inject(CurrentOrganisation);

  /** `4` … `10` or `A.2` … `A.10`. */
  readonly group = input.required<string>();
  protected readonly answer = answerOf(
    requirementGroupSchema,
    () => this.organisation.api('requirements', this.group()),
    { keepOver: false },
  );
  protected readonly heading = computed(() => {
    const name = this.t(this.group().startsWith('A.') ? 'annex' : 'clause', {
      group: this.group(),
    });
    const title = this.answer.value()?.title;
    return title ? `${name} ${title}` : name;
  });

  constructor() {
    pageTitle(this.heading);
  }

  protected truthOf({ said, shown, checked }: Requirement): Truth {
    if (checked) return 'checked';
    if (shown) return 'shown';
    return said ? 'said' : 'none';
  }
}
