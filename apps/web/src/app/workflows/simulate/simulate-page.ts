import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  casesAnswerSchema,
  type SimulateWorkflow,
  simulationsAnswerSchema,
  workflowDetailSchema,
} from '@plumbline/contracts';
import { Button, PageHeader } from '@plumbline/ui';
import type { SavedCase } from '@plumbline/workflow-engine';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemOf,
  problemText,
  queryWriter,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { CaseWords } from './case-words.ts';
import { CasesPanel } from './cases-panel.ts';
import { Player } from './player.ts';
import { casesResultSchema } from './results.ts';
import { SimulationApi } from './simulation-api.ts';
import type file from './simulate.en-GB.json';
import { Trial } from './trial.ts';

const VIEWS = ['cases', 'play'] as const;
type View = (typeof VIEWS)[number];

/** Tries a workflow before it is used: with cases step by step, all at once, and against the past. */
@Component({
  selector: 'app-simulate-page',
  imports: [Button, CasesPanel, Loaded, PageHeader, Player, RouterLink],
  providers: [CaseWords, SimulationApi, Trial],
  templateUrl: './simulate-page.html',
  styleUrl: './simulate-page.scss',
})
export class SimulatePage {
  readonly key = input.required<string>();
  readonly view = input<View, string | undefined>('cases', {
    transform: (text) => VIEWS.find((one) => one === text) ?? 'cases',
  });
  /** What is tried: `draft` or the number of a version. */
  readonly of = input<string>();
  /** The kept case to go through. */
  readonly case = input<string>();
  /** The kept result to look at. */
  readonly result = input<string>();

  protected readonly t = words<typeof file>('simulating');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly trial = inject(Trial);
  private readonly api = inject(SimulationApi);
  private readonly write = queryWriter();
  private readonly inWords = problemText();
  protected readonly views = VIEWS;

  protected readonly detail = answerOf(workflowDetailSchema, () =>
    this.organisation.api('workflows', this.key()),
  );
  protected readonly cases = answerOf(casesAnswerSchema, () => this.api.path(this.key(), 'cases'));
  protected readonly simulations = answerOf(simulationsAnswerSchema, () =>
    this.api.path(this.key(), 'simulations'),
  );
  /** What the address says, if there is such a thing; else the draft, else the version in use. */
  protected readonly wanted = computed((): number | 'draft' | null => {
    const detail = this.detail.value();
    if (!detail) return null;
    const version = detail.versions.find((one) => `${one.version}` === this.of())?.version;
    if (version !== undefined) return version;
    if (detail.draft) return 'draft';
    return detail.published?.version ?? detail.versions[0]?.version ?? null;
  });
  /** The hash of what is tried; null for a draft, whose content is not hashed until it is tried. */
  private readonly hash = computed(() => {
    const wanted = this.wanted();
    return this.detail.value()?.versions.find(({ version }) => version === wanted)?.hash ?? null;
  });
  /** The newest results of cases for what is tried, made on this page or kept before. */
  private readonly latest = signal<string | null>(null);
  protected readonly casesRun = computed(() => {
    const all = this.simulations.value()?.simulations ?? [];
    const done = all.filter(({ kind, state }) => kind === 'cases' && state === 'done');
    const latest = this.latest() ?? this.result();
    return (
      done.find(({ id }) => id === latest) ?? done.find(({ hash }) => hash === this.hash()) ?? null
    );
  });
  protected readonly casesResult = computed(() => {
    const parsed = casesResultSchema.safeParse(this.casesRun()?.result);
    return parsed.success ? parsed.data : null;
  });
  protected readonly openedCase = computed((): SavedCase | null => {
    const found = this.cases.value()?.cases.find(({ id }) => id === this.case());
    return found ? (found.case as SavedCase) : null;
  });
  protected readonly caseNames = computed(() =>
    (this.cases.value()?.cases ?? []).map(({ case: { name } }) => name),
  );
  protected readonly busy = signal(false);
  protected readonly saving = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly done = signal('');

  constructor() {
    pageTitle(() => this.t('tab', { name: this.detail.value()?.name ?? '' }));
    effect(() => {
      const wanted = this.wanted();
      if (wanted !== null) this.trial.choose(this.key(), wanted);
    });
    whenChanged(
      ['workflow-changed'],
      () => {
        this.detail.reload();
        if (this.trial.of() === 'draft' && this.view() !== 'play') this.trial.reload();
      },
      () => this.key(),
    );
    whenChanged(['job-changed'], () => this.simulations.reload());
  }

  /** What was said is about the view that the reader leaves. */
  protected hush(): void {
    this.done.set('');
    this.trouble.set(null);
  }

  protected choose(event: Event): void {
    this.latest.set(null);
    void this.write({ of: (event.target as HTMLSelectElement).value, result: null });
  }

  protected runAll(): Promise<void> {
    return this.simulate({ cases: 'all' });
  }

  private async simulate(what: SimulateWorkflow['try']): Promise<void> {
    const of = this.wanted();
    if (of === null) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      const made = await this.api.simulate(this.key(), { of, try: what });
      const others = this.simulations.value()?.simulations ?? [];
      this.simulations.set({ simulations: [made, ...others] });
      this.latest.set(made.id);
      await this.write({ result: made.id });
      this.done.set(this.t(made.state === 'done' ? 'said.ran' : 'said.waits'));
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }

  protected async keep(cases: readonly SavedCase[]): Promise<void> {
    this.saving.set(true);
    this.trouble.set(null);
    try {
      for (const one of cases) this.cases.set(await this.api.save(this.key(), one));
      this.done.set(this.t.count('said.kept', cases.length));
      if (this.view() === 'play') await this.write({ view: null, case: null });
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
      this.cases.reload();
    } finally {
      this.saving.set(false);
    }
  }

  protected async remove(id: string): Promise<void> {
    this.saving.set(true);
    this.trouble.set(null);
    try {
      this.cases.set(await this.api.remove(this.key(), id));
      this.done.set(this.t('said.removed'));
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
      this.cases.reload();
    } finally {
      this.saving.set(false);
    }
  }
}
