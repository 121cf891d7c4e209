import { computed, type Injector, type Signal, signal, type WritableSignal } from '@angular/core';
import {
  type FieldTree,
  form,
  hidden,
  validate,
  type ValidationError,
} from '@angular/forms/signals';
import type { FactDeclaration, Facts, FactValue, FormDefinition } from '@plumbline/workflow-engine';
import {
  type Answers,
  Asking,
  fieldsOf,
  isAnswered,
  type Section,
  startingAnswers,
} from './answers.ts';
import { type AnswerProblem, problemsOf } from './problems.ts';

/** How far a section is, as the task list says it. */
export type SectionProgress = 'not-started' | 'in-progress' | 'completed';

export interface FormSource {
  readonly form: FormDefinition;
  readonly facts: readonly FactDeclaration[];
  /** Known facts: what conditions look at, and first answers. */
  readonly values: Facts;
  /** The reader's own unfinished answers. */
  readonly draft: Facts | null;
}

interface AnswerError extends ValidationError {
  readonly problem: AnswerProblem;
}

/** A form being filled in: answers, what is asked, what is still wrong. */
export class FormState {
  readonly asking: Asking;
  readonly definition: FormDefinition;
  readonly answers: WritableSignal<Record<string, FactValue>>;
  readonly tree: FieldTree<Record<string, FactValue>>;
  /** The answers as they were at the start, and whether they came from a draft. */
  readonly first: Answers;
  readonly fromDraft: boolean;
  /** Asked sections with their asked questions. */
  readonly sections: Signal<readonly Section[]>;
  /** Everything that stands between the answers and handing them in, in the order of the page. */
  readonly problems: Signal<readonly AnswerProblem[]>;

  constructor(source: FormSource, injector: Injector) {
    this.definition = source.form;
    this.asking = new Asking(source.form, source.facts, source.values);
    this.first = startingAnswers(source.form, source.values, source.draft);
    this.fromDraft = source.draft !== null;
    this.answers = signal<Record<string, FactValue>>(this.first);
    this.sections = computed(() => this.asking.sections(this.answers()));
    const asked = computed(
      () => new Set(this.sections().flatMap(({ fields }) => fields.map(({ key }) => key))),
    );
    const byQuestion = computed(() => {
      const found = new Map<string, AnswerProblem[]>();
      for (const problem of problemsOf(this.asking, this.answers())) {
        const key = problem.path.split('.', 1)[0] ?? '';
        found.set(key, [...(found.get(key) ?? []), problem]);
      }
      return found;
    });
    this.tree = form(
      this.answers,
      (path) => {
        for (const field of fieldsOf(source.form)) {
          const at = path[field.key];
          if (!at) continue;
          hidden(at, { when: () => !asked().has(field.key) });
          validate(at, () =>
            (byQuestion().get(field.key) ?? []).map((problem): AnswerError => ({
              kind: problem.kind,
              problem,
            })),
          );
        }
      },
      { injector },
    );
    this.problems = computed(() =>
      this.sections().flatMap(({ fields }) => fields.flatMap(({ key }) => this.problemsAt(key))),
    );
  }

  /** What is wrong with the answer to one question. */
  problemsAt(key: string): readonly AnswerProblem[] {
    return (this.tree[key]?.().errors() ?? []).flatMap((error) =>
      'problem' in error ? [(error as ValidationError as AnswerError).problem] : [],
    );
  }

  sectionProblems(section: Section): readonly AnswerProblem[] {
    return section.fields.flatMap(({ key }) => this.problemsAt(key));
  }

  progress(section: Section): SectionProgress {
    const answers: Answers = this.answers();
    if (!section.fields.some(({ key }) => isAnswered(answers[key]))) {
      return section.fields.some(({ required }) => required) ? 'not-started' : 'completed';
    }
    return this.sectionProblems(section).length > 0 ? 'in-progress' : 'completed';
  }

  /** The answers of asked questions, tidied. */
  handIn(): Answers {
    return this.asking.handIn(this.answers());
  }
}

/** The id of the control of a question, for labels and for the links of the error summary. */
export function controlId(path: string): string {
  return `q-${path.replaceAll('.', '-')}`;
}
