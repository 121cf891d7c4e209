import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  type MovePreview,
  type ProblemDetails,
  workflowDetailSchema,
  workflowVersionSchema,
} from '@plumbline/contracts';
import {
  Button,
  Chip,
  ErrorSummary,
  FieldFrame,
  PageHeader,
  Sheet,
  TableFrame,
} from '@plumbline/ui';
import type { Facts, FactValue, StepId } from '@plumbline/workflow-engine';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  newCommandKey,
  pageTitle,
  problemOf,
  problemText,
  queryWriter,
  words,
} from '../../platform/index.ts';
import { readDesign } from '../designer/draft-document.ts';
import { PublishingApi } from '../publish/publishing-api.ts';
import type file from '../publish/publish.en-GB.json';
import { FactField } from './fact-field.ts';
import { factsToGive, mappingOf, stepsToStandAt, stepsWithoutPlace } from './mapping.ts';

const numberIn = (text: string | undefined): number | undefined =>
  text && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;

/** Lets runs under way go on by another version: where each goes, what would become of it, and do it. */
@Component({
  selector: 'app-new-move-page',
  imports: [
    Button,
    Chip,
    ErrorSummary,
    FactField,
    FieldFrame,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
    TableFrame,
  ],
  providers: [PublishingApi],
  templateUrl: './new-move-page.html',
  styleUrl: './new-move-page.scss',
})
export class NewMovePage {
  readonly key = input.required<string>();
  readonly from = input<number | undefined, string | undefined>(undefined, { transform: numberIn });
  readonly to = input<number | undefined, string | undefined>(undefined, { transform: numberIn });
  /** The version that has just been published: said on arriving here. */
  readonly published = input<string>();

  protected readonly t = words<typeof file>('publishing');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly write = queryWriter();
  private readonly api = inject(PublishingApi);
  private readonly router = inject(Router);
  private readonly inWords = problemText();

  protected readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly versions = computed(() => this.detail.value()?.versions ?? []);
  protected readonly sources = computed(() =>
    this.versions().filter(({ runsLive }) => runsLive > 0),
  );
  protected readonly pair = computed(() => {
    const to = this.to() ?? this.detail.value()?.published?.version;
    const from = this.from() ?? this.sources().find(({ version }) => version !== to)?.version;
    return from === undefined || to === undefined || from === to ? null : { from, to };
  });
  private readonly before = answerOf(workflowVersionSchema, () => this.pathOf(this.pair()?.from), {
    keepOver: false,
  });
  private readonly after = answerOf(workflowVersionSchema, () => this.pathOf(this.pair()?.to), {
    keepOver: false,
  });
  /** Both definitions, once they are there. */
  protected readonly both = computed(() => {
    const [before, after] = [this.before.value(), this.after.value()];
    const was = before ? readDesign(before)?.definition : null;
    const now = after ? readDesign(after)?.definition : null;
    return was && now ? { before: was, after: now } : null;
  });
  protected readonly gone = computed(() => {
    const both = this.both();
    return both ? stepsWithoutPlace(both.before, both.after) : [];
  });
  protected readonly others = computed(() => {
    const both = this.both();
    const gone = new Set(this.gone().map(({ id }) => id));
    return both ? stepsToStandAt(both.before).filter(({ id }) => !gone.has(id)) : [];
  });
  protected readonly targets = computed(() => this.both()?.after.steps ?? []);
  protected readonly facts = computed(() => {
    const both = this.both();
    return both ? factsToGive(both.before, both.after) : [];
  });

  protected readonly chosen = signal<Readonly<Record<StepId, StepId>>>({});
  protected readonly given = signal<Facts>({});
  private readonly wish = computed(() => {
    const [pair, both] = [this.pair(), this.both()];
    if (!pair || !both) return null;
    const known = Object.entries(this.given()).filter(([, value]) => value !== null);
    const mapping = { ...mappingOf(this.chosen(), both.before, both.after) };
    return { ...pair, mapping, facts: Object.fromEntries(known) };
  });

  protected readonly preview = signal<MovePreview | null>(null);
  protected readonly trying = signal(false);
  protected readonly problem = signal<ProblemDetails | null>(null);
  private asked = 0;
  /** Runs that the reader leaves out; all others that can be moved are. */
  protected readonly left = signal<ReadonlySet<string>>(new Set());
  protected readonly movable = computed(() => this.preview()?.runs.filter(({ ok }) => ok) ?? []);
  protected readonly stuck = computed(() => this.preview()?.runs.filter(({ ok }) => !ok) ?? []);
  protected readonly wanted = computed(() =>
    this.movable().filter(({ id }) => !this.left().has(id)),
  );
  /** More run than were tried: the rest is tried when its turn comes. */
  protected readonly untried = computed(() => {
    const preview = this.preview();
    return preview ? preview.total - preview.runs.length : 0;
  });
  /** Also those that were not tried: everything at that version. */
  protected readonly everything = signal(false);
  protected readonly count = computed(() =>
    this.everything() ? (this.preview()?.total ?? 0) : this.wanted().length,
  );

  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  protected readonly busy = signal(false);
  private readonly refused = signal<string | null>(null);
  private command = newCommandKey();
  protected readonly reasonMissing = computed(() => this.tried() && this.reason().trim() === '');
  protected readonly missing = computed(() => {
    if (!this.tried()) return [];
    const refused = this.refused();
    return [
      ...(this.count() === 0 ? [{ field: 'cases', message: this.t('move.noneChosen') }] : []),
      ...(this.reasonMissing() ? [{ field: 'reason', message: this.t('move.reasonMissing') }] : []),
      ...(refused !== null ? [{ field: '', message: refused }] : []),
    ];
  });

  constructor() {
    pageTitle(() => this.t('move.tab', { name: this.detail.value()?.name ?? '' }));
    effect(() => {
      const wish = this.wish();
      if (wish) untracked(() => void this.look(wish));
    });
    effect(() => {
      // Another wish is another intent.
      this.wish();
      this.wanted();
      this.reason();
      this.command = newCommandKey();
    });
  }

  private pathOf(version: number | undefined): string | undefined {
    return version === undefined
      ? undefined
      : this.organisation.api('workflows', this.key(), 'versions', `${version}`);
  }

  private async look(wish: NonNullable<ReturnType<typeof this.wish>>): Promise<void> {
    const mine = (this.asked += 1);
    this.trying.set(true);
    try {
      const preview = await this.api.previewMove(this.key(), wish);
      if (mine !== this.asked) return;
      this.preview.set(preview);
      this.problem.set(null);
    } catch (error) {
      if (mine === this.asked) this.problem.set(problemOf(error));
    } finally {
      if (mine === this.asked) this.trying.set(false);
    }
  }

  protected again(): void {
    const wish = this.wish();
    if (wish) void this.look(wish);
  }

  protected choose(side: 'from' | 'to', event: Event): void {
    this.left.set(new Set());
    this.chosen.set({});
    this.given.set({});
    void this.write({ ...this.pair(), [side]: (event.target as HTMLSelectElement).value });
  }

  protected map(step: StepId, event: Event): void {
    const target = (event.target as HTMLSelectElement).value;
    this.chosen.update(({ [step]: _, ...others }) =>
      target === '' ? others : { ...others, [step]: target },
    );
  }

  protected give(fact: string, value: FactValue): void {
    this.given.update((before) => ({ ...before, [fact]: value }));
  }

  protected take(run: string, event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    this.left.update((before) => {
      const after = new Set(before);
      if (on) after.delete(run);
      else after.add(run);
      return after;
    });
  }

  protected say(event: Event): void {
    this.reason.set((event.target as HTMLTextAreaElement).value);
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    const wish = this.wish();
    if (!wish || this.busy() || this.trying()) return;
    this.refused.set(null);
    this.tried.set(true);
    if (this.missing().length > 0) return;
    this.busy.set(true);
    try {
      const runs = this.everything() ? 'all' : this.wanted().map(({ id }) => id);
      const input = { ...wish, runs, reason: this.reason().trim() } as const;
      const { id } = await this.api.startMove(this.key(), input, this.command);
      await this.router.navigate(this.organisation.page('workflows', this.key(), 'migrations', id));
    } catch (error) {
      this.refused.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
