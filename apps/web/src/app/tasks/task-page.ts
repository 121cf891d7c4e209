import { Component, computed, inject, input, linkedSignal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { type Receipt, type Task, taskSchema } from '@plumbline/contracts';
import { Chip, Confirm, LifecycleRail, PageHeader, Sheet, formatDate } from '@plumbline/ui';
import { DecideTask } from '../decisions/decide-task.ts';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { DueChip } from './due-chip.ts';
import { ReceiptPage } from './receipt-page.ts';
import { ShownFacts } from './shown-facts.ts';
import { TaskActions } from './task-actions.ts';
import { TaskAnswers } from './task-answers.ts';
import { GuestLinks } from './guest-links.ts';
import { TaskOperations } from './task-operations.ts';
import { TaskConversation } from './task-conversation.ts';
import { TaskAside } from './task-aside.ts';
import { TaskForm } from './task-form.ts';
import { TasksApi } from './tasks-api.ts';
import type file from './tasks.en-GB.json';

const ORDINALS: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
};

/** One task: what is asked, of whom, by when, and the form or the decision; afterwards the receipt. */
@Component({
  selector: 'app-task-page',
  imports: [
    Chip,
    DecideTask,
    DueChip,
    LifecycleRail,
    Loaded,
    PageHeader,
    ReceiptPage,
    RouterLink,
    Sheet,
    ShownFacts,
    TaskActions,
    TaskAnswers,
    TaskAside,
    GuestLinks,
    TaskConversation,
    TaskOperations,
    TaskForm,
  ],
  providers: [TasksApi],
  templateUrl: './task-page.html',
  styleUrl: './task-page.scss',
})
export class TaskPage {
  readonly id = input.required<string>();
  /** Which page of the form: a section, or the answers to check. */
  readonly page = input<string>();

  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly router = inject(Router);
  private readonly api = inject(TasksApi);
  private readonly confirm = inject(Confirm);
  private readonly write = queryWriter();
  private readonly form = viewChild(TaskForm);
  private readonly decision = viewChild(DecideTask);

  protected readonly answer = answerOf(taskSchema, () => this.api.one(this.id()), {
    keepOver: false,
  });
  protected readonly task = this.answer.value;
  protected readonly receipt = linkedSignal<string, Receipt | null>({
    source: this.id,
    computation: () => null,
  });
  /** What the reader does here; a task that was finished meanwhile is shown, not asked. */
  protected readonly mode = computed(() => {
    const task = this.task();
    if (!task) return null;
    if (task.decision) return 'decision';
    if (task.status === 'open' && task.can.submit && task.form) return 'form';
    return 'read';
  });

  constructor() {
    pageTitle(() => this.task()?.title);
    whenChanged(['task-changed', 'run-changed'], () => this.answer.reload());
  }

  protected longDate(at: string): string {
    return formatDate(at, 'long');
  }

  /** 2 as “2nd”. */
  protected ordinal(time: number): string {
    return `${time}${ORDINALS[new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(time)] ?? 'th'}`;
  }

  protected show(page: string | null): void {
    void this.write({ page });
  }

  protected changed(task: Task): void {
    this.answer.set(task);
  }

  protected finished(receipt: Receipt): void {
    this.receipt.set(receipt);
    void this.write({ page: null });
    this.answer.reload();
  }

  protected leave(): void {
    void this.router.navigate(this.organisation.page('tasks'));
  }

  /** Nothing is lost by leaving, unless the draft could not be saved. */
  mayLeave(): boolean | Promise<boolean> {
    const unsafe = this.form()?.unsafe() ?? this.decision()?.unsafe() ?? false;
    if (!unsafe) return true;
    return this.confirm.ask({
      title: this.t('leave.title'),
      text: this.t('leave.text'),
      confirm: this.t('leave.do'),
      cancel: this.t('leave.stay'),
    });
  }
}
