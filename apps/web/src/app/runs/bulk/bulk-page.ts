import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  type BulkItem,
  bulkItemSchema,
  bulkSchema,
  membersSchema,
  page,
  type Page,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  type ChipState,
  DateText,
  EmptyState,
  formatDate,
  LoadMore,
  PageHeader,
  Progress,
  TableFrame,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  Loaded,
  pagesOf,
  pageTitle,
  queryWriter,
  Session,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { attempts } from '../attempts.ts';
import type file from '../runs.en-GB.json';
import { BULK_CHIPS } from './bulk-chips.ts';

const itemsSchema = page(bulkItemSchema);
const SHOWS = ['waiting', 'done', 'refused'] as const;
const ITEM_CHIPS: Readonly<Record<BulkItem['status'], ChipState>> = {
  waiting: 'todo',
  done: 'done',
  refused: 'bad',
};

/**
 * One thing done to many runs or tasks: what was chosen, before anything is done; how far it is; and
 * what became of each.
 */
@Component({
  selector: 'app-bulk-page',
  imports: [
    Button,
    Chip,
    DateText,
    EmptyState,
    Loaded,
    LoadMore,
    PageHeader,
    Progress,
    RouterLink,
    TableFrame,
  ],
  templateUrl: './bulk-page.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .sentence {
      max-inline-size: var(--measure);
      font: var(--text-section);
    }
    ui-progress {
      max-inline-size: 560px;
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class BulkPage {
  readonly id = input.required<string>();
  /** Which of those chosen are listed. */
  readonly show = input<BulkItem['status'] | undefined, string | undefined>(undefined, {
    transform: (text) => SHOWS.find((one) => one === text),
  });

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  private readonly api = inject(Api);
  private readonly session = inject(Session);
  protected readonly trying = attempts();
  protected readonly shows = SHOWS;
  protected readonly chips = BULK_CHIPS;
  protected readonly itemChips = ITEM_CHIPS;
  protected readonly answer = answerOf(
    bulkSchema,
    () => this.organisation.api('bulk-operations', this.id()),
    { keepOver: false },
  );
  protected readonly bulk = this.answer.value;
  protected readonly items = pagesOf<BulkItem, Page<BulkItem>>(itemsSchema, () => ({
    path: this.organisation.api('bulk-operations', this.id(), 'items'),
    query: { status: this.show() },
  }));
  private readonly members = answerOf(membersSchema, () =>
    this.bulk()?.action.kind === 'assign' ? this.organisation.api('members') : undefined,
  );
  protected readonly heading = computed(() => {
    const bulk = this.bulk();
    return bulk ? this.t.count(`bulk.${bulk.action.kind}.title`, bulk.total) : '';
  });
  /** To whom, or until when: what the action's name does not say. */
  protected readonly detail = computed(() => {
    const action = this.bulk()?.action;
    if (action?.kind === 'due') {
      return this.t('bulk.dueDetail', { day: formatDate(action.dueOn, 'weekday') });
    }
    if (action?.kind !== 'assign') return null;
    if (action.assignee === null) return this.t('bulk.nobodyDetail');
    const member = this.members
      .value()
      ?.members.find(({ person }) => person.id === action.assignee);
    return member ? this.t('bulk.toDetail', { who: member.person.name }) : null;
  });
  /** Only who chose may start it: it is done in their name. */
  protected readonly mine = computed(
    () => this.bulk()?.askedBy.id === this.session.me()?.person.id,
  );
  protected readonly mayAct = computed(() => this.organisation.can('update', 'Run'));

  constructor() {
    pageTitle(() => this.heading());
    whenChanged(
      ['job-changed'],
      () => {
        this.answer.reload();
        this.items.reload();
      },
      () => this.id(),
    );
  }

  protected chooseShow(event: Event): void {
    void this.write({ show: (event.target as HTMLSelectElement).value });
  }

  protected async act(what: 'start' | 'stop'): Promise<void> {
    await this.trying.run(async () => {
      const path = this.organisation.api('bulk-operations', this.id(), what);
      this.answer.set(await this.api.post(path, {}, { answer: bulkSchema }));
    });
    this.items.reload();
  }
}
