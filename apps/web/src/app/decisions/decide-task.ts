import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  type OnInit,
  output,
  signal,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { ProblemDetails, Receipt, Task } from '@plumbline/contracts';
import { Button, Chip, DateText, ErrorSummary, type FormProblem, Sheet } from '@plumbline/ui';
import { type DraftSaver, DraftStatus } from '../forms/index.ts';
import {
  ApiProblem,
  CurrentOrganisation,
  newCommandKey,
  problemText,
  words,
} from '../platform/index.ts';
import { ShownFacts } from '../tasks/shown-facts.ts';
import { type Draft, TaskDraft } from '../tasks/task-draft.ts';
import { TasksApi } from '../tasks/tasks-api.ts';
import { Conditions } from './conditions.ts';
import {
  blankDecision,
  type DecisionDraft,
  decisionFrom,
  type DecisionGap,
  decisionOf,
  gapsOf,
} from './decision-draft.ts';
import type file from './decisions.en-GB.json';

/** A decision: what it is about, what must hold, and the answer of one approver. */
@Component({
  selector: 'app-decide-task',
  imports: [
    Button,
    Chip,
    Conditions,
    DateText,
    DraftStatus,
    ErrorSummary,
    RouterLink,
    Sheet,
    ShownFacts,
  ],
  providers: [TaskDraft],
  templateUrl: './decide-task.html',
  styleUrl: './decide-task.scss',
})
export class DecideTask implements OnInit {
  readonly task = input.required<Task>();
  readonly page = input<string | null>(null);
  readonly go = output<string | null>();
  readonly decided = output<Receipt>();
  readonly leave = output();

  protected readonly t = words<typeof file>('decisions');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(TasksApi);
  private readonly drafts = inject(TaskDraft);
  private readonly describe = problemText();
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly draft = signal<DecisionDraft>(blankDecision);
  protected readonly saver = signal<DraftSaver<Draft> | null>(null);
  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly refusal = signal<ProblemDetails | null>(null);
  readonly unsafe = computed(() => this.saver()?.failing() ?? false);
  private key = newCommandKey();

  protected readonly decision = computed(() => this.task().decision);
  protected readonly unmet = computed(() => this.decision()?.gate.filter(({ met }) => !met) ?? []);
  protected readonly met = computed(() => this.decision()?.gate.filter(({ met }) => met) ?? []);
  protected readonly mayDecide = computed(
    () => this.task().status === 'open' && this.task().can.decide,
  );
  protected readonly chosen = computed(() =>
    this.decision()?.outcomes.find(({ key }) => key === this.draft().outcome),
  );
  protected readonly withConditions = computed(
    () => this.chosen()?.effect === 'approve-with-conditions',
  );
  protected readonly checking = computed(
    () => this.page() === 'check' && this.mayDecide() && this.gaps().length === 0,
  );
  private readonly gaps = computed(() => gapsOf(this.draft(), this.chosen()));
  protected readonly refusalText = computed(() => {
    const refusal = this.refusal();
    return refusal && this.describe(refusal);
  });
  /** The separation rule that was applied, when that was the reason. */
  protected readonly rule = computed(() => {
    const rule: unknown = this.refusal()?.['rule'];
    return typeof rule === 'string' ? rule : null;
  });

  ngOnInit(): void {
    if (!this.mayDecide()) return;
    const { saver, found } = this.drafts.open(this.task());
    this.saver.set(saver);
    this.draft.set(decisionFrom(found));
  }

  /** An approving answer is refused while something is not met, or nobody may approve. */
  protected closed(effect: string): boolean {
    const approves = effect === 'approve' || effect === 'approve-with-conditions';
    return approves && (this.unmet().length > 0 || this.decision()?.blocked !== null);
  }

  protected change(part: Partial<DecisionDraft>): void {
    this.key = newCommandKey();
    this.draft.update((draft) => ({ ...draft, ...part }));
    this.saver()?.change({ ...this.draft() });
  }

  protected typed(event: Event): string {
    return (event.target as HTMLTextAreaElement).value;
  }

  protected errorOf(field: string): string | null {
    return this.problems().find((one) => one.field === field)?.message ?? null;
  }

  protected save(): void {
    void this.saver()?.flush();
  }

  protected async comeBack(): Promise<void> {
    await this.saver()?.flush();
    this.leave.emit();
  }

  protected check(): void {
    const gaps = this.gaps();
    this.problems.set(gaps.map((gap) => ({ field: gap.field, message: this.wordsFor(gap) })));
    if (gaps.length === 0) this.open('check');
  }

  /** Goes to the other page and takes focus along. */
  protected open(page: string | null): void {
    this.go.emit(page);
    afterNextRender(
      () => this.host.nativeElement.querySelector<HTMLElement>('[data-page-start]')?.focus(),
      { injector: this.injector },
    );
  }

  protected nameOf(person: string): string {
    return this.task().people.find(({ id }) => id === person)?.name ?? '';
  }

  protected labelOf(outcome: string): string {
    return this.decision()?.outcomes.find(({ key }) => key === outcome)?.label ?? outcome;
  }

  protected async record(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set(null);
    try {
      await this.saver()?.flush();
      const decision = decisionOf(this.draft(), this.withConditions());
      const receipt = await this.api.decide(this.task().id, decision, this.key);
      this.saver()?.finish();
      this.decided.emit(receipt);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      // Closing the password question is a change of mind, not a refusal.
      if (error.details.code !== 'step-up-required') this.refusal.set(error.details);
    } finally {
      this.busy.set(false);
    }
  }

  private wordsFor({ what }: DecisionGap): string {
    return this.t(`missing.${what}`);
  }
}
