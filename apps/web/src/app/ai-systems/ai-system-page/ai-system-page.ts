import { Component, computed, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  aiSystemSchema,
  gateAnswerSchema,
  runSchema,
  type TaskRow,
  tasksSchema,
} from '@plumbline/contracts';
import { Button, Chip, DateText, LifecycleRail, PageHeader, Sheet } from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  whenChanged,
  withQuery,
  words,
} from '../../platform/index.ts';
import { GATE_CHIPS, STAGE_CHIPS } from '../register-chips.ts';
import type file from './ai-system-page.en-GB.json';
import { lifeOf } from './life.ts';
import { nextMove } from './next-move.ts';
import { SystemDecisions } from './system-decisions.ts';
import { SystemEvidence } from './system-evidence.ts';
import { SystemFacts } from './system-facts.ts';
import { SystemMonitors } from './system-monitors.ts';
import { SystemRisks } from './system-risks.ts';
import { SystemRuns } from './system-runs.ts';

/** The whole of one AI system on one page: where it stands, what is next, and the proof of it. */
@Component({
  selector: 'app-ai-system-page',
  imports: [
    Button,
    Chip,
    DateText,
    LifecycleRail,
    Loaded,
    PageHeader,
    RouterLink,
    Sheet,
    SystemDecisions,
    SystemEvidence,
    SystemFacts,
    SystemMonitors,
    SystemRisks,
    SystemRuns,
  ],
  templateUrl: './ai-system-page.html',
  styleUrl: './ai-system-page.scss',
})
export class AiSystemPage {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly describe = problemText();
  protected readonly stageChips = STAGE_CHIPS;
  protected readonly gateChips = GATE_CHIPS;

  protected readonly answer = answerOf(
    aiSystemSchema,
    () => this.organisation.api('ai-systems', this.id()),
    { keepOver: false },
  );
  protected readonly system = this.answer.value;
  protected readonly gate = answerOf(
    gateAnswerSchema,
    () =>
      this.organisation.can('read', 'AiSystem')
        ? this.organisation.api('ai-systems', this.id(), 'gate')
        : undefined,
    { keepOver: false },
  );
  private readonly mine = this.tasks('your-turn');
  private readonly others = this.tasks('waiting');
  /** Open work about this system, the reader's own first. */
  protected readonly open = computed((): readonly TaskRow[] => {
    const mine = this.mine.value()?.items ?? [];
    const ids = new Set(mine.map(({ id }) => id));
    return [...mine, ...(this.others.value()?.items ?? []).filter(({ id }) => !ids.has(id))];
  });
  protected readonly life = computed(() => {
    const system = this.system();
    return system ? lifeOf(system).map((at) => ({ ...at, label: this.t(`life.${at.key}`) })) : [];
  });
  protected readonly move = computed(() => {
    const system = this.system();
    return (
      system &&
      nextMove(system, this.open(), {
        edit: this.organisation.can('update', 'AiSystem'),
        start: this.organisation.can('create', 'Run'),
      })
    );
  });
  protected readonly sections = computed(() => [
    'gate' as const,
    'risks' as const,
    ...(this.organisation.can('read', 'Monitor') ? (['monitors'] as const) : []),
    ...(this.organisation.can('read', 'Decision') ? (['decisions'] as const) : []),
    'evidence' as const,
    ...(this.organisation.can('read', 'Run') ? (['runs'] as const) : []),
    'about' as const,
  ]);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly printedAt = new Date().toISOString();
  protected readonly address = location.href;

  constructor() {
    pageTitle(() => this.system()?.name);
    whenChanged(['system-changed', 'run-changed', 'task-changed'], () => this.reload());
  }

  /** Starts a review; its first task may well be somebody else's. */
  protected async startReview(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.trouble.set(null);
    try {
      const body = { workflow: 'WF-REVIEW', aiSystemId: this.id() };
      const { id } = await this.api.post(this.organisation.api('runs'), body, {
        answer: runSchema,
      });
      await this.router.navigate(this.organisation.page('runs', id));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.trouble.set(this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }

  protected print(): void {
    window.print();
  }

  private reload(): void {
    for (const answer of [this.answer, this.gate, this.mine, this.others]) answer.reload();
  }

  private tasks(view: 'your-turn' | 'waiting') {
    return answerOf(tasksSchema, () =>
      withQuery(this.organisation.api('tasks'), { view, aiSystem: this.id() }),
    );
  }
}
