import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type RunEntry, runMomentSchema, runSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  CurrentOrganisation,
  Live,
  Loaded,
  pageTitle,
  queryWriter,
  whenChanged,
  words,
} from '../platform/index.ts';
import { LiveNote } from './live-note.ts';
import { RunData } from './run-data.ts';
import { RunGraph } from './run-graph.ts';
import { RunHistory } from './run-history.ts';
import { RunOperations } from './run-operations.ts';
import { RunProblems } from './run-problems.ts';
import { RunRepairs } from './run-repairs.ts';
import { RunScrubber } from './run-scrubber.ts';
import { RunSteps } from './run-steps.ts';
import type file from './runs.en-GB.json';
import { runChip } from './step-chips.ts';
import { wideScreen } from './wide-screen.ts';

/**
 * One run: where it stands in a sentence, drawn, as a table and as a history. It follows live; `?at=`
 * shows it as it was after an entry of its history.
 */
@Component({
  selector: 'app-run-page',
  imports: [
    Button,
    Chip,
    DateText,
    LiveNote,
    Loaded,
    PageHeader,
    RouterLink,
    RunData,
    RunGraph,
    RunHistory,
    RunOperations,
    RunProblems,
    RunRepairs,
    RunScrubber,
    RunSteps,
    Sheet,
  ],
  templateUrl: './run-page.html',
  styleUrl: './run-page.scss',
})
export class RunPage {
  readonly id = input.required<string>();
  /** Number of the entry whose moment is shown; none for now. */
  readonly at = input<number | null, string | undefined>(null, {
    transform: (text) => (text && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null),
  });

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly wide = wideScreen();
  protected readonly write = queryWriter();

  protected readonly answer = answerOf(runSchema, () => this.organisation.api('runs', this.id()), {
    keepOver: false,
  });
  protected readonly run = this.answer.value;
  /** The last moment that was read stands until the next one is there. */
  protected readonly past = answerOf(runMomentSchema, () => {
    const at = this.at();
    return at === null ? undefined : this.organisation.api('runs', this.id(), 'at', String(at));
  });
  protected readonly moment = computed(() =>
    this.at() === null ? null : (this.past.value() ?? null),
  );
  protected readonly steps = computed(() => this.moment()?.steps ?? this.run()?.steps ?? []);
  /** The step whose history and data are shown; null for all of them. */
  protected readonly picked = signal<string | null>(null);
  protected readonly heading = computed(() => {
    const run = this.run();
    return run ? `${run.workflow.name}: ${run.aiSystem.name}` : '';
  });
  protected readonly chip = computed(() => {
    const run = this.run();
    return run ? runChip(run) : null;
  });
  protected readonly entries = computed((): readonly RunEntry[] => {
    const step = this.picked();
    const entries = this.run()?.entries ?? [];
    return step ? entries.filter((entry) => entry.step === step) : entries;
  });
  protected readonly pickedName = computed(
    () => this.run()?.steps.find(({ id }) => id === this.picked())?.name ?? null,
  );
  protected readonly waitingFor = computed(() => {
    const run = this.run();
    if (!run || this.moment()) return new Map<string, string>();
    const who = new Map(run.tasks.map((task) => [task.id, task.waitingFor]));
    return new Map(
      run.waits.flatMap(({ step, taskId }): [string, string][] => {
        const name = taskId === null ? undefined : who.get(taskId);
        return name === undefined ? [] : [[step, name]];
      }),
    );
  });
  protected readonly readAt = linkedSignal({ source: this.run, computation: () => Date.now() });
  protected readonly mayOperate = computed(() => this.organisation.can('update', 'Run'));

  constructor() {
    pageTitle(() => this.heading());
    whenChanged(
      ['run-changed'],
      () => this.answer.reload(),
      () => this.id(),
    );
    // What happened while the connection was away was not told.
    const live = inject(Live);
    let away = false;
    effect(() => {
      const state = live.state();
      if (state === 'live' && away) this.answer.reload();
      away = state === 'reconnecting';
    });
  }

  /** Shows the run as it was after an entry; null goes back to now. */
  protected go(at: number | null): void {
    void this.write({ at });
  }
}
