import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { monitorSchema, page } from '@plumbline/contracts';
import { EmptyState, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';
import { MonitorLine } from './monitor-line.ts';

const monitorsSchema = page(monitorSchema);

/** What is watched about one system. */
@Component({
  selector: 'app-system-monitors',
  imports: [EmptyState, Loaded, MonitorLine, RouterLink, Sheet],
  template: `
    <div class="head">
      <h2 id="monitors-title">{{ t('part.monitors') }}</h2>
      @if (organisation.can('create', 'Monitor')) {
        <a
          class="no-print"
          [routerLink]="organisation.page('monitors', 'new')"
          [queryParams]="{ aiSystem: systemId() }"
          >{{ t('addMonitor') }}</a
        >
      }
    </div>
    <app-loaded
      [loading]="answer.loading()"
      [problem]="answer.problem()"
      (again)="answer.reload()"
    />
    @if (answer.value(); as it) {
      @if (it.items.length > 0) {
        <ui-sheet>
          <ul class="plain-list">
            @for (monitor of it.items; track monitor.id) {
              <li><app-monitor-line [monitor]="monitor" /></li>
            }
          </ul>
        </ui-sheet>
      } @else {
        <ui-empty kind="first-use" [heading]="t('noMonitors')">
          <p>{{ t('noMonitorsText') }}</p>
        </ui-empty>
      }
    }
  `,
  styles: `
    .head {
      display: flex;
      justify-content: space-between;
      align-items: baseline;
    }
    li + li {
      border-block-start: 1px solid var(--c-hair);
    }
  `,
  host: { role: 'region', 'aria-labelledby': 'monitors-title' },
})
export class SystemMonitors {
  readonly systemId = input.required<string>();
  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly answer = answerOf(monitorsSchema, () =>
    withQuery(this.organisation.api('monitors'), { aiSystem: this.systemId() }),
  );

  constructor() {
    whenChanged(['system-changed', 'run-changed'], () => this.answer.reload());
  }
}
