import { Component, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { importSchema, MAX_IMPORT_BYTES } from '@plumbline/contracts';
import {
  Button,
  ErrorSummary,
  FieldFrame,
  LifecycleRail,
  PageHeader,
  Sheet,
  type FormProblem,
} from '@plumbline/ui';
import {
  Api,
  ApiProblem,
  CurrentOrganisation,
  pageTitle,
  problemText,
  words,
} from '../platform/index.ts';
import { fileSize } from '../platform/index.ts';
import { importStages } from './import-stages.ts';
import type file from './imports.en-GB.json';

/** Chooses the inventory and hands it over. */
@Component({
  selector: 'app-new-import',
  imports: [Button, ErrorSummary, FieldFrame, LifecycleRail, PageHeader, Sheet],
  template: `
    <ui-page-header [heading]="t('new')" />
    <ui-lifecycle-rail [label]="t('steps')" [stages]="stages()" />
    <p class="measure">{{ t('newText') }}</p>
    <ui-sheet>
      <ui-error-summary [heading]="t('fixThese')" [problems]="problems()" />
      <form class="stack" novalidate (submit)="upload($event)">
        <ui-field
          for="file"
          [label]="t('chooseFile')"
          [hint]="t('chooseFileHint')"
          [error]="problems()[0]?.message ?? null"
        >
          <div
            class="drop"
            [class.over]="over()"
            (dragover)="hover($event)"
            (dragleave)="over.set(false)"
            (drop)="drop($event)"
          >
            <span class="hint">{{ t('drop') }}</span>
            <input
              id="file"
              type="file"
              accept=".csv,.tsv,.txt,.xlsx,text/csv"
              [attr.aria-describedby]="problems().length > 0 ? 'file-error' : 'file-hint'"
              [attr.aria-invalid]="problems().length > 0 ? true : null"
              (change)="pick($event)"
            />
          </div>
        </ui-field>
        @if (chosen(); as it) {
          <p role="status">{{ t('chosen', { name: it.name, size: sizeOf(it) }) }}</p>
        }
        <div>
          <button uiButton type="submit" [busy]="busy()">
            {{ busy() ? t('uploading', { name: chosen()?.name }) : t('upload') }}
          </button>
        </div>
      </form>
    </ui-sheet>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .drop {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s-3);
      padding: var(--s-5);
      border: 2px dashed var(--c-line);
      border-radius: var(--r-l);
    }
    .drop.over {
      border-color: var(--c-primary);
      background: var(--c-primary-tint);
    }
    input {
      max-inline-size: 100%;
    }
  `,
})
export class NewImport {
  protected readonly t = words<typeof file>('imports');
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly router = inject(Router);
  private readonly describe = problemText();

  protected readonly stages = importStages('upload');
  protected readonly chosen = signal<File | null>(null);
  protected readonly over = signal(false);
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('new'));
  }

  protected sizeOf({ size }: File): string {
    return fileSize(size);
  }

  protected hover(event: DragEvent): void {
    event.preventDefault();
    this.over.set(true);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.over.set(false);
    this.take(event.dataTransfer?.files[0]);
  }

  protected pick(event: Event): void {
    this.take((event.target as HTMLInputElement).files?.[0]);
  }

  protected async upload(event: Event): Promise<void> {
    event.preventDefault();
    const inventory = this.chosen();
    if (this.busy()) return;
    if (!inventory) {
      this.complain(this.t('noFile'));
      return;
    }
    this.busy.set(true);
    this.problems.set([]);
    const body = new FormData();
    body.set('file', inventory);
    try {
      const { id } = await this.api.post(this.organisation.api('imports'), body, {
        answer: importSchema,
      });
      await this.router.navigate(this.organisation.page('imports', id), { replaceUrl: true });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.complain(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }

  private take(inventory: File | undefined): void {
    if (!inventory) return;
    this.chosen.set(inventory);
    this.problems.set([]);
    if (inventory.size > MAX_IMPORT_BYTES) {
      this.chosen.set(null);
      this.complain(this.t('tooLarge', { size: fileSize(inventory.size) }));
    } else if (!/\.(csv|tsv|txt|xlsx)$/i.test(inventory.name)) {
      this.chosen.set(null);
      this.complain(this.t('wrongKind'));
    }
  }

  private complain(message: string): void {
    this.problems.set([{ field: 'file', message }]);
  }
}
