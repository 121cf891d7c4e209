import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { page, runRowSchema } from '@plumbline/contracts';
import { Chip, DateText, EmptyState, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';

const runsSchema = page(runRowSchema);

/** The work done and under way about one system. */
@Component({
  selector: 'app-system-runs',
  imports: [Chip, DateText, EmptyState, Loaded, RouterLink, Sheet],
  template: `
    <h2 id="runs-title">{{ t('part.runs') }}</h2>
    <app-loaded
      [loading]="answer.loading()"
      [problem]="answer.problem()"
      (again)="answer.reload()"
    />
    @if (answer.value(); as it) {
      @if (it.items.length > 0) {
        <ui-sheet>
          <ul class="plain-list">
            @for (run of it.items; track run.id) {
              <li>
                <a [routerLink]="organisation.page('runs', run.id)">{{ run.workflow.name }}</a>
                <ui-chip
                  [state]="
                    run.late
                      ? 'bad'
                      : run.status === 'running'
                        ? 'progress'
                        : run.status === 'ended'
                          ? 'done'
                          : 'unknown'
                  "
                  >{{ run.late ? t('late') : t.of('run', run.status) }}</ui-chip
                >
                <span class="sentence">{{ run.sentence }}</span>
                <span class="meta"
                  >{{ t('started') }} <ui-date [value]="run.startedAt" shape="short"
                /></span>
              </li>
            }
          </ul>
        </ui-sheet>
      } @else {
        <ui-empty kind="first-use" [heading]="t('noRuns')" />
      }
    }
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-1) var(--s-4);
      padding-block: var(--s-2);
    }
    li + li {
      border-block-start: 1px solid var(--c-hair);
    }
    .sentence {
      flex: 1 1 280px;
      color: var(--c-ink-2);
    }
  `,
  host: { role: 'region', 'aria-labelledby': 'runs-title' },
})
export class SystemRuns {
  readonly systemId = input.required<string>();
  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly answer = answerOf(runsSchema, () =>
    withQuery(this.organisation.api('runs'), { aiSystem: this.systemId() }),
  );

  constructor() {
    whenChanged(['run-changed'], () => this.answer.reload());
  }
}
