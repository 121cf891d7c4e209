import { NgTemplateOutlet } from '@angular/common';
import {
  afterRenderEffect,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { PersonRef } from '@plumbline/contracts';
import { Button, Chip, ErrorSummary, type FormProblem, Sheet } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import { type Answers, isAnswered, type Section } from './answers.ts';
import { CheckAnswers } from './check-answers.ts';
import type { DraftSaver } from './draft-saver.ts';
import { DraftStatus } from './draft-status.ts';
import { FormContext } from './form-context.ts';
import { controlId, type FormState } from './form-state.ts';
import type file from './forms.en-GB.json';
import type { AnswerProblem } from './problems.ts';
import { Question } from './question.ts';

/** The page that shows the answers before they are handed in. */
export const CHECK_PAGE = 'check';

/**
 * A form as pages: its questions when it has one section or asks for one page, else a task list with
 * a page per section;
 * then the answers to check, with a way back to each. Which page is shown belongs to the address.
 */
@Component({
  selector: 'app-form-pages',
  imports: [
    Button,
    CheckAnswers,
    Chip,
    DraftStatus,
    ErrorSummary,
    FormField,
    NgTemplateOutlet,
    Question,
    Sheet,
  ],
  providers: [FormContext],
  templateUrl: './form-pages.html',
  styleUrl: './form-pages.scss',
  host: { '(focusout)': 'left.emit()' },
})
export class FormPages {
  readonly state = input.required<FormState>();
  readonly people = input.required<readonly PersonRef[]>();
  /** `null` for the first page, a section's key, or `check`. */
  readonly page = input<string | null>(null);
  readonly submitting = input(false);
  /** Whether answers are kept, so that somebody can go on another time. */
  readonly mayComeBack = input(true);
  /** Where the draft stands. */
  readonly draft = input<Pick<DraftSaver<Answers>, 'state' | 'savedAt'> | null>(null);
  /** What the server would not accept, by field. */
  readonly refused = input<readonly FormProblem[]>([]);

  readonly go = output<string | null>();
  readonly changed = output<Answers>();
  /** Focus has left a control: a good moment to save. */
  readonly left = output();
  readonly comeBack = output();
  readonly submitted = output<Answers>();

  protected readonly t = words<typeof file>('forms');
  protected readonly context = inject(FormContext);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly wanted = signal<string | null>(null);

  protected readonly sections = computed(() => this.state().sections());
  /** By what the form could ask: while somebody answers, it must not turn from a page into a list. */
  protected readonly several = computed(() => {
    const { sections, onePage } = this.state().definition;
    return sections.length > 1 && !onePage;
  });
  protected readonly section = computed((): Section | null => {
    if (!this.several()) return this.sections()[0] ?? null;
    return this.sections().find(({ key }) => key === this.page()) ?? null;
  });
  /** What the page asks: one section, or all of them under their titles. */
  protected readonly asked = computed((): readonly Section[] => {
    const section = this.section();
    return this.several() ? (section ? [section] : []) : this.sections();
  });
  protected readonly shown = computed((): 'list' | 'section' | 'check' => {
    if (this.page() === CHECK_PAGE) return 'check';
    return this.section() ? 'section' : 'list';
  });
  protected readonly at = computed(() => {
    const section = this.section();
    return section ? this.sections().findIndex(({ key }) => key === section.key) : -1;
  });
  protected readonly unfinished = computed(() =>
    this.sections().find((section) => this.state().progress(section) !== 'completed'),
  );
  protected readonly done = computed(
    () =>
      this.sections().filter((section) => this.state().progress(section) === 'completed').length,
  );

  /** Whether somebody has tried to go on from this page; before, nothing is called wrong. */
  protected readonly tried = linkedSignal({ source: this.page, computation: () => false });
  /** The summary shows what was wrong when they tried; it takes focus, so it must not follow typing. */
  protected readonly summary = linkedSignal({
    source: this.refused,
    computation: (refused): readonly FormProblem[] =>
      refused.map(({ field, message }) => ({ field: field && controlId(field), message })),
  });

  constructor() {
    effect(() => this.context.people.set(this.people()));
    effect(() => {
      const state = this.state();
      this.context.state.set(state);
      const known = Object.entries(untracked(state.answers)).filter(([, value]) =>
        isAnswered(value),
      );
      this.context.prefilled.set(new Set(state.fromDraft ? [] : known.map(([key]) => key)));
    });
    effect(() => {
      const answers = this.state().answers();
      if (answers !== this.state().first) untracked(() => this.changed.emit(answers));
    });
    afterRenderEffect(() => {
      const id = this.wanted();
      this.shown();
      if (!id) return;
      const place = this.host.nativeElement.querySelector<HTMLElement>(`[id="${id}"]`);
      if (!place) return;
      place.focus();
      untracked(() => this.wanted.set(null));
    });
  }

  protected problemsAt(key: string): readonly AnswerProblem[] {
    const refused = this.refused()
      .filter(({ field }) => field === key || field.startsWith(`${key}.`))
      .map((one): AnswerProblem => {
        return { path: one.field, kind: 'said', params: { message: one.message } };
      });
    return this.tried() ? [...this.state().problemsAt(key), ...refused] : refused;
  }

  protected open(page: string | null, focus?: string): void {
    this.wanted.set(focus ?? 'form-page');
    this.go.emit(page);
  }

  /** On to the next page, unless something here must be put right first. */
  protected next(): void {
    const problems = this.asked().flatMap((section) => this.state().sectionProblems(section));
    this.tried.set(true);
    this.show(problems);
    if (problems.length > 0) return;
    if (!this.several()) this.open(CHECK_PAGE);
    else this.open(this.sections()[this.at() + 1]?.key ?? null);
  }

  protected submit(): void {
    const problems = this.state().problems();
    this.tried.set(true);
    this.show(problems);
    if (problems.length === 0) this.submitted.emit(this.state().handIn());
  }

  /** Back to the question, from its line on the page of answers. */
  protected change(key: string): void {
    const section = this.sections().find(({ fields }) => fields.some((one) => one.key === key));
    this.open(this.several() ? (section?.key ?? null) : null, controlId(key));
  }

  private show(problems: readonly AnswerProblem[]): void {
    this.summary.set(
      problems.map((one) => ({ field: controlId(one.path), message: this.context.say(one) })),
    );
  }
}
