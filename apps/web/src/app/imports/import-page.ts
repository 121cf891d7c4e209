import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { importSchema, importTargetsSchema, type Import } from '@plumbline/contracts';
import { Button, Confirm, EmptyState, LifecycleRail, PageHeader } from '@plumbline/ui';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { CheckResult } from './check-result.ts';
import { ColumnMappingStep } from './column-mapping-step.ts';
import { fileSize } from '../platform/index.ts';
import { ImportProgress } from './import-progress.ts';
import { importStages, stepOf } from './import-stages.ts';
import type file from './imports.en-GB.json';
import type { Targets } from './mapping.ts';

const WORKING: readonly Import['state'][] = ['reading', 'checking', 'committing'];

/** One import from its columns to its result; the state on the server says which step is shown. */
@Component({
  selector: 'app-import-page',
  imports: [
    Button,
    CheckResult,
    ColumnMappingStep,
    EmptyState,
    ImportProgress,
    LifecycleRail,
    Loaded,
    PageHeader,
    RouterLink,
  ],
  template: `
    <ui-page-header [heading]="heading()">
      <a pageCrumb [routerLink]="organisation.page('imports')">{{ t('title') }}</a>
      @if (cancellable()) {
        <button pageAction uiButton look="quiet" type="button" (click)="cancel()">
          {{ t('cancelImport') }}
        </button>
      }
      @if (about(); as text) {
        <span pageMeta>{{ text }}</span>
      }
    </ui-page-header>
    <app-loaded
      [loading]="current.loading()"
      [problem]="current.problem() ?? targetsAnswer.problem()"
      [lines]="8"
      (again)="again()"
    />
    @if (current.value(); as it) {
      <ui-lifecycle-rail [label]="t('steps')" [stages]="stages()" />
      @switch (step()) {
        @case ('mapping') {
          @if (targets(); as known) {
            <app-column-mapping-step
              [inventory]="it"
              [targets]="known"
              (changed)="checkAgain($event)"
            />
          }
        }
        @case ('checked') {
          <app-check-result
            [inventory]="it"
            (changed)="current.set($event)"
            (columnsWanted)="showColumns(true)"
          />
        }
        @case ('done') {
          <app-check-result [inventory]="it" (changed)="current.set($event)" />
        }
        @case ('refused') {
          <ui-empty kind="no-matches" role="alert" [heading]="t('refused')">
            <p>{{ it.refusal }}</p>
            <a emptyAction uiButton [routerLink]="organisation.page('imports', 'new')">{{
              t('another')
            }}</a>
          </ui-empty>
        }
        @case ('cancelled') {
          <ui-empty kind="no-matches" [heading]="t('cancelled')">
            <p>{{ t('cancelledText') }}</p>
            <a emptyAction uiButton [routerLink]="organisation.page('imports', 'new')">{{
              t('another')
            }}</a>
          </ui-empty>
        }
        @default {
          <app-import-progress [inventory]="it" />
        }
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
  `,
})
export class ImportPage {
  protected readonly t = words<typeof file>('imports');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly patchQuery = queryWriter();

  readonly id = input.required<string>();
  protected readonly current = answerOf(
    importSchema,
    () => this.organisation.api('imports', this.id()),
    { keepOver: false },
  );
  /** `columns`: back to the columns of a file that was checked already. */
  readonly show = input<string>();
  protected readonly step = computed(() => {
    const state = this.current.value()?.state;
    return state === 'checked' && this.show() === 'columns' ? 'mapping' : state;
  });
  protected readonly targetsAnswer = answerOf(importTargetsSchema, () =>
    this.step() === 'mapping' ? this.organisation.api('imports', 'targets') : undefined,
  );
  protected readonly targets = computed<Targets | null>(() => {
    const items = this.targetsAnswer.value()?.items;
    return items ? new Map(items.map((target) => [target.key, target])) : null;
  });

  protected readonly stages = importStages(() => stepOf[this.step() ?? 'reading']);
  protected readonly heading = computed(() => this.current.value()?.fileName ?? this.t('new'));
  protected readonly cancellable = computed(() => {
    const state = this.current.value()?.state;
    return (
      this.organisation.can('update', 'Import') &&
      (state === 'mapping' || state === 'checked' || WORKING.some((one) => one === state))
    );
  });
  protected readonly about = computed(() => {
    const it = this.current.value();
    if (it?.rows === null || it?.rows === undefined) return null;
    const parts = [
      this.t('about', {
        rows: new Intl.NumberFormat('en-GB').format(it.rows),
        size: fileSize(it.size),
        encoding: it.encoding ?? '',
      }).replace(/, $/, ''),
      ...(it.sheet ? [this.t('aboutSheet', { sheet: it.sheet })] : []),
    ];
    return parts.join(' · ');
  });

  constructor() {
    pageTitle(this.heading);
    whenChanged(
      ['job-changed'],
      () => this.current.reload(),
      () => this.id(),
    );
  }

  protected checkAgain(inventory: Import): void {
    this.current.set(inventory);
    this.showColumns(false);
  }

  protected showColumns(show: boolean): void {
    void this.patchQuery({ show: show ? 'columns' : null });
  }

  protected again(): void {
    this.current.reload();
    this.targetsAnswer.reload();
  }

  protected async cancel(): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('cancelTitle'),
      text: this.t('cancelText'),
      confirm: this.t('cancelImport'),
      cancel: this.t('keepImport'),
      danger: true,
    });
    if (!sure) return;
    await this.api.post(this.organisation.api('imports', this.id(), 'cancel'));
    this.current.reload();
  }
}
