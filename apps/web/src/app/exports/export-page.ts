import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { exportSchema } from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  FactsList,
  PageHeader,
  Progress,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  fileSize,
  Loaded,
  pageTitle,
  whenChanged,
  words,
} from '../platform/index.ts';
import { EXPORT_CHIPS } from './export-chips.ts';
import type file from './exports.en-GB.json';

const number = new Intl.NumberFormat('en-GB');

/** One pack: how far it is, then what is in it and how it is checked. */
@Component({
  selector: 'app-export-page',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    FactsList,
    Loaded,
    PageHeader,
    Progress,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  templateUrl: './export-page.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 900px);
      gap: var(--s-4);
    }
    code {
      overflow-wrap: anywhere;
    }
    ol {
      padding-inline-start: var(--s-5);
    }
  `,
})
export class ExportPage {
  protected readonly t = words<typeof file>('exports');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);

  readonly id = input.required<string>();
  protected readonly pack = answerOf(
    exportSchema,
    () => this.organisation.api('exports', this.id()),
    { keepOver: false },
  );
  protected readonly chips = EXPORT_CHIPS;
  protected readonly content = computed(() => this.organisation.api('exports', this.id(), 'file'));
  protected readonly keyAddress = `${location.origin}/api/verification-keys`;

  protected readonly heading = computed(() => {
    const it = this.pack.value();
    if (!it) return this.t('title');
    const scope =
      it.aiSystem?.name ?? this.t('scope.client', { organisation: this.organisation.name() });
    return `${it.reference} · ${scope}`;
  });
  protected readonly working = computed(() => {
    const state = this.pack.value()?.state;
    return state === 'waiting' || state === 'running';
  });
  protected readonly mayDownload = computed(
    () => this.pack.value()?.state === 'done' && this.organisation.can('export', 'Export'),
  );
  protected readonly counted = computed(() => {
    const progress = this.pack.value()?.progress;
    if (!progress || progress.total === 0) return '';
    return this.t('progress', {
      done: number.format(progress.done),
      total: number.format(progress.total),
    });
  });
  protected readonly size = computed(() => fileSize(this.pack.value()?.size ?? 0));
  protected readonly files = computed(() => number.format(this.pack.value()?.files ?? 0));

  constructor() {
    pageTitle(this.heading);
    whenChanged(
      ['job-changed'],
      () => this.pack.reload(),
      () => this.id(),
    );
  }

  protected async cancel(): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('cancelTitle'),
      text: this.t('cancelText'),
      confirm: this.t('cancel'),
      cancel: this.t('keep'),
      danger: true,
    });
    if (!sure) return;
    this.pack.set(
      await this.api.post(this.organisation.api('exports', this.id(), 'cancel'), undefined, {
        answer: exportSchema,
      }),
    );
  }
}
