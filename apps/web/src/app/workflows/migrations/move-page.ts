import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type MoveJobDetail,
  moveJobDetailSchema,
  workflowDetailSchema,
} from '@plumbline/contracts';
import {
  Chip,
  type ChipState,
  DateText,
  FactsList,
  PageHeader,
  Progress,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  whenChanged,
  words,
} from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';
import { MOVE_CHIPS } from './move-table.ts';

const RUNS: Readonly<Record<MoveJobDetail['runs'][number]['status'], ChipState>> = {
  ...{ waiting: 'todo', moved: 'done', refused: 'bad' },
};

/** One batch that moves runs under way: how far it is, and what became of each. */
@Component({
  selector: 'app-move-page',
  imports: [Chip, DateText, FactsList, Loaded, PageHeader, Progress, RouterLink, Sheet, TableFrame],
  template: `
    <app-loaded
      [loading]="job.loading()"
      [problem]="job.problem()"
      [lines]="6"
      (again)="job.reload()"
    />
    @if (job.value(); as it) {
      <ui-page-header [heading]="t('job.heading', { from: it.from, to: it.to, name: name() })">
        <ng-container pageCrumb>
          <a [routerLink]="organisation.page('workflows')">{{ t('workflows') }}</a>
          <a [routerLink]="organisation.page('workflows', it.key)">{{ name() }}</a>
          <a [routerLink]="organisation.page('workflows', it.key, 'versions')">{{
            t('versions.title')
          }}</a>
        </ng-container>
        <ui-chip pageMeta [state]="chips[it.state]">{{ t.of('moveState', it.state) }}</ui-chip>
      </ui-page-header>
      <ui-sheet [heading]="t('job.progress')">
        <ui-progress
          [label]="t('job.progress')"
          [done]="it.moved + it.refused"
          [total]="it.total"
          [text]="summary()"
        />
        @if (it.failure) {
          <p class="bad" role="alert">{{ it.failure }}</p>
        }
        <ui-facts>
          <dl>
            <div>
              <dt>{{ t('job.by') }}</dt>
              <dd>
                {{ it.createdBy.name }}, <ui-date [value]="it.createdAt" shape="short-time" />
              </dd>
            </div>
            <div>
              <dt>{{ t('job.why') }}</dt>
              <dd>{{ it.reason }}</dd>
            </div>
            @if (it.finishedAt) {
              <div>
                <dt>{{ t('job.finished') }}</dt>
                <dd><ui-date [value]="it.finishedAt" shape="short-time" /></dd>
              </div>
            }
          </dl>
        </ui-facts>
      </ui-sheet>
      <ui-table-frame [label]="t('job.cases')">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{{ t('move.case') }}</th>
              <th scope="col">{{ t('job.state') }}</th>
              <th scope="col">{{ t('job.reason') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (run of it.runs; track run.id) {
              <tr>
                <th scope="row">
                  <a [routerLink]="organisation.page('runs', run.id)">{{ run.aiSystem.name }}</a>
                  <span class="hint">{{ run.aiSystem.reference }}</span>
                </th>
                <td>
                  <ui-chip [state]="runs[run.status]">{{ t.of('moveRun', run.status) }}</ui-chip>
                </td>
                <td [attr.data-label]="t('job.reason')">{{ run.reason ?? '–' }}</td>
              </tr>
            }
          </tbody>
        </table>
      </ui-table-frame>
      @if (it.refused > 0 && it.state === 'done') {
        <p>
          <a
            [routerLink]="organisation.page('workflows', it.key, 'migrations', 'new')"
            [queryParams]="{ from: it.from, to: it.to }"
            >{{ t('job.again') }}</a
          >
        </p>
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
    th .hint {
      display: block;
    }
    ui-facts {
      margin-block-start: var(--s-3);
    }
  `,
})
export class MovePage {
  readonly key = input.required<string>();
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = MOVE_CHIPS;
  protected readonly runs = RUNS;
  protected readonly job = answerOf(
    moveJobDetailSchema,
    () => this.organisation.api('workflows', this.key(), 'migrations', this.id()),
    { keepOver: false },
  );
  private readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly name = computed(() => this.detail.value()?.name ?? this.key());
  protected readonly summary = computed(() => {
    const it = this.job.value();
    if (!it) return '';
    const { moved, refused, total, state } = it;
    return this.t(state === 'done' ? 'job.done' : 'job.soFar', { moved, refused, total });
  });

  constructor() {
    pageTitle(() => this.t('job.tab', { to: this.job.value()?.to ?? '' }));
    whenChanged(
      ['job-changed'],
      () => this.job.reload(),
      () => this.id(),
    );
  }
}
