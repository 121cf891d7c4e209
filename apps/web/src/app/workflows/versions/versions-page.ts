import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  moveJobsSchema,
  workflowDetailSchema,
  workflowDifferenceSchema,
  workflowVersionSchema,
  type WorkflowVersionSummary,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  Confirm,
  DateText,
  EmptyState,
  PageHeader,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemOf,
  problemText,
  queryWriter,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import { DesignsApi } from '../designer/designs-api.ts';
import { readDesign } from '../designer/draft-document.ts';
import { MoveTable } from '../migrations/move-table.ts';
import type { Design } from '../model/design.ts';
import { PublishingApi } from '../publish/publishing-api.ts';
import type file from '../publish/publish.en-GB.json';
import { DifferenceView } from './difference-view.ts';
import { RetireVersion } from './retire-version.ts';

/** A number in the address; nothing else. */
const numberIn = (text: string | undefined): number | undefined =>
  text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;

/** The versions of a workflow: which runs, what changed between any two, back to an earlier one. */
@Component({
  selector: 'app-versions-page',
  imports: [
    Button,
    Chip,
    DateText,
    DifferenceView,
    EmptyState,
    Loaded,
    MoveTable,
    PageHeader,
    RetireVersion,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  providers: [DesignsApi, PublishingApi],
  templateUrl: './versions-page.html',
  styleUrl: './versions-page.scss',
})
export class VersionsPage {
  readonly key = input.required<string>();
  readonly from = input<number | undefined, string | undefined>(undefined, { transform: numberIn });
  readonly to = input<number | undefined, string | undefined>(undefined, { transform: numberIn });
  /** The version that has just been published: said on arriving here. */
  readonly published = input<number | undefined, string | undefined>(undefined, {
    transform: numberIn,
  });

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly write = queryWriter();
  private readonly designs = inject(DesignsApi);
  private readonly api = inject(PublishingApi);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly inWords = problemText();
  protected readonly firm = this.organisation.kind === 'firm';
  protected readonly mayDraft = computed(() => this.organisation.can('update', 'Workflow'));
  protected readonly mayPublish = computed(() => this.organisation.can('manage', 'Workflow'));

  protected readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly versions = computed(() => this.detail.value()?.versions ?? []);
  protected readonly current = computed(() => this.detail.value()?.published?.version ?? null);
  /** What is compared: as the address says, else the newest with the one before it. */
  protected readonly pair = computed(() => {
    const numbers = this.versions().map(({ version }) => version);
    const to = this.to() ?? numbers[0];
    const from = this.from() ?? numbers.find((version) => to !== undefined && version < to);
    return from === undefined || to === undefined || from === to ? null : { from, to };
  });
  protected readonly difference = answerOf(workflowDifferenceSchema, () => {
    const pair = this.pair();
    return pair
      ? withQuery(this.organisation.api('workflows', this.key(), 'difference'), pair)
      : undefined;
  });
  protected readonly before = this.designOf(() => this.pair()?.from);
  protected readonly after = this.designOf(() => this.pair()?.to);
  protected readonly names = computed(() => ({
    before: this.t('version', { version: this.pair()?.from ?? '' }),
    after: this.t('version', { version: this.pair()?.to ?? '' }),
  }));
  protected readonly moves = answerOf(moveJobsSchema, () =>
    this.mayDraft() && this.versions().length > 0 && !this.firm
      ? this.organisation.api('workflows', this.key(), 'migrations')
      : undefined,
  );
  /** Versions before the one in use that still have runs under way. */
  protected readonly behind = computed(() =>
    this.versions().filter(({ version, runsLive }) => runsLive > 0 && version !== this.current()),
  );
  /** The version that is being retired. */
  protected readonly retiring = signal<number | null>(null);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly done = signal('');

  constructor() {
    pageTitle(() => this.t('versions.tab', { name: this.detail.value()?.name ?? '' }));
    whenChanged(['workflow-changed', 'run-changed'], () => this.detail.reload());
    whenChanged(['job-changed'], () => {
      this.moves.reload();
      this.detail.reload();
    });
  }

  private designOf(version: () => number | undefined): () => Design | null {
    const answer = answerOf(workflowVersionSchema, () => {
      const number = version();
      return number === undefined
        ? undefined
        : this.organisation.api('workflows', this.key(), 'versions', `${number}`);
    });
    return computed(() => {
      const value = answer.value();
      return value ? readDesign(value) : null;
    });
  }

  protected compare(side: 'from' | 'to', event: Event): void {
    void this.write({ ...this.pair(), [side]: (event.target as HTMLSelectElement).value });
  }

  /** Publishes an earlier version anew: its content becomes the draft, and the draft is published. */
  protected async goBack({ version }: WorkflowVersionSummary): Promise<void> {
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await this.designs.begin(this.key(), version);
      await this.router.navigate(this.organisation.page('workflows', this.key(), 'publish'));
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected async retire(version: number, reason: string): Promise<void> {
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await this.api.retire(this.key(), version, reason);
      this.retiring.set(null);
      this.done.set(this.t('versions.retiredNow', { version }));
      this.detail.reload();
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected async discard(): Promise<void> {
    const detail = this.detail.value();
    const sure = await this.confirm.ask({
      title: this.t('draft.deleteTitle', { name: detail?.name ?? '' }),
      text: this.t(detail?.published ? 'draft.deleteText' : 'draft.deleteNewText', {
        version: detail?.published?.version ?? 0,
      }),
      confirm: this.t('draft.delete'),
      cancel: this.t('draft.keep'),
      danger: true,
    });
    if (!sure) return;
    this.trouble.set(null);
    try {
      await this.designs.discard(this.key());
      if (!detail?.published && this.versions().length === 0) {
        await this.router.navigate(this.organisation.page('workflows'));
        return;
      }
      this.done.set(this.t('draft.deleted'));
      this.detail.reload();
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    }
  }

  protected originOf({ origin, publishedBy }: WorkflowVersionSummary): string {
    if (origin.kind === 'firm') {
      return this.t('origin.firm', { firm: origin.firm, version: origin.version });
    }
    return publishedBy ? publishedBy.name : this.t('origin.standard');
  }
}
