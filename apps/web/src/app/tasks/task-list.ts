import { Component, computed, ElementRef, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type TaskRow, type TasksAnswer, tasksSchema } from '@plumbline/contracts';
import { Button, Chip, EmptyState, PageHeader } from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  Preferences,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { AbsenceBanner } from './absence-banner.ts';
import { BulkBar } from './bulk-bar.ts';
import { DueChip } from './due-chip.ts';
import { groupByDue } from './due-groups.ts';
import type file from './tasks.en-GB.json';
import { TasksApi } from './tasks-api.ts';

const VIEWS = ['your-turn', 'waiting', 'done'] as const;
type View = (typeof VIEWS)[number];

/** My tasks: what waits for the reader, what they wait for, and what is done. */
@Component({
  selector: 'app-task-list',
  imports: [
    AbsenceBanner,
    BulkBar,
    Button,
    Chip,
    DueChip,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
  ],
  providers: [TasksApi],
  templateUrl: './task-list.html',
  styleUrl: './task-list.scss',
})
export class TaskList {
  readonly view = input<View, string | undefined>('your-turn', {
    transform: (view) => VIEWS.find((one) => one === view) ?? 'your-turn',
  });
  readonly q = input<string, string | undefined>('', { transform: (text) => text ?? '' });

  protected readonly t = words<typeof file>('tasks');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly preferences = inject(Preferences);
  private readonly api = inject(TasksApi);
  protected readonly write = queryWriter();

  protected readonly list = pagesOf<TaskRow, TasksAnswer>(tasksSchema, () => ({
    path: this.api.list(),
    query: { view: this.view(), q: this.q() },
  }));
  protected readonly views = computed(() => {
    const counts = this.list.answer()?.counts;
    return [
      { key: 'your-turn' as const, count: counts?.yourTurn },
      { key: 'waiting' as const, count: counts?.waiting },
      { key: 'done' as const, count: counts?.done },
    ];
  });
  protected readonly groups = computed(() =>
    this.view() === 'done'
      ? [{ group: 'done' as const, tasks: this.list.rows() }]
      : groupByDue(this.list.rows(), new Date()),
  );
  protected readonly empty = computed(
    () => this.list.answer() !== undefined && this.list.rows().length === 0,
  );

  /** Whoever may change tasks does so with many at once; what is done is left alone. */
  protected readonly mayBulk = computed(
    () => this.view() !== 'done' && this.organisation.can('update', 'Task'),
  );
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly everything = signal(false);
  protected readonly chosenIds = computed(() =>
    this.everything()
      ? this.list.rows().map(({ id }) => id)
      : this.list
          .rows()
          .filter(({ id }) => this.chosen().has(id))
          .map(({ id }) => id),
  );
  protected readonly matching = computed(() => ({
    view: this.view() === 'waiting' ? ('waiting' as const) : ('your-turn' as const),
    ...(this.q() && { q: this.q() }),
  }));
  protected readonly total = computed(() => {
    const counts = this.list.answer()?.counts;
    return (this.view() === 'waiting' ? counts?.waiting : counts?.yourTurn) ?? 0;
  });

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['task-changed'], () => this.list.reload());
  }

  protected search(event: Event): void {
    void this.write({ q: (event.target as HTMLInputElement).value.trim() });
  }

  protected toggle(id: string): void {
    if (this.everything()) {
      this.everything.set(false);
      this.chosen.set(new Set(this.list.rows().map((row) => row.id)));
    }
    this.chosen.update((ids) => {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }

  protected toggleAll(): void {
    const rows = this.list.rows().map(({ id }) => id);
    const all = this.chosenIds().length === rows.length;
    this.everything.set(false);
    this.chosen.set(new Set(all ? [] : rows));
  }

  protected clear(): void {
    this.everything.set(false);
    this.chosen.set(new Set());
  }

  /** J and K move between rows, X chooses one, while one has focus; people who dictate can switch them off. */
  protected move(event: KeyboardEvent, id: string): void {
    if (this.preferences.singleKeys() === 'off') return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'x' && this.mayBulk()) {
      this.toggle(id);
      event.preventDefault();
      return;
    }
    const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
    if (step === 0) return;
    const rows = [...this.host.nativeElement.querySelectorAll<HTMLElement>('a.task')];
    const at = rows.findIndex((row) => row === event.currentTarget);
    rows[at + step]?.focus();
    event.preventDefault();
  }
}
