import { Component, computed, inject, input, output, signal } from '@angular/core';
import {
  membersSchema,
  type StartTaskBulk,
  type TaskBulk,
  type TaskBulkAction,
  taskBulkSchema,
} from '@plumbline/contracts';
import { Button, DateField, FieldFrame, Snackbar } from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  newCommandKey,
  problemText,
  whenChanged,
  words,
} from '../platform/index.ts';
import type file from './tasks.en-GB.json';

/** What is done with the tasks that were chosen in a list, and what became of each. */
@Component({
  selector: 'app-bulk-bar',
  imports: [Button, DateField, FieldFrame],
  templateUrl: './bulk-bar.html',
  styleUrl: './bulk-bar.scss',
})
export class BulkBar {
  /** Ids that are chosen; all that match when `everything`. */
  readonly ids = input.required<readonly string[]>();
  readonly everything = input(false);
  readonly matching = input.required<{
    readonly view: 'your-turn' | 'waiting';
    readonly q?: string;
  }>();
  /** How many match in all, and how many of them the list has loaded. */
  readonly total = input.required<number>();
  readonly loaded = input.required<number>();
  readonly cleared = output();
  readonly all = output();

  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  protected readonly asking = signal<'assign' | 'due' | null>(null);
  protected readonly assignee = signal('');
  protected readonly dueOn = signal('');
  protected readonly reason = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  private readonly running = signal<string | null>(null);
  private readonly told = signal<string | null>(null);

  protected readonly count = computed(() => (this.everything() ? this.total() : this.ids().length));
  private readonly members = answerOf(membersSchema, () =>
    this.asking() === 'assign' ? this.organisation.api('members') : undefined,
  );
  protected readonly people = computed(() =>
    (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person),
  );
  private readonly result = answerOf(taskBulkSchema, () => {
    const id = this.running();
    return id ? this.organisation.api('task-bulks', id) : undefined;
  });
  protected readonly report = computed(() => this.result.value() ?? null);

  constructor() {
    whenChanged(
      ['job-changed'],
      () => void this.look(),
      () => this.running() ?? '',
    );
  }

  protected typed(event: Event): string {
    return (event.target as HTMLInputElement | HTMLSelectElement).value;
  }

  protected ask(what: 'assign' | 'due'): void {
    this.asking.update((now) => (now === what ? null : what));
    this.trouble.set(null);
  }

  protected remind(): Promise<void> {
    return this.start({ kind: 'remind' });
  }

  protected assign(): Promise<void> {
    if (!this.assignee()) return this.refuse(this.t('assign.choose'));
    return this.start({ kind: 'assign', assignee: this.assignee() });
  }

  protected moveDue(): Promise<void> {
    if (!this.dueOn()) return this.refuse(this.t('bulk.chooseDay'));
    if (!this.reason().trim()) return this.refuse(this.t('bulk.sayWhy'));
    return this.start({ kind: 'due', dueOn: this.dueOn(), reason: this.reason() });
  }

  protected close(): void {
    this.running.set(null);
  }

  protected undo(id: string): Promise<void> {
    return this.act(async () => {
      const path = this.organisation.api('task-bulks', id, 'undo');
      this.follow(await this.api.post(path, {}, { answer: taskBulkSchema }));
    });
  }

  private start(action: TaskBulkAction): Promise<void> {
    const tasks: StartTaskBulk['tasks'] = this.everything()
      ? { matching: this.matching() }
      : { ids: [...this.ids()] };
    return this.act(async () => {
      const options = { answer: taskBulkSchema, key: newCommandKey() };
      const path = this.organisation.api('task-bulks');
      this.follow(await this.api.post(path, { action, tasks }, options));
      this.asking.set(null);
      this.cleared.emit();
    });
  }

  private follow(bulk: TaskBulk): void {
    this.running.set(bulk.id);
    if (bulk.status === 'done') this.say(bulk);
  }

  private async look(): Promise<void> {
    const id = this.running();
    if (!id) return;
    this.result.reload();
    const bulk = await this.api.get(this.organisation.api('task-bulks', id), taskBulkSchema);
    if (bulk.status === 'done') this.say(bulk);
  }

  /** Says the result once; an assignment of one's own can be undone from there. */
  private say(bulk: TaskBulk): void {
    if (this.told() === bulk.id) return;
    this.told.set(bulk.id);
    const undo = { label: this.t('bulk.undo'), act: () => void this.undo(bulk.id) };
    const text = this.t('bulk.result', { done: bulk.done, refused: bulk.refused });
    this.snackbar.show(text, bulk.mayUndo ? undo : undefined);
    if (bulk.refused === 0) this.running.set(null);
  }

  private refuse(text: string): Promise<void> {
    this.trouble.set(text);
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
      this.trouble.set(error.details.problems?.[0]?.message ?? this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }
}
