import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { runSchema, workflowDetailSchema } from '@plumbline/contracts';
import {
  Button,
  EmptyState,
  ErrorSummary,
  type FormProblem,
  PageHeader,
  Sheet,
} from '@plumbline/ui';
import { type ChosenSystem, SystemChoice } from '../../ai-systems/system-choice.ts';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  Loaded,
  newCommandKey,
  pageTitle,
  problemOf,
  problemText,
  words,
} from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';

/** Starts a run of a workflow about an AI system, by the version in use. */
@Component({
  selector: 'app-start-run',
  imports: [Button, EmptyState, ErrorSummary, Loaded, PageHeader, RouterLink, Sheet, SystemChoice],
  template: `
    <app-loaded
      [loading]="detail.loading()"
      [problem]="detail.problem()"
      (again)="detail.reload()"
    />
    @if (detail.value(); as it) {
      <ui-page-header [heading]="t('start.heading', { name: it.name })">
        <ng-container pageCrumb>
          <a [routerLink]="organisation.page('workflows')">{{ t('workflows') }}</a>
          <a [routerLink]="organisation.page('workflows', key())">{{ it.name }}</a>
        </ng-container>
        @if (it.published; as published) {
          <span pageMeta>{{ t('start.by', { version: published.version }) }}</span>
        }
      </ui-page-header>
      @if (it.published === null) {
        <ui-empty kind="first-use" [heading]="t('start.none')">
          <p>{{ t('start.noneText') }}</p>
          <a
            emptyAction
            uiButton
            [routerLink]="organisation.page('workflows', key(), 'versions')"
            >{{ t('versions.title') }}</a
          >
        </ui-empty>
      } @else {
        <form novalidate (submit)="start($event)">
          <ui-error-summary [heading]="t('missing.heading')" [problems]="problems()" />
          <ui-sheet [heading]="t('start.about')">
            <app-system-choice
              [say]="choice()"
              [chosen]="chosen()"
              (chosenChange)="choose($event)"
            />
          </ui-sheet>
          <p class="hint measure" id="start-consequence">{{ t('start.consequence') }}</p>
          <div class="row">
            <button uiButton type="submit" aria-describedby="start-consequence" [busy]="busy()">
              {{ t('start.do') }}
            </button>
          </div>
        </form>
      }
    }
  `,
  styles: `
    :host,
    form {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
  `,
})
export class StartRunPage {
  readonly key = input.required<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly inWords = problemText();
  /** One key for what is chosen, so that pressing twice starts one run. */
  private command = newCommandKey();

  protected readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly chosen = signal<ChosenSystem | null>(null);
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly choice = computed(() => ({
    find: this.t('start.find'),
    which: this.t('start.which'),
    foundNone: this.t('start.foundNone'),
  }));

  constructor() {
    pageTitle(() => this.t('start.tab', { name: this.detail.value()?.name ?? '' }));
  }

  protected choose(system: ChosenSystem | null): void {
    this.chosen.set(system);
    this.command = newCommandKey();
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    const system = this.chosen();
    if (!system) {
      this.problems.set([{ field: 'which', message: this.t('start.missing') }]);
      return;
    }
    this.busy.set(true);
    this.problems.set([]);
    try {
      const body = { workflow: this.key(), aiSystemId: system.id };
      const { id } = await this.api.post(this.organisation.api('runs'), body, {
        answer: runSchema,
        key: this.command,
      });
      await this.router.navigate(this.organisation.page('runs', id));
    } catch (error) {
      this.problems.set([{ field: '', message: this.inWords(problemOf(error)) }]);
    } finally {
      this.busy.set(false);
    }
  }
}
