import {
  booleanAttribute,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { page, type Page, type RunRow, runRowSchema } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  LoadMore,
  PageHeader,
  RowKeys,
  TableFrame,
} from '@plumbline/ui';
import {
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  Preferences,
  queryWriter,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { BulkChoice } from '../bulk/bulk-choice.ts';
import type file from '../runs.en-GB.json';
import { runChip } from '../step-chips.ts';
import { RunFilters } from './run-filters.ts';
import { bulkFilter, filtersOn, type RunQuery, STATUSES, toApi } from './run-query.ts';

const runsSchema = page(runRowSchema);
/** As a version stands in an address. */
const versionIn = (text: string | undefined): number | undefined =>
  text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;

/** Every run, those first that cannot go on or are late, with the reason; filters live in the address. */
@Component({
  selector: 'app-run-list',
  imports: [
    BulkChoice,
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    RouterLink,
    RowKeys,
    RunFilters,
    TableFrame,
  ],
  templateUrl: './run-list.html',
  styleUrl: './run-list.scss',
})
export class RunList {
  readonly status = input<RunQuery['status'], string | undefined>(undefined, {
    transform: (text) => STATUSES.find((one) => one === text),
  });
  readonly workflow = input<string>();
  readonly version = input<number | undefined, string | undefined>(undefined, {
    transform: versionIn,
  });
  readonly aiSystem = input<string>();
  readonly role = input<string>();
  readonly person = input<string>();
  readonly late = input(false, { transform: booleanAttribute });
  readonly suspended = input(false, { transform: booleanAttribute });
  readonly stuck = input(false, { transform: booleanAttribute });

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);
  protected readonly write = queryWriter();
  protected readonly chipOf = runChip;
  protected readonly query = computed((): RunQuery => {
    const { status, workflow, version, aiSystem, role, person, late, suspended, stuck } = this;
    return {
      ...{ status: status(), workflow: workflow(), version: version(), aiSystem: aiSystem() },
      ...{ role: role(), person: person(), late: late(), suspended: suspended(), stuck: stuck() },
    };
  });
  protected readonly filtered = computed(() => filtersOn(this.query()) > 0);
  protected readonly list = pagesOf<RunRow, Page<RunRow>>(runsSchema, () => ({
    path: this.organisation.api('runs'),
    query: toApi(this.query()),
  }));
  /** Only what is under way can be changed. */
  protected readonly open = computed(() =>
    this.list.rows().filter(({ status }) => status === 'running'),
  );
  protected readonly mayBulk = computed(() => this.organisation.can('update', 'Run'));
  private readonly ticked = signal<ReadonlySet<string>>(new Set());
  protected readonly everything = signal(false);
  protected readonly chosen = computed(() =>
    this.open()
      .map(({ id }) => id)
      .filter((id) => this.everything() || this.ticked().has(id)),
  );
  protected readonly bulkFilter = computed(() =>
    bulkFilter(this.query(), this.everything() ? null : this.chosen()),
  );

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['run-changed'], () => this.list.reload());
    // What was ticked belongs to the rows of one filter.
    effect(() => {
      this.query();
      this.untick();
    });
  }

  protected clear(): void {
    const off = Object.keys(this.query()).map((name): [string, null] => [name, null]);
    void this.write(Object.fromEntries(off));
  }

  protected untick(): void {
    this.everything.set(false);
    this.ticked.set(new Set());
  }

  protected toggle(id: string): void {
    const before = new Set(this.chosen());
    if (!before.delete(id)) before.add(id);
    this.everything.set(false);
    this.ticked.set(before);
  }

  protected toggleAll(): void {
    const all = this.chosen().length === this.open().length;
    this.everything.set(false);
    this.ticked.set(new Set(all ? [] : this.open().map(({ id }) => id)));
  }

  /** X ticks the row that has focus, where single keys are on. */
  protected press(event: KeyboardEvent, run: RunRow): void {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (this.preferences.singleKeys() === 'off' || ctrlKey || metaKey || altKey) return;
    if (key !== 'x' || run.status !== 'running' || !this.mayBulk()) return;
    this.toggle(run.id);
    event.preventDefault();
  }
}
