import { Component, computed, input } from '@angular/core';
import type { RunFigures, StepFigures } from '@plumbline/contracts';
import { Chip, DateText, TableFrame } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import { spanInWords } from '../span.ts';

/** Types of steps that take no time of their own. */
const MACHINERY: readonly string[] = ['parallel', 'join', 'end', 'path-end'];

/** How long each step takes and where the time goes: bars and the numbers that they stand for. */
@Component({
  selector: 'app-step-times',
  imports: [Chip, DateText, TableFrame],
  template: `
    <ui-table-frame [label]="t('figures.steps')">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{{ t('step') }}</th>
            <th scope="col" class="bars">{{ t('figures.time') }}</th>
            <th scope="col">{{ t('figures.share') }}</th>
            <th scope="col">{{ t('figures.visits') }}</th>
            <th scope="col">{{ t('figures.rework') }}</th>
            <th scope="col">{{ t('figures.overdue') }}</th>
            <th scope="col">{{ t('figures.here') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (step of rows(); track step.step) {
            <tr>
              <th scope="row">
                {{ step.name }}
                @if (step.step === figures().bottleneck?.step) {
                  <ui-chip state="warn">{{ t('figures.bottleneck') }}</ui-chip>
                }
              </th>
              <td class="bars" [attr.data-label]="step.took ? t('figures.time') : null">
                @if (step.took; as took) {
                  <span class="bar" aria-hidden="true">
                    <i class="most" [style.inline-size.%]="part(took.p90Seconds)"></i>
                    <i class="half" [style.inline-size.%]="part(took.medianSeconds)"></i>
                  </span>
                  {{ tookOf(took) }}
                }
              </td>
              <td [attr.data-label]="shareOf(step) ? t('figures.share') : null">
                {{ shareOf(step) }}
              </td>
              <td [attr.data-label]="step.took ? t('figures.visits') : null">
                {{ step.took?.count ?? '' }}
              </td>
              <td [attr.data-label]="step.rework.of > 0 ? t('figures.rework') : null">
                {{ counts(step.rework) }}
              </td>
              <td [attr.data-label]="step.overdue.of > 0 ? t('figures.overdue') : null">
                {{ counts(step.overdue) }}
              </td>
              <td [attr.data-label]="step.running > 0 ? t('figures.here') : null">
                @if (step.running > 0) {
                  {{ step.running }}
                  <span class="hint"
                    >{{ t('figures.since') }} <ui-date [value]="step.longestSince" shape="short"
                  /></span>
                }
              </td>
            </tr>
          }
        </tbody>
      </table>
    </ui-table-frame>
    <p class="legend" aria-hidden="true">
      <span><i class="key half"></i>{{ t('figures.half') }}</span>
      <span><i class="key most"></i>{{ t('figures.most') }}</span>
    </p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
      min-inline-size: 0;
    }
    td.bars {
      min-inline-size: 220px;
    }
    .bar {
      display: block;
      position: relative;
      block-size: 14px;
    }
    .bar i {
      position: absolute;
      inset-block: 0;
      inset-inline-start: 0;
      min-inline-size: 2px;
    }
    .bar .most,
    .key.most {
      border: 1px solid var(--series-1);
      background: repeating-linear-gradient(45deg, var(--series-1) 0 1px, var(--c-surface) 1px 5px);
    }
    .bar .half,
    .key.half {
      background: var(--series-1);
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--s-4);
      font: var(--text-meta);
      color: var(--c-ink-2);
    }
    .key {
      display: inline-block;
      inline-size: 20px;
      block-size: 12px;
      margin-inline-end: 6px;
      vertical-align: -1px;
    }
    @media (max-width: 720px) {
      td:not([data-label]) {
        display: none !important;
      }
    }
  `,
})
export class StepTimes {
  readonly figures = input.required<RunFigures>();

  protected readonly t = words<typeof file>('runs');
  /** Steps of people and waits in the order of the work; forks and joins only say where runs are. */
  protected readonly rows = computed(() =>
    this.figures().steps.filter(
      ({ type, running }) => !MACHINERY.includes(type) || (type === 'join' && running > 0),
    ),
  );
  private readonly longest = computed(() =>
    Math.max(1, ...this.rows().map(({ took }) => took?.p90Seconds ?? 0)),
  );
  private readonly all = computed(() =>
    this.rows().reduce(
      (sum, { type, totalSeconds }) => sum + (type === 'join' ? 0 : totalSeconds),
      0,
    ),
  );

  protected part(seconds: number): number {
    return (100 * seconds) / this.longest();
  }

  /** "half within 2 days, nine of ten within 5 days"; once where both are the same. */
  protected tookOf({ medianSeconds, p90Seconds }: NonNullable<StepFigures['took']>): string {
    const half = spanInWords(this.t, medianSeconds);
    const most = spanInWords(this.t, p90Seconds);
    return half === most ? half : this.t('figures.took', { half, most });
  }

  /** At a join it is the others that take the time. */
  protected shareOf({ type, totalSeconds }: StepFigures): string {
    if (totalSeconds <= 0 || type === 'join') return '';
    const share = Math.round((100 * totalSeconds) / this.all());
    return share === 0 ? this.t('figures.little') : this.t('figures.percent', { share });
  }

  protected counts({ count, of }: StepFigures['rework']): string {
    return of === 0 ? '' : this.t('figures.of', { count, of });
  }
}
