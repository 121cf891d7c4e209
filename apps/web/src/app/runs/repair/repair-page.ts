import { Component, computed, inject, input, signal, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  membersSchema,
  type RepairActionInput,
  type RepairPreview,
  repairPreviewSchema,
  repairSchema,
  runSchema,
  workflowVersionSchema,
} from '@plumbline/contracts';
import { Button, Chip, FieldFrame, PageHeader, Sheet, Snackbar } from '@plumbline/ui';
import { parseDefinition } from '@plumbline/workflow-engine';
import {
  answerOf,
  Api,
  CurrentOrganisation,
  Loaded,
  newCommandKey,
  pageTitle,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { attempts } from '../attempts.ts';
import type file from '../runs.en-GB.json';
import { ChangeData } from './change-data.ts';
import { factQuestions } from './fact-questions.ts';
import {
  actionOf,
  REPAIRS,
  type RepairChoice,
  type RepairKind,
  restartable,
  skippable,
  waitInWords,
} from './repair-choice.ts';

/** What was looked at: the action, what it would do, and the run that it was looked at on. */
interface Looked {
  readonly action: RepairActionInput;
  readonly version: number;
  readonly preview: RepairPreview;
  readonly key: string;
}

const NOTHING: RepairChoice = { kind: null, key: '', to: '' };

/**
 * Repair mode of a run: what to do, what that would do, and why. It is done at once, or asked for
 * where a second person must confirm it.
 */
@Component({
  selector: 'app-repair-page',
  imports: [Button, ChangeData, Chip, FieldFrame, Loaded, PageHeader, RouterLink, Sheet],
  templateUrl: './repair-page.html',
  styleUrl: './repair-page.scss',
})
export class RepairPage {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly snackbar = inject(Snackbar);
  protected readonly trying = attempts();
  protected readonly repairs = REPAIRS;
  protected readonly waitInWords = waitInWords;
  private readonly changes = viewChild(ChangeData);

  protected readonly answer = answerOf(runSchema, () => this.organisation.api('runs', this.id()), {
    keepOver: false,
  });
  protected readonly run = this.answer.value;
  protected readonly heading = computed(() => {
    const run = this.run();
    return run ? this.t('repair.title', { run: `${run.workflow.name}: ${run.aiSystem.name}` }) : '';
  });
  protected readonly may = computed(() => this.organisation.can('update', 'Run'));
  protected readonly choice = signal<RepairChoice>(NOTHING);
  protected readonly waits = computed(() => {
    const run = this.run();
    return run ? skippable(run) : [];
  });
  protected readonly tokens = computed(() => {
    const run = this.run();
    if (!run) return [];
    return this.choice().kind === 'retry' ? restartable(run) : run.tokens;
  });
  /** The values can be changed only by their declarations, which the version of the run holds. */
  protected readonly version = answerOf(workflowVersionSchema, () => {
    const run = this.run();
    if (!run || this.choice().kind !== 'set-facts') return undefined;
    const { key, version } = run.workflow;
    return this.organisation.api('workflows', key, 'versions', String(version));
  });
  protected readonly definition = computed(() => {
    const version = this.version.value();
    return version ? (parseDefinition(version.definition).definition ?? null) : null;
  });
  protected readonly questions = computed(() => {
    const definition = this.definition();
    return definition ? factQuestions(definition) : [];
  });
  protected readonly known = computed(
    () => new Map((this.run()?.facts ?? []).map(({ name, value }) => [name, value])),
  );
  private readonly members = answerOf(membersSchema, () =>
    this.choice().kind === 'set-facts' ? this.organisation.api('members') : undefined,
  );
  protected readonly people = computed(() =>
    (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person),
  );
  protected readonly looked = signal<Looked | null>(null);
  protected readonly reason = signal('');

  constructor() {
    pageTitle(() => this.heading());
    whenChanged(
      ['run-changed'],
      () => this.answer.reload(),
      () => this.id(),
    );
  }

  protected valueOf(event: Event): string {
    return (event.target as HTMLSelectElement | HTMLTextAreaElement).value;
  }

  /** What was looked at is not what is chosen any more. */
  protected forgetLook(): void {
    this.looked.set(null);
    this.trying.clear();
  }

  protected chooseKind(kind: RepairKind): void {
    this.choice.set({ ...NOTHING, kind });
    this.forgetLook();
  }

  protected choose(patch: Partial<RepairChoice>): void {
    this.choice.update((choice) => ({ ...choice, ...patch }));
    this.forgetLook();
  }

  /** Asks what the repair would do; nothing is changed. */
  protected async look(event: Event): Promise<void> {
    event.preventDefault();
    const version = this.run()?.version;
    const facts = this.choice().kind === 'set-facts' ? (this.changes()?.check() ?? null) : null;
    const action = actionOf(this.choice(), facts);
    if (!action || version === undefined) {
      this.trying.refuse(this.t('repair.incomplete'));
      return;
    }
    await this.trying.run(async () => {
      const path = this.organisation.api('runs', this.id(), 'repairs', 'preview');
      const preview = await this.api.post(path, { action }, { answer: repairPreviewSchema });
      this.looked.set({ action, version, preview, key: newCommandKey() });
    });
  }

  protected async carryOut(event: Event, { action, version, key }: Looked): Promise<void> {
    event.preventDefault();
    const reason = this.reason().trim();
    if (!reason) {
      this.trying.refuse(this.t('sayWhy'));
      return;
    }
    const done = await this.trying.run(async () => {
      const path = this.organisation.api('runs', this.id(), 'repairs');
      const body = { action, reason, version };
      const { status } = await this.api.post(path, body, { answer: repairSchema, key });
      this.snackbar.show(this.t(status === 'done' ? 'repair.isDone' : 'repair.isAsked'));
    });
    if (done) await this.router.navigate(this.organisation.page('runs', this.id()));
    else this.answer.reload();
  }
}
