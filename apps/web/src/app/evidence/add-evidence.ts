import { Component, inject, input, linkedSignal, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { addEvidenceSchema, evidenceItemSchema, MAX_EVIDENCE_BYTES } from '@plumbline/contracts';
import {
  Button,
  DateField,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  Snackbar,
} from '@plumbline/ui';
import { Api, contractForm, CurrentOrganisation, pageTitle, words } from '../platform/index.ts';
import type file from './evidence.en-GB.json';

/** Adds a file or a link, and says what it shows. */
@Component({
  selector: 'app-add-evidence',
  imports: [Button, DateField, ErrorSummary, FieldFrame, FormField, PageHeader, RouterLink, Sheet],
  templateUrl: './add-evidence.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
    .dates {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-4);
    }
    input[type='file'] {
      max-inline-size: 100%;
    }
  `,
})
export class AddEvidence {
  protected readonly t = words<typeof file>('evidence');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);

  /** A requirement that the reader came from. */
  readonly requirement = input<string>();
  /** An AI system that the reader came from. */
  readonly aiSystem = input<string>();

  protected readonly chosen = signal<File | null>(null);
  protected readonly fileProblem = signal<string | null>(null);
  private readonly model = linkedSignal(() => ({
    shows: '',
    link: '',
    periodFrom: '',
    periodTo: '',
    requirements: this.requirement() ?? '',
  }));
  protected readonly form = contractForm(this.model, {
    schema: addEvidenceSchema.check((context) => {
      if (this.chosen() || context.value.link) return;
      context.issues.push({
        code: 'custom',
        message: this.t('fileOrLink'),
        path: ['file'],
        input: null,
      });
    }),
    toInput: (it) => ({
      shows: it.shows,
      ...(it.link.trim() && { link: it.link.trim() }),
      ...(it.periodFrom && { periodFrom: it.periodFrom }),
      ...(it.periodTo && { periodTo: it.periodTo }),
      ...(it.requirements.trim() && { requirements: it.requirements.trim() }),
      ...(this.aiSystem() && { aiSystemId: this.aiSystem() }),
    }),
    send: async (fields) => {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      const content = this.chosen();
      if (content) body.set('file', content);
      const { id, reference } = await this.api.post(
        this.organisation.api('evidence'),
        content ? body : fields,
        { answer: evidenceItemSchema },
      );
      this.snackbar.show(this.t('saved', { reference }));
      await this.router.navigate(this.organisation.page('evidence', id));
    },
  });

  constructor() {
    pageTitle(() => this.t('addHeading'));
  }

  protected pick(event: Event): void {
    const content = (event.target as HTMLInputElement).files?.[0] ?? null;
    const tooLarge = content !== null && content.size > MAX_EVIDENCE_BYTES;
    this.fileProblem.set(tooLarge ? this.t('tooLarge') : null);
    this.chosen.set(tooLarge ? null : content);
  }
}
