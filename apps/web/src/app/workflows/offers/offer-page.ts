import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { workflowOfferDetailSchema, workflowVersionSchema } from '@plumbline/contracts';
import {
  Button,
  Chip,
  DateText,
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
  pageTitle,
  problemOf,
  problemText,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { readDesign } from '../designer/draft-document.ts';
import { ProblemTicks, problemId } from '../publish/problem-ticks.ts';
import { PublishingApi } from '../publish/publishing-api.ts';
import type file from '../publish/publish.en-GB.json';
import { DifferenceView } from '../versions/difference-view.ts';
import { OFFER_CHIPS } from './offer-chips.ts';

/** A version that the firm offers: what it would change here, and the answer to it. */
@Component({
  selector: 'app-offer-page',
  imports: [
    Button,
    Chip,
    DateText,
    DifferenceView,
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
  templateUrl: './offer-page.html',
  styleUrl: '../publish/publish-page.scss',
})
export class OfferPage {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(PublishingApi);
  private readonly inWords = problemText();
  protected readonly chips = OFFER_CHIPS;
  protected readonly mayAnswer = computed(() => this.organisation.can('manage', 'Workflow'));

  protected readonly offer = answerOf(
    workflowOfferDetailSchema,
    () => this.organisation.api('workflow-offers', this.id()),
    { keepOver: false },
  );
  private readonly current = answerOf(workflowVersionSchema, () => {
    const offer = this.offer.value();
    return offer?.current
      ? this.organisation.api('workflows', offer.key, 'versions', `${offer.current.version}`)
      : undefined;
  });
  protected readonly after = computed(() => {
    const offer = this.offer.value();
    return offer ? readDesign(offer) : null;
  });
  protected readonly before = computed(() => {
    const version = this.current.value();
    return version ? readDesign(version) : null;
  });
  protected readonly steps = computed(
    () => this.after()?.definition.steps.map(({ id }) => id) ?? [],
  );
  protected readonly names = computed(() => ({
    before: this.t('offer.yours', { version: this.offer.value()?.current?.version ?? '' }),
    after: this.t('offer.theirs'),
  }));
  /** It is already what runs here: nothing would change. */
  protected readonly same = computed(() => {
    const offer = this.offer.value();
    return offer?.current?.hash === offer?.hash && offer !== undefined;
  });
  protected readonly blocked = computed(() =>
    (this.offer.value()?.problems ?? []).some(({ severity }) => severity === 'error'),
  );

  protected readonly ticked = signal<ReadonlySet<string>>(new Set());
  protected readonly replaceOwn = signal(false);
  protected readonly reason = signal('');
  /** Which answer was tried, so that only what it needs is asked for. */
  protected readonly tried = signal<'accept' | 'decline' | null>(null);
  protected readonly busy = signal<'accept' | 'decline' | null>(null);
  protected readonly done = signal('');
  private readonly refused = signal<string | null>(null);
  protected readonly reasonMissing = computed(
    () => this.tried() === 'decline' && this.reason().trim() === '',
  );
  protected readonly missing = computed(() => {
    const offer = this.offer.value();
    const tried = this.tried();
    if (!offer || tried === null) return [];
    const refused = this.refused();
    const last = refused === null ? [] : [{ field: '', message: refused }];
    if (tried === 'decline') {
      return this.reasonMissing()
        ? [{ field: 'reason', message: this.t('offer.reasonMissing') }, ...last]
        : last;
    }
    const warnings = offer.problems.filter(({ severity }) => severity === 'warning');
    const unread = warnings.findIndex((problem) => !this.ticked().has(problemId(problem)));
    return [
      ...(unread >= 0 ? [{ field: `warning-${unread}`, message: this.t('missing.warnings') }] : []),
      ...(offer.replacesOwn && !this.replaceOwn()
        ? [{ field: 'replace-own', message: this.t('offer.replaceMissing') }]
        : []),
      ...last,
    ];
  });

  constructor() {
    pageTitle(() => this.t('offer.tab', { name: this.offer.value()?.name ?? '' }));
    whenChanged(['workflow-changed'], () => {
      if (this.busy() === null) this.offer.reload();
    });
  }

  protected write(event: Event): void {
    this.reason.set((event.target as HTMLTextAreaElement).value);
  }

  protected accept(): Promise<void> {
    return this.answer('accept', async (id) => {
      const problems = this.offer.value()?.problems ?? [];
      const acknowledged = problems
        .filter(({ severity }) => severity === 'warning')
        .map(({ code, place }) => ({ code, place }));
      return this.api.accept(id, { acknowledged, replaceOwn: this.replaceOwn() });
    });
  }

  protected decline(): Promise<void> {
    return this.answer('decline', (id) => this.api.decline(id, this.reason().trim()));
  }

  private async answer(
    how: 'accept' | 'decline',
    send: (id: string) => ReturnType<PublishingApi['accept']>,
  ): Promise<void> {
    if (this.busy() !== null) return;
    this.refused.set(null);
    this.tried.set(how);
    if (this.missing().length > 0) return;
    this.busy.set(how);
    try {
      const answered = await send(this.id());
      this.offer.set(answered);
      this.done.set(
        how === 'accept'
          ? this.t('offer.accepted', { version: answered.publishedVersion ?? '' })
          : this.t('offer.declined', { firm: answered.firm.name }),
      );
    } catch (error) {
      this.refused.set(this.inWords(problemOf(error)));
      this.offer.reload();
    } finally {
      this.busy.set(null);
    }
  }
}
