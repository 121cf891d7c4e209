import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import {
  type GuestLink,
  guestLinksSchema,
  sendToGuestSchema,
  type Task,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  type ChipState,
  Confirm,
  ErrorSummary,
  FieldFrame,
  formatDate,
  type FormProblem,
  Sheet,
  Snackbar,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  contractForm,
  CurrentOrganisation,
  problemText,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './tasks.en-GB.json';

const CHIPS: Readonly<Record<GuestLink['state'], ChipState>> = {
  open: 'waiting',
  used: 'done',
  revoked: 'unknown',
  expired: 'unknown',
  closed: 'unknown',
};
const NOBODY = { name: '', email: '', message: '', days: '7' };

/** Sending a task's form to somebody outside, and what became of each link. */
@Component({
  selector: 'app-guest-links',
  imports: [Button, Chip, ErrorSummary, FieldFrame, FormField, Sheet],
  templateUrl: './guest-links.html',
  styles: `
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      color: var(--c-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
    form {
      max-inline-size: 480px;
      padding-block: var(--s-3);
    }
    li {
      display: grid;
      gap: var(--s-1);
      justify-items: start;
      padding-block: var(--s-3);
      border-block-end: 1px solid var(--c-hair);
    }
    #guest-days {
      inline-size: 6em;
    }
  `,
})
export class GuestLinks {
  readonly task = input.required<Task>();

  protected readonly t = words<typeof file>('tasks');
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly confirm = inject(Confirm);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly chips = CHIPS;
  protected readonly answer = answerOf(guestLinksSchema, () => this.path());
  protected readonly items = computed(() => this.answer.value()?.items ?? []);
  protected readonly maySend = computed(() => this.answer.value()?.maySend ?? false);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  private readonly model = signal(NOBODY);
  protected readonly form = contractForm(this.model, {
    schema: sendToGuestSchema,
    toInput: ({ days, ...rest }) => ({ ...rest, days: Number(days) }),
    send: async (input) => {
      const answer = await this.api.post(this.path(), input, { answer: guestLinksSchema });
      this.answer.set(answer);
      this.model.set(NOBODY);
      this.snackbar.show(this.t('guest.sent', { email: input.email }));
    },
  });

  constructor() {
    whenChanged(
      ['task-changed'],
      () => this.answer.reload(),
      () => this.task().id,
    );
  }

  protected stateOf({ state, name }: GuestLink): string {
    return this.t(`guest.state.${state}`, { name });
  }

  protected sentOf({ invitedAt, invitedBy, expiresAt }: GuestLink): string {
    return this.t('guest.until', {
      sent: formatDate(invitedAt, 'long'),
      who: invitedBy.name,
      until: formatDate(expiresAt, 'long'),
    });
  }

  protected seenOf({ openedAt, guest, usedAt }: GuestLink): string {
    if (guest && usedAt) {
      return this.t('guest.answered', { ...guest, date: formatDate(usedAt, 'long') });
    }
    return openedAt
      ? this.t('guest.seen', { date: formatDate(openedAt, 'long') })
      : this.t('guest.notSeen');
  }

  protected async revoke({ id, name }: GuestLink): Promise<void> {
    const sure = await this.confirm.ask({
      title: this.t('guest.revokeTitle', { name }),
      text: this.t('guest.revokeText'),
      confirm: this.t('guest.revoke'),
      cancel: this.t('guest.keep'),
      danger: true,
    });
    if (!sure) return;
    this.problems.set([]);
    try {
      const path = this.path(id, 'revoke');
      this.answer.set(await this.api.post(path, {}, { answer: guestLinksSchema }));
      this.snackbar.show(this.t('guest.revoked', { name }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.problems.set([{ field: '', message: this.describe(error.details) }]);
    }
  }

  private path(...parts: string[]): string {
    return this.organisation.api('tasks', this.task().id, 'guest-links', ...parts);
  }
}
