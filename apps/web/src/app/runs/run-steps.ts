import { Component, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RunStep } from '@plumbline/contracts';
import { Chip, DateText, TableFrame } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './runs.en-GB.json';
import { spanInWords } from './span.ts';
import { STEP_CHIPS } from './step-chips.ts';

/** The steps of a run as a table: the same as its graph says, for reading and for the keyboard. */
@Component({
  selector: 'app-run-steps',
  imports: [Chip, DateText, RouterLink, TableFrame],
  template: `
    <ui-table-frame [label]="t('steps')">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{{ t('step') }}</th>
            <th scope="col">{{ t('state') }}</th>
            <th scope="col">{{ t('who') }}</th>
            <th scope="col">{{ t('in') }}</th>
            <th scope="col">{{ t('out') }}</th>
            <th scope="col">{{ t('took') }}</th>
            <th scope="col">{{ t('evidence') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (step of steps(); track step.id) {
            <tr [attr.aria-current]="step.id === chosen() ? 'true' : null">
              <th scope="row">
                <button
                  class="name"
                  type="button"
                  [attr.aria-pressed]="step.id === chosen()"
                  (click)="picked.emit(step.id === chosen() ? null : step.id)"
                >
                  {{ step.name }}
                </button>
                @if (step.visits > 1) {
                  <span class="hint">{{ t.count('times', step.visits) }}</span>
                }
              </th>
              <td class="state">
                <ui-chip [state]="chips[step.state]">{{ t.of('state', step.state) }}</ui-chip>
              </td>
              <td [attr.data-label]="who(step) ? t('who') : null">{{ who(step) }}</td>
              <td [attr.data-label]="step.since ? t('in') : null">
                <ui-date [value]="step.since" shape="short-time" />
              </td>
              <td [attr.data-label]="out(step) ? t('out') : step.dueAt ? t('due') : null">
                @if (step.dueAt && step.state === 'waiting') {
                  <span class="hint wide">{{ t('due') }} </span>
                  <ui-date [value]="step.dueAt" shape="short" />
                } @else {
                  <ui-date [value]="out(step)" shape="short-time" />
                }
              </td>
              <td [attr.data-label]="took(step) ? t('took') : null">{{ took(step) }}</td>
              <td [attr.data-label]="step.evidence.length > 0 ? t('evidence') : null">
                @for (item of step.evidence; track item.id; let last = $last) {
                  <a [routerLink]="organisation.page('evidence', item.id)" [title]="item.shows">{{
                    item.reference
                  }}</a>{{ last ? '' : ', ' }}
                }
              </td>
            </tr>
          }
        </tbody>
      </table>
    </ui-table-frame>
  `,
  styles: `
    tr[aria-current] {
      background: var(--c-primary-tint);
      color: var(--c-on-primary-tint);
    }
    tr[aria-current] :is(th, .hint, a, .name) {
      color: inherit;
    }
    td ui-chip {
      white-space: nowrap;
    }
    .name {
      min-block-size: 24px;
      padding: 0;
      border: 0;
      background: none;
      color: var(--c-ink);
      font: inherit;
      text-align: start;
      cursor: pointer;
    }
    .name:hover,
    .name[aria-pressed='true'] {
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    th .hint {
      display: block;
      font: var(--text-meta);
    }
    @media (max-width: 720px) {
      .wide,
      td:not([data-label], .state) {
        display: none;
      }
    }
  `,
})
export class RunSteps {
  readonly steps = input.required<readonly RunStep[]>();
  /** Whom the open tasks of a step wait for, by step; for steps that nobody has taken. */
  readonly waitingFor = input<ReadonlyMap<string, string>>(new Map());
  readonly chosen = input<string | null>(null);
  readonly picked = output<string | null>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly chips = STEP_CHIPS;

  protected who({ id, who, state }: RunStep): string {
    if (who.length > 0) return who.map(({ name }) => name).join(', ');
    return state === 'waiting' ? (this.waitingFor().get(id) ?? '') : '';
  }

  /** When it was left; nothing while control is there again. */
  protected out({ state, finishedAt }: RunStep): string | null {
    return state === 'waiting' ? null : finishedAt;
  }

  protected took({ state, tookSeconds }: RunStep): string {
    if (state === 'waiting' || tookSeconds === null) return '';
    return spanInWords(this.t, tookSeconds);
  }
}
