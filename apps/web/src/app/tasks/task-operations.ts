import { Component, computed, inject, input, output, signal } from '@angular/core';
import { type Task, taskRemindedSchema, taskSchema } from '@plumbline/contracts';
import { Button, DateField, FieldFrame, formatDate, Sheet, Snackbar } from '@plumbline/ui';
import { Api, ApiProblem, CurrentOrganisation, problemText, words } from '../platform/index.ts';
import type file from './tasks.en-GB.json';

type Name = 'hold' | 'continue' | 'delegate' | 'take-back' | 'due';

/** Hold and go on, give on and take back, another due date, a reminder: each says what happens. */
@Component({
  selector: 'app-task-operations',
  imports: [Button, DateField, FieldFrame, Sheet],
  templateUrl: './task-operations.html',
  styles: `
    summary {
      inline-size: fit-content;
      min-block-size: 24px;
      color: var(--c-primary);
      text-decoration: underline;
      text-underline-offset: 3px;
      cursor: pointer;
    }
    details .stack-tight {
      max-inline-size: 480px;
      padding-block: var(--s-3);
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class TaskOperations {
  readonly task = input.required<Task>();
  readonly changed = output<Task>();

  protected readonly t = words<typeof file>('tasks');
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly holdWhy = signal('');
  protected readonly to = signal('');
  protected readonly giveWhy = signal('');
  protected readonly until = signal('');
  protected readonly dueOn = signal('');
  protected readonly dueWhy = signal('');
  protected readonly any = computed(() => {
    const { hold, delegate, moveDeadline, remind, takeBack } = this.task().can;
    return [hold, this.task().can.continue, delegate, moveDeadline, remind, takeBack].some(Boolean);
  });

  protected typed(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
  }

  protected date(at: string): string {
    return formatDate(at, 'long');
  }

  protected hold(): Promise<void> {
    return this.send('hold', { reason: this.holdWhy() }, this.t('hold.done'));
  }

  protected goOn(): Promise<void> {
    return this.send('continue', {}, this.t('hold.over'));
  }

  protected delegate(): Promise<void> {
    if (!this.to()) {
      this.trouble.set(this.t('assign.choose'));
      return Promise.resolve();
    }
    const name = this.task().people.find(({ id }) => id === this.to())?.name ?? '';
    const input = { to: this.to(), reason: this.giveWhy(), until: this.until() || null };
    return this.send('delegate', input, this.t('give.done', { who: name }));
  }

  protected takeBack(): Promise<void> {
    return this.send('take-back', {}, this.t('give.back'));
  }

  protected moveDeadline(): Promise<void> {
    const input = { dueOn: this.dueOn(), reason: this.dueWhy() };
    return this.send('due', input, this.t('moveDue.done'));
  }

  protected remind(): Promise<void> {
    return this.act(async () => {
      const { told } = await this.api.post(this.path('remind'), {}, { answer: taskRemindedSchema });
      this.snackbar.show(this.t.count('remind.done', told));
    });
  }

  private send(name: Name, body: object, said: string): Promise<void> {
    return this.act(async () => {
      this.changed.emit(await this.api.post(this.path(name), body, { answer: taskSchema }));
      this.snackbar.show(said);
    });
  }

  private path(name: string): string {
    return this.organisation.api('tasks', this.task().id, name);
  }

  private async act(command: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await command();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const first = error.details.problems?.[0]?.message;
      this.trouble.set(first ?? this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }
}
