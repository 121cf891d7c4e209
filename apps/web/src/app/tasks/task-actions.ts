import { Component, computed, inject, input, output, signal } from '@angular/core';
import type { Receipt, Task } from '@plumbline/contracts';
import { Button, FieldFrame, Sheet } from '@plumbline/ui';
import { ApiProblem, newCommandKey, problemText, words } from '../platform/index.ts';
import { TasksApi } from './tasks-api.ts';
import type file from './tasks.en-GB.json';

/** What can be done with a task besides answering it: take it, give it back, hand it over, send it back. */
@Component({
  selector: 'app-task-actions',
  imports: [Button, FieldFrame, Sheet],
  templateUrl: './task-actions.html',
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
    }
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
export class TaskActions {
  readonly task = input.required<Task>();
  readonly changed = output<Task>();
  readonly sentBack = output<Receipt>();

  protected readonly t = words<typeof file>('tasks');
  private readonly api = inject(TasksApi);
  private readonly describe = problemText();
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly to = signal('');
  protected readonly step = signal('');
  protected readonly reason = signal('');
  protected readonly others = computed(() =>
    this.task().people.filter(({ id }) => id !== this.task().assignee?.id),
  );
  private key = newCommandKey();

  protected typed(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement).value;
  }

  protected claim(): Promise<void> {
    return this.act(async () => this.changed.emit(await this.api.claim(this.task().id)));
  }

  protected release(): Promise<void> {
    return this.act(async () => this.changed.emit(await this.api.release(this.task().id)));
  }

  protected assign(): Promise<void> {
    const assignee = this.to();
    if (!assignee) return this.refuse('assign.choose');
    return this.act(async () =>
      this.changed.emit(await this.api.assign(this.task().id, { assignee })),
    );
  }

  protected sendBack(): Promise<void> {
    const to = this.step() || (this.task().sendBackTo[0]?.step ?? '');
    const reason = this.reason().trim();
    if (!reason) return this.refuse('sendBack.sayWhy');
    return this.act(async () => {
      this.sentBack.emit(await this.api.sendBack(this.task().id, { to, reason }, this.key));
      this.key = newCommandKey();
    });
  }

  private refuse(key: 'assign.choose' | 'sendBack.sayWhy'): Promise<void> {
    this.trouble.set(this.t(key));
    return Promise.resolve();
  }

  private async act(command: () => Promise<void>): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await command();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }
}
