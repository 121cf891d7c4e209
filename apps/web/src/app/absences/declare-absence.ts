import { Component, computed, inject, signal, type WritableSignal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { absencesSchema, declareAbsenceSchema } from '@plumbline/contracts';
import {
  Button,
  DateField,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  Snackbar,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  Session,
  words,
} from '../platform/index.ts';
import type file from './absences.en-GB.json';

/** Says who is away, from when until when, and who stands in for what. */
@Component({
  selector: 'app-declare-absence',
  imports: [
    Button,
    DateField,
    ErrorSummary,
    FieldFrame,
    FormField,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
  ],
  templateUrl: './declare-absence.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
    .choice {
      display: flex;
      gap: var(--s-3);
      padding-block: var(--s-2);
    }
    .some {
      display: grid;
      gap: var(--s-4);
      padding-inline-start: 36px;
    }
  `,
})
export class DeclareAbsence {
  protected readonly t = words<typeof file>('absences');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);
  private readonly session = inject(Session);

  protected readonly answer = answerOf(absencesSchema, () => this.organisation.api('absences'));
  private readonly me = computed(() => this.session.me()?.person.id ?? '');
  protected readonly model = signal({ person: '', substitute: '', from: '', until: '', note: '' });
  protected readonly only = signal(false);
  protected readonly workflows = signal<ReadonlySet<string>>(new Set());
  protected readonly roles = signal<ReadonlySet<string>>(new Set());

  protected readonly people = computed(() => this.answer.value()?.choices.people ?? []);
  protected readonly absent = computed(
    () => this.people().find(({ id }) => id === (this.model().person || this.me())) ?? null,
  );
  protected readonly substitutes = computed(() =>
    (this.answer.value()?.choices.substitutes ?? []).filter(({ id }) => id !== this.absent()?.id),
  );
  protected readonly form = contractForm(this.model, {
    schema: declareAbsenceSchema,
    toInput: ({ person, ...rest }) => ({
      ...(person !== '' && { person }),
      ...rest,
      workflows: this.chosen(this.workflows()),
      roles: this.chosen(this.roles()),
    }),
    send: async (input) => {
      await this.api.post(this.organisation.api('absences'), input);
      const who = this.substitutes().find(({ id }) => id === input.substitute)?.name ?? '';
      this.snackbar.show(this.t('declared', { who }));
      await this.router.navigate(this.organisation.page('absences'));
    },
  });

  constructor() {
    pageTitle(() => this.t('declare'));
  }

  protected isMe(id: string): boolean {
    return id === this.me();
  }

  protected toggle(of: WritableSignal<ReadonlySet<string>>, key: string): void {
    of.update(
      (keys) => new Set(keys.has(key) ? [...keys].filter((it) => it !== key) : [...keys, key]),
    );
  }

  private chosen(keys: ReadonlySet<string>): string[] | null {
    return this.only() && keys.size > 0 ? [...keys] : null;
  }
}
