import {
  Component,
  computed,
  inject,
  Injector,
  input,
  type OnInit,
  output,
  signal,
} from '@angular/core';
import type { Receipt, Task } from '@plumbline/contracts';
import { type FormProblem, Sheet } from '@plumbline/ui';
import {
  type Answers,
  type DraftSaver,
  EvidenceShelf,
  FormPages,
  FormState,
} from '../forms/index.ts';
import { ApiProblem, newCommandKey, problemText, words } from '../platform/index.ts';
import { formSource } from './form-source.ts';
import { type Draft, TaskDraft } from './task-draft.ts';
import { TasksApi } from './tasks-api.ts';
import type file from './tasks.en-GB.json';
import { TaskShelf } from './task-shelf.ts';

/** A task with answers: its form, kept as a private draft until it is handed in. */
@Component({
  selector: 'app-task-form',
  imports: [FormPages, Sheet],
  providers: [TaskDraft, TaskShelf, { provide: EvidenceShelf, useExisting: TaskShelf }],
  template: `
    @if (trouble(); as text) {
      <ui-sheet>
        <p class="trouble" role="alert">{{ text }}</p>
      </ui-sheet>
    }
    @if (state(); as form) {
      <app-form-pages
        [state]="form"
        [people]="task().people"
        [page]="page()"
        [submitting]="submitting()"
        [refused]="refused()"
        (go)="go.emit($event)"
        (changed)="change($event)"
        (left)="save()"
        (comeBack)="comeBack()"
        (submitted)="submit($event)"
        [draft]="saver()"
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
      min-inline-size: 0;
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class TaskForm implements OnInit {
  readonly task = input.required<Task>();
  readonly page = input<string | null>(null);
  readonly go = output<string | null>();
  readonly handedIn = output<Receipt>();
  readonly leave = output();

  protected readonly t = words<typeof file>('tasks');
  private readonly api = inject(TasksApi);
  private readonly draft = inject(TaskDraft);
  private readonly shelf = inject(TaskShelf);
  private readonly injector = inject(Injector);
  private readonly describe = problemText();

  protected readonly state = signal<FormState | null>(null);
  protected readonly saver = signal<DraftSaver<Draft> | null>(null);
  protected readonly submitting = signal(false);
  protected readonly refused = signal<readonly FormProblem[]>([]);
  protected readonly trouble = signal<string | null>(null);
  /** Leaving would lose writing: only while saving fails. */
  readonly unsafe = computed(() => this.saver()?.failing() ?? false);
  /** The same hand-in, however often it is pressed; other answers are another one. */
  private key = newCommandKey();

  ngOnInit(): void {
    const task = this.task();
    const { saver, found } = this.draft.open(task);
    this.saver.set(saver);
    this.state.set(new FormState(formSource(task, found), this.injector));
    void this.fillShelf(task);
  }

  protected change(answers: Answers): void {
    this.key = newCommandKey();
    this.saver()?.change(answers);
  }

  protected save(): void {
    void this.saver()?.flush();
  }

  protected async comeBack(): Promise<void> {
    await this.saver()?.flush();
    this.leave.emit();
  }

  protected async submit(answers: Answers): Promise<void> {
    if (this.submitting()) return;
    this.submitting.set(true);
    this.trouble.set(null);
    this.refused.set([]);
    try {
      await this.saver()?.flush();
      const receipt = await this.api.submit(this.task().id, answers, this.key);
      this.saver()?.finish();
      this.handedIn.emit(receipt);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.refused.set(error.details.problems ?? []);
      if (!error.details.problems) this.trouble.set(this.describe(error.details));
    } finally {
      this.submitting.set(false);
    }
  }

  /** Evidence to use again is a help; a form without it can still be answered. */
  private async fillShelf(task: Task): Promise<void> {
    try {
      await this.shelf.open(task);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.t('evidenceNotRead', { why: this.describe(error.details) }));
    }
  }
}
