import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import {
  calendarAddressSchema,
  type MailPreferences as Preferences,
  mailPreferencesSchema,
  setMailPreferencesSchema,
} from '@plumbline/contracts';
import {
  Button,
  Confirm,
  ErrorSummary,
  FieldFrame,
  formatDate,
  type FormProblem,
  PageHeader,
  Sheet,
  Snackbar,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  words,
} from '../platform/index.ts';
import type file from './mail-preferences.en-GB.json';

const KINDS = ['your-turn', 'late', 'for-information', 'job'] as const;
const DIGESTS = ['never', 'daily', 'weekly'] as const;

/** What the reader is mailed in this organisation, and their due tasks as a calendar. */
@Component({
  selector: 'app-mail-preferences',
  imports: [Button, ErrorSummary, FieldFrame, Loaded, PageHeader, Sheet],
  templateUrl: './mail-preferences.html',
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
    .when {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-4);
      align-items: end;
    }
    .address {
      overflow-wrap: anywhere;
      font-family: var(--font-mono, monospace);
    }
  `,
})
export class MailPreferences {
  protected readonly t = words<typeof file>('mail-preferences');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly kinds = KINDS;
  protected readonly digests = DIGESTS;
  protected readonly days = [1, 2, 3, 4, 5, 6, 7] as const;
  protected readonly hours = Array.from({ length: 24 }, (_, hour) => hour);
  protected readonly answer = answerOf(mailPreferencesSchema, () =>
    this.organisation.api('mail-preferences'),
  );
  protected readonly atOnce = signal<ReadonlySet<Preferences['atOnce'][number]>>(new Set());
  protected readonly digest = signal<Preferences['digest']>('never');
  protected readonly weekday = signal(1);
  protected readonly hour = signal(8);
  protected readonly address = signal<string | null>(null);
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly next = computed(() => {
    const at = this.answer.value()?.nextAt;
    return at ? formatDate(at, 'long-time') : null;
  });

  constructor() {
    pageTitle(() => this.t('title'));
    effect(() => {
      const it = this.answer.value();
      if (!it) return;
      untracked(() => {
        this.atOnce.set(new Set(it.atOnce));
        this.digest.set(it.digest);
        this.weekday.set(it.weekday);
        this.hour.set(it.hour);
      });
    });
  }

  protected toggle(kind: Preferences['atOnce'][number]): void {
    this.atOnce.update((kinds) => {
      const next = new Set(kinds);
      if (!next.delete(kind)) next.add(kind);
      return next;
    });
  }

  protected dayKey(day: (typeof this.days)[number]) {
    return `day.${day}` as const;
  }

  protected numberOf(event: Event): number {
    return Number((event.target as HTMLSelectElement).value);
  }

  protected hourOf(hour: number): string {
    return `${String(hour).padStart(2, '0')}:00`;
  }

  protected date(at: string): string {
    return formatDate(at, 'long');
  }

  protected save(event: Event): Promise<void> {
    event.preventDefault();
    return this.act(async () => {
      const input = setMailPreferencesSchema.parse({
        atOnce: [...this.atOnce()],
        digest: this.digest(),
        weekday: this.weekday(),
        hour: this.hour(),
      });
      const path = this.organisation.api('mail-preferences');
      this.answer.set(await this.api.put(path, input, { answer: mailPreferencesSchema }));
      this.snackbar.show(this.t('saved'));
    });
  }

  protected async make(): Promise<void> {
    const renew = Boolean(this.answer.value()?.calendarMadeAt);
    const sure =
      !renew ||
      (await this.confirm.ask({
        title: this.t('renewTitle'),
        text: this.t('renewText'),
        confirm: this.t('renew'),
        cancel: this.t('keep'),
      }));
    if (!sure) return;
    await this.act(async () => {
      const path = this.organisation.api('calendar');
      const { address } = await this.api.post(path, { renew }, { answer: calendarAddressSchema });
      this.address.set(address);
      this.answer.reload();
    });
  }

  protected end(): Promise<void> {
    return this.act(async () => {
      await this.api.delete(this.organisation.api('calendar'));
      this.address.set(null);
      this.snackbar.show(this.t('ended'));
      this.answer.reload();
    });
  }

  private async act(command: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.problems.set([]);
    try {
      await command();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    } finally {
      this.busy.set(false);
    }
  }
}
