import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  AI_SYSTEM_SORTS,
  AI_SYSTEM_STAGES,
  aiSystemsSchema,
  GATE_STATES,
  TIERS,
  type AiSystemRow,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
  EmptyState,
  PageHeader,
  RowKeys,
  SearchBox,
  SortHeader,
  TableFrame,
  type Sort,
} from '@plumbline/ui';
import { injectWindowVirtualizer } from '@tanstack/angular-virtual';
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
import type file from './register.en-GB.json';
import { GATE_CHIPS, STAGE_CHIPS } from './register-chips.ts';
import { SavedViews } from './saved-views.ts';

/** Rows that one answer brings; the next ones are asked for this many rows before the end. */
const PAGE = 200;
const AHEAD = 40;
/** Height of a row before it is measured (pixels). */
const ROW = 70;
const COLUMNS = 6;

/** The register of AI systems: filters, order and view live in the address. */
@Component({
  selector: 'app-register',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    PageHeader,
    RouterLink,
    RowKeys,
    SavedViews,
    SearchBox,
    SortHeader,
    TableFrame,
  ],
  templateUrl: './register.html',
  styleUrl: './register.scss',
})
export class Register {
  protected readonly t = words<typeof file>('register');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly preferences = inject(Preferences);
  private readonly patchQuery = queryWriter();

  readonly q = input<string>();
  readonly stage = input<string>();
  readonly tier = input<string>();
  readonly gate = input<string>();
  readonly incomplete = input<string>();
  /** `name` upwards, `-name` downwards. */
  readonly sort = input<string>();

  protected readonly choices = { stage: AI_SYSTEM_STAGES, tier: TIERS, gate: GATE_STATES };
  protected readonly stageChips = STAGE_CHIPS;
  protected readonly gateChips = GATE_CHIPS;
  protected readonly columns = COLUMNS;

  /** The order in force; an unknown one in the address means the usual one. */
  protected readonly order = computed<Sort>(() => {
    const asked = this.sort() ?? 'name';
    return AI_SYSTEM_SORTS.some((key) => key === asked.replace(/^-/, '')) ? asked : 'name';
  });
  protected readonly systems = pagesOf(aiSystemsSchema, () => ({
    path: this.organisation.api('ai-systems'),
    query: {
      q: this.q(),
      stage: this.stage(),
      tier: this.tier(),
      gate: this.gate(),
      incomplete: this.incomplete(),
      sort: this.order().replace(/^-/, ''),
      direction: this.order().startsWith('-') ? 'desc' : 'asc',
      limit: PAGE,
    },
  }));
  protected readonly total = computed(() => this.systems.answer()?.total ?? 0);

  protected readonly filters = computed(() => {
    const named: [string, string | undefined][] = [
      [this.t('search'), this.q()],
      [this.t('stageFilter'), this.stage() && this.t.of('stage', this.stage() ?? '')],
      [this.t('tierFilter'), this.tier() && this.t.of('tier', this.tier() ?? '')],
      [this.t('gateFilter'), this.gate() && this.t.of('gate', this.gate() ?? '')],
    ];
    const on = named.filter(([, value]) => value).map(([name, value]) => `${name}: ${value ?? ''}`);
    return this.incomplete() ? [...on, this.t('incompleteFilter')] : on;
  });
  /** The query that a saved view keeps. */
  protected readonly query = computed(() => {
    const parts = {
      q: this.q(),
      stage: this.stage(),
      tier: this.tier(),
      gate: this.gate(),
      incomplete: this.incomplete(),
      sort: this.sort(),
    };
    const set = Object.entries(parts).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return new URLSearchParams(set).toString();
  });

  private readonly list = viewChild<string, ElementRef<HTMLElement>>('list', { read: ElementRef });
  private readonly rowElements = viewChildren<ElementRef<HTMLElement>>('row');
  protected readonly virtual = injectWindowVirtualizer<HTMLElement>(() => ({
    count: this.systems.rows().length,
    estimateSize: () => ROW,
    overscan: 4,
    scrollMargin: this.list()?.nativeElement.offsetTop ?? 0,
  }));
  protected readonly visible = computed(() =>
    this.virtual.getVirtualItems().flatMap(({ index }) => {
      const system = this.systems.rows()[index];
      return system ? [{ index, system }] : [];
    }),
  );
  /** Room for the rows that are not drawn, so that the page has its full length. */
  protected readonly space = computed(() => {
    const items = this.virtual.getVirtualItems();
    const margin = this.virtual.options().scrollMargin;
    return {
      before: (items[0]?.start ?? margin) - margin,
      after: this.virtual.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin),
    };
  });

  constructor() {
    pageTitle(() => this.t('title'));
    whenChanged(['system-changed'], () => this.systems.reload());
    effect(() => {
      for (const { nativeElement } of this.rowElements())
        this.virtual.measureElement(nativeElement);
    });
    effect(() => {
      const last = this.virtual.getVirtualItems().at(-1)?.index ?? 0;
      const near = last >= this.systems.rows().length - AHEAD;
      if (near && this.systems.hasMore()) untracked(() => this.systems.loadMore());
    });
  }

  protected filter(patch: Record<string, string | null>): void {
    void this.patchQuery(patch);
  }

  protected choose(name: string, event: Event): void {
    this.filter({ [name]: (event.target as HTMLSelectElement).value });
  }

  protected clear(): void {
    this.filter({ q: null, stage: null, tier: null, gate: null, incomplete: null, view: null });
  }

  protected valueOf(name: 'stage' | 'tier' | 'gate'): string {
    return this[name]() ?? '';
  }

  protected missingText({ missing }: AiSystemRow): string {
    const fields = missing.map((field) => this.t.of('field', field)).join(', ');
    return this.t.count('missing', missing.length, { fields });
  }
}
