import {
  Component,
  computed,
  effect,
  inject,
  Injector,
  input,
  signal,
  untracked,
} from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router, RouterLink } from '@angular/router';
import { type AiSystem, aiSystemSchema, membersSchema, type PersonRef } from '@plumbline/contracts';
import { Button, ErrorSummary, type FormProblem, PageHeader, Sheet } from '@plumbline/ui';
import type { Facts, FactValue } from '@plumbline/workflow-engine';
import { answerText } from '../../forms/answer-text.ts';
import { FormContext } from '../../forms/form-context.ts';
import { controlId, FormState } from '../../forms/form-state.ts';
import type { AnswerProblem } from '../../forms/problems.ts';
import { Question } from '../../forms/question.ts';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemText,
  words,
} from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';
import { changesBetween, heldBy, peopleOf, registerFields, registerForm } from './field-form.ts';
import { type Clash, merge } from './merge.ts';

/** Changes what the register holds; when somebody else was faster, both versions are shown. */
@Component({
  selector: 'app-edit-ai-system',
  imports: [Button, ErrorSummary, FormField, Loaded, PageHeader, Question, RouterLink, Sheet],
  providers: [FormContext],
  templateUrl: './edit-ai-system.html',
  styleUrl: './edit-ai-system.scss',
})
export class EditAiSystem {
  readonly id = input.required<string>();

  protected readonly t = words<typeof file>('aiSystem');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly describe = problemText();
  private readonly context = inject(FormContext);
  private readonly injector = inject(Injector);

  protected readonly answer = answerOf(aiSystemSchema, () => this.path(), { keepOver: false });
  private readonly members = answerOf(membersSchema, () =>
    this.organisation.can('read', 'Member') ? this.organisation.api('members') : undefined,
  );
  protected readonly fields = registerFields;
  protected readonly state = signal<FormState | null>(null);
  /** What was opened: what this person's changes are measured against. */
  protected readonly opened = signal<AiSystem | null>(null);
  protected readonly clashes = signal<readonly Clash[]>([]);
  protected readonly choices = signal<Readonly<Record<string, 'mine' | 'theirs'>>>({});
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly refused = signal<readonly FormProblem[]>([]);
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  protected readonly people = computed((): readonly PersonRef[] => {
    const members = (this.members.value()?.members ?? [])
      .filter(({ status }) => status === 'active')
      .map(({ person }) => person);
    const opened = this.opened();
    const named = opened ? peopleOf(opened) : [];
    return [...members, ...named.filter(({ id }) => !members.some((one) => one.id === id))];
  });

  constructor() {
    pageTitle(() => this.opened()?.name);
    effect(() => this.context.people.set(this.people()));
    effect(() => {
      const system = this.answer.value();
      if (system && !untracked(this.opened)) untracked(() => this.start(system, heldBy(system)));
    });
  }

  protected problemsAt(key: string): readonly AnswerProblem[] {
    return this.refused()
      .filter(({ field }) => field === key)
      .map(({ message }) => ({ path: key, kind: 'said', params: { message } }));
  }

  protected choose(key: string, choice: 'mine' | 'theirs'): void {
    this.choices.update((choices) => ({ ...choices, [key]: choice }));
  }

  protected textOf(key: string, value: FactValue): string {
    const field = registerFields.find((one) => one.key === key);
    const names = {
      ...{ people: this.people(), evidence: [], yes: '', no: '', unsure: '' },
      gone: this.t('gone'),
    };
    return (field && answerText(field, value, names).join(', ')) || this.t('notKnown');
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const [opened, state] = [this.opened(), this.state()];
    if (!opened || !state || this.busy() || !this.settled()) return;
    const changes = changesBetween(heldBy(opened), state.answers());
    if (Object.keys(changes).length === 0) return this.leave();
    this.busy.set(true);
    this.trouble.set(null);
    this.refused.set([]);
    try {
      await this.api.patch(this.path(), changes, {
        answer: aiSystemSchema,
        version: opened.version,
      });
      await this.leave();
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.details.code === 'stale-version') await this.compare(opened, state.answers());
      else this.show(error);
    } finally {
      this.busy.set(false);
    }
  }

  private path(): string {
    return this.organisation.api('ai-systems', this.id());
  }

  private async leave(): Promise<void> {
    await this.router.navigate(this.organisation.page('ai-systems', this.id()));
  }

  private start(system: AiSystem, answers: Facts): void {
    this.opened.set(system);
    const form = registerForm(this.t('part.about'));
    const source = { form, facts: [], values: answers, draft: answers };
    this.state.set(new FormState(source, this.injector));
  }

  /** Reads the newest version and lays both side by side; nothing that was written is lost. */
  private async compare(opened: AiSystem, mine: Facts): Promise<void> {
    const now = await this.api.get(this.path(), aiSystemSchema);
    const { merged, clashes } = merge(heldBy(opened), mine, heldBy(now));
    this.start(now, merged);
    this.clashes.set(clashes);
    this.choices.set({});
    this.trouble.set(this.t(clashes.length > 0 ? 'clash' : 'merged'));
  }

  /** Every clash has an answer; theirs are put in the place of what was written here. */
  private settled(): boolean {
    const open = this.clashes().filter(({ key }) => !this.choices()[key]);
    this.problems.set(
      open.map(({ key }) => ({
        field: `clash-${key}`,
        message: this.t('clashOpen', { field: this.t.of('field', key) }),
      })),
    );
    if (open.length > 0) return false;
    const theirs = this.clashes().filter(({ key }) => this.choices()[key] === 'theirs');
    this.state()?.answers.update((answers) => ({
      ...answers,
      ...Object.fromEntries(theirs.map((clash) => [clash.key, clash.theirs])),
    }));
    this.clashes.set([]);
    return true;
  }

  private show(error: ApiProblem): void {
    const { problems } = error.details;
    this.refused.set(problems ?? []);
    if (!problems) this.trouble.set(this.describe(error.details));
    this.problems.set(
      (problems ?? []).map(({ field, message }) => ({ field: controlId(field), message })),
    );
  }
}
