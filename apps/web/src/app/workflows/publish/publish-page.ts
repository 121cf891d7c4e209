import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  adoptionSchema,
  publicationSchema,
  workflowDraftSchema,
  workflowVersionSchema,
} from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import {
  Button,
  EmptyState,
  ErrorSummary,
  FactsList,
  FieldFrame,
  PageHeader,
  Sheet,
} from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  newCommandKey,
  pageTitle,
  problemOf,
  problemText,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { readDesign } from '../designer/draft-document.ts';
import { ClientTable } from '../offers/client-table.ts';
import { DifferenceView } from '../versions/difference-view.ts';
import { ProblemTicks, problemId } from './problem-ticks.ts';
import { PublishingApi } from './publishing-api.ts';
import type file from './publish.en-GB.json';

/** From a draft to the next version: what it changes, what to know, and who gets it. */
@Component({
  selector: 'app-publish-page',
  imports: [
    Button,
    ClientTable,
    DifferenceView,
    EmptyState,
    ErrorSummary,
    FactsList,
    FieldFrame,
    Loaded,
    PageHeader,
    ProblemTicks,
    RouterLink,
    Sheet,
  ],
  providers: [PublishingApi],
  templateUrl: './publish-page.html',
  styleUrl: './publish-page.scss',
})
export class PublishPage {
  readonly key = input.required<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(PublishingApi);
  private readonly router = inject(Router);
  private readonly inWords = problemText();
  /** So many lines are shown at once. */
  protected readonly few = 3;
  protected readonly firm = this.organisation.kind === 'firm';

  protected readonly publication = answerOf(publicationSchema, () =>
    this.organisation.api('workflows', this.key(), 'draft', 'publication'),
  );
  private readonly draft = answerOf(workflowDraftSchema, () =>
    this.organisation.api('workflows', this.key(), 'draft'),
  );
  private readonly published = answerOf(workflowVersionSchema, () => {
    const version = this.publication.value()?.published;
    return version
      ? this.organisation.api('workflows', this.key(), 'versions', `${version}`)
      : undefined;
  });
  protected readonly adoption = answerOf(adoptionSchema, () =>
    this.firm && this.organisation.can('read', 'Portfolio')
      ? this.organisation.api('workflows', this.key(), 'adoption')
      : undefined,
  );
  protected readonly after = computed(() => {
    const draft = this.draft.value();
    return draft ? readDesign(draft) : null;
  });
  protected readonly before = computed(() => {
    const version = this.published.value();
    return version ? readDesign(version) : null;
  });
  protected readonly name = computed(() => this.after()?.definition.name ?? '');
  protected readonly steps = computed(
    () => this.after()?.definition.steps.map(({ id }) => id) ?? [],
  );
  /** There is nothing to publish: no draft, or no such workflow. */
  protected readonly noDraft = computed(() => this.publication.problem()?.status === 404);
  protected readonly names = computed(() => {
    const it = this.publication.value();
    return {
      before: this.t('version', { version: it?.published ?? 0 }),
      after: this.t('draftAs', { version: it?.version ?? 0 }),
    };
  });
  protected readonly runsNow = computed(() =>
    (this.publication.value()?.running ?? []).reduce((sum, { runs }) => sum + runs, 0),
  );
  protected readonly blocked = computed(() =>
    (this.publication.value()?.problems ?? []).some(({ severity }) => severity === 'error'),
  );

  /** Ticks hold for what was read: problems that have gone are not named any more. */
  protected readonly ticked = signal<ReadonlySet<string>>(new Set());
  protected readonly note = signal('');
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  /** What becomes of runs under way: nothing, or a page that moves them once there is a version. */
  protected readonly running = signal<'stay' | 'move'>('stay');
  protected readonly busy = signal(false);
  private readonly tried = signal(false);
  private readonly refused = signal<string | null>(null);
  private command = newCommandKey();
  private readonly opened = signal<number | null>(null);
  /** Somebody has gone on writing since the reader came here. */
  protected readonly moved = computed(() => {
    const [opened, now] = [this.opened(), this.publication.value()?.revision];
    return opened !== null && now !== undefined && now !== opened;
  });

  /** What keeps the reader from publishing, each with where it is done. */
  protected readonly missing = computed(() => {
    if (!this.tried()) return [];
    const problems = this.publication.value()?.problems ?? [];
    const warnings = problems.filter(({ severity }) => severity === 'warning');
    const unread = warnings.findIndex((problem) => !this.ticked().has(problemId(problem)));
    const refused = this.refused();
    return [
      ...(unread >= 0 ? [{ field: `warning-${unread}`, message: this.t('missing.warnings') }] : []),
      ...(this.note().trim() === '' ? [{ field: 'note', message: this.t('missing.note') }] : []),
      ...(refused !== null ? [{ field: '', message: refused }] : []),
    ];
  });
  protected readonly noteMissing = computed(() => this.tried() && this.note().trim() === '');

  constructor() {
    pageTitle(() => this.t('publish.tab', { name: this.name() }));
    whenChanged(['workflow-changed', 'run-changed'], () => {
      if (this.busy()) return;
      this.publication.reload();
      this.draft.reload();
      this.adoption.reload();
    });
    effect(() => {
      const revision = this.publication.value()?.revision;
      if (revision !== undefined && untracked(this.opened) === null) this.opened.set(revision);
    });
    effect(() => {
      // Another content is another intent: a key must not answer for both.
      this.publication.value();
      this.note();
      this.chosen();
      this.ticked();
      this.command = newCommandKey();
    });
  }

  protected rolesOf(roles: readonly string[]): string {
    return roles.map(roleLabel).join(', ');
  }

  protected write(event: Event): void {
    this.note.set((event.target as HTMLTextAreaElement).value);
  }

  protected async publish(event: Event): Promise<void> {
    event.preventDefault();
    const it = this.publication.value();
    if (!it || this.busy()) return;
    this.refused.set(null);
    this.tried.set(true);
    if (this.missing().length > 0) return;
    this.busy.set(true);
    try {
      const acknowledged = it.problems
        .filter(({ severity }) => severity === 'warning')
        .map(({ code, place }) => ({ code, place }));
      const { version } = await this.api.publish(
        this.key(),
        {
          ...{ revision: it.revision, note: this.note().trim(), acknowledged },
          clients: [...this.chosen()],
        },
        this.command,
      );
      await this.goOn(version.version);
    } catch (error) {
      this.refused.set(this.inWords(problemOf(error)));
      this.publication.reload();
      this.draft.reload();
    } finally {
      this.busy.set(false);
    }
  }

  private async goOn(published: number): Promise<void> {
    const from = this.publication.value()?.running[0]?.version;
    if (this.running() === 'move' && from !== undefined) {
      await this.router.navigate(
        this.organisation.page('workflows', this.key(), 'migrations', 'new'),
        { queryParams: { from, to: published, published } },
      );
      return;
    }
    await this.router.navigate(this.organisation.page('workflows', this.key(), 'versions'), {
      queryParams: { published },
    });
  }
}
