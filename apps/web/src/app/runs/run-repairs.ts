import { Component, computed, inject, input, signal } from '@angular/core';
import { type Repair, repairSchema, repairsSchema, type Run } from '@plumbline/contracts';
import { Button, Chip, type ChipState, Confirm, DateText, FieldFrame, Sheet } from '@plumbline/ui';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  Loaded,
  Session,
  whenChanged,
  words,
} from '../platform/index.ts';
import { attempts } from './attempts.ts';
import type file from './runs.en-GB.json';

const CHIPS: Readonly<Record<Repair['status'], ChipState>> = {
  asked: 'waiting',
  done: 'done',
  'turned-down': 'bad',
  withdrawn: 'unknown',
};

/** Repairs of a run: those that a second person must confirm, and what became of earlier ones. */
@Component({
  selector: 'app-run-repairs',
  imports: [Button, Chip, DateText, FieldFrame, Loaded, Sheet],
  templateUrl: './run-repairs.html',
  styles: `
    :host:empty {
      display: none;
    }
    li {
      display: grid;
      gap: var(--s-2);
      padding-block: var(--s-3);
      border-block-start: 1px solid var(--c-hair);
    }
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      color: var(--c-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
    form {
      max-inline-size: 560px;
    }
    .words {
      font-weight: 600;
    }
    .words::first-letter {
      text-transform: uppercase;
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class RunRepairs {
  readonly run = input.required<Run>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly confirmation = inject(Confirm);
  private readonly session = inject(Session);
  protected readonly chips = CHIPS;
  protected readonly trying = attempts();
  protected readonly refusing = signal<string | null>(null);
  protected readonly reason = signal('');
  protected readonly answer = answerOf(
    repairsSchema,
    () => this.organisation.api('runs', this.run().id, 'repairs'),
    { keepOver: false },
  );
  protected readonly open = computed(() =>
    (this.answer.value()?.items ?? []).filter(({ status }) => status === 'asked'),
  );
  protected readonly settled = computed(() =>
    (this.answer.value()?.items ?? []).filter(({ status }) => status !== 'asked'),
  );

  constructor() {
    whenChanged(
      ['run-changed'],
      () => this.answer.reload(),
      () => this.run().id,
    );
  }

  /** Whoever asked for a repair takes it back; somebody else turns it down. */
  protected isOwn({ askedBy }: Repair): boolean {
    return askedBy.id === this.session.me()?.person.id;
  }

  protected typed(event: Event): void {
    this.reason.set((event.target as HTMLTextAreaElement).value);
  }

  protected refuse(id: string | null): void {
    this.trying.clear();
    this.reason.set('');
    this.refusing.update((now) => (now === id ? null : id));
  }

  protected async confirm({ id, words: what, reason, askedBy }: Repair): Promise<void> {
    this.refusing.set(null);
    const agreed = await this.confirmation.ask({
      title: this.t('repairs.confirm.title', { name: this.run().aiSystem.name }),
      text: this.t('repairs.confirm.text', { what, reason, who: askedBy.name }),
      confirm: this.t('repairs.confirm.do'),
      cancel: this.t('leave'),
    });
    if (agreed) await this.settle(id, 'confirm', {});
  }

  protected async turnDown(event: Event, { id }: Repair): Promise<void> {
    event.preventDefault();
    const reason = this.reason().trim();
    if (!reason) {
      this.trying.refuse(this.t('sayWhy'));
      return;
    }
    if (await this.settle(id, 'turn-down', { reason })) this.refuse(null);
  }

  private async settle(id: string, how: 'confirm' | 'turn-down', body: object): Promise<boolean> {
    const done = await this.trying.run(() => {
      const path = this.organisation.api('runs', this.run().id, 'repairs', id, how);
      return this.api.post(path, body, { answer: repairSchema });
    });
    this.answer.reload();
    return done;
  }
}
