import { Component, computed, inject, input, signal, type WritableSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { type RunEntry, runSchema } from '@plumbline/contracts';
import { Button, Chip, DateText, FactsList, PageHeader, Sheet, TableFrame } from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Live,
  Loaded,
  pageTitle,
  problemText,
  whenChanged,
  words,
} from '../platform/index.ts';
import { RunGraph } from './run-graph.ts';
import { RunTimeline } from './run-timeline.ts';
import type file from './runs.en-GB.json';
import { wideScreen } from './wide-screen.ts';

/** One run: where it stands in a sentence, drawn, as a table and as a history; it follows live. */
@Component({
  selector: 'app-run-page',
  imports: [
    Button,
    Chip,
    DateText,
    FactsList,
    Loaded,
    PageHeader,
    RouterLink,
    RunGraph,
    RunTimeline,
    Sheet,
    TableFrame,
  ],
  templateUrl: './run-page.html',
  styleUrl: './run-page.scss',
})
export class RunPage {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly live = inject(Live);
  protected readonly wide = wideScreen();
  private readonly api = inject(Api);
  private readonly describe = problemText();

  protected readonly answer = answerOf(runSchema, () => this.organisation.api('runs', this.id()), {
    keepOver: false,
  });
  protected readonly run = this.answer.value;
  protected readonly picked = signal<string | null>(null);
  protected readonly heading = computed(() => {
    const run = this.run();
    return run ? `${run.workflow.name}: ${run.aiSystem.name}` : '';
  });
  /** The history of the step that is picked on the canvas, or all of it. */
  protected readonly entries = computed((): readonly RunEntry[] => {
    const step = this.picked();
    const entries = this.run()?.entries ?? [];
    return step ? entries.filter((entry) => entry.step === step) : entries;
  });
  protected readonly pickedName = computed(
    () => this.run()?.steps.find(({ id }) => id === this.picked())?.name ?? null,
  );
  protected readonly reason = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly stuckTrouble = signal<string | null>(null);

  constructor() {
    pageTitle(() => this.heading());
    whenChanged(['run-changed', 'task-changed'], () => this.answer.reload());
  }

  protected typed(event: Event): string {
    return (event.target as HTMLTextAreaElement).value;
  }

  protected async cancel(): Promise<void> {
    const reason = this.reason().trim();
    if (reason) await this.command('cancel', { reason }, this.trouble);
    else this.trouble.set(this.t('cancel.sayWhy'));
  }

  /** Takes up what was set aside; what fails again is shown again. */
  protected async retry(): Promise<void> {
    await this.command('retry', {}, this.stuckTrouble);
  }

  private async command(
    name: 'cancel' | 'retry',
    body: object,
    trouble: WritableSignal<string | null>,
  ): Promise<void> {
    this.busy.set(true);
    trouble.set(null);
    try {
      const path = this.organisation.api('runs', this.id(), name);
      this.answer.set(await this.api.post(path, body, { answer: runSchema }));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      trouble.set(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }
}
