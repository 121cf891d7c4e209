import {
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import type { PersonRef } from '@plumbline/contracts';
import { Button } from '@plumbline/ui';
import type { FactDeclaration, FactValue, FormDefinition } from '@plumbline/workflow-engine';
import {
  type AnswerProblem,
  Asking,
  FormContext,
  problemsOf,
  Question,
} from '../../forms/index.ts';
import { words } from '../../platform/index.ts';
import type file from '../runs.en-GB.json';
import type { FactQuestion } from './fact-questions.ts';

/** Chooses values of a run to change, and asks for the new ones. Nothing is filled in beforehand. */
@Component({
  selector: 'app-change-data',
  imports: [Button, Question],
  providers: [FormContext],
  template: `
    @for (one of asked(); track one.name) {
      <div class="stack-tight one">
        <p class="hint">
          {{ t('facts.now', { value: now().get(one.name) ?? t('facts.unknown') }) }}
        </p>
        @if (forgotten().has(one.name)) {
          <p>
            <strong>{{ one.field.label }}</strong>
          </p>
        } @else {
          <app-question
            [question]="one.field"
            [path]="one.name"
            [problems]="problemsAt(one.name)"
            [value]="values()[one.name] ?? null"
            (valueChange)="set(one.name, $event)"
          />
        }
        <div class="row">
          <label class="forget">
            <input
              type="checkbox"
              [checked]="forgotten().has(one.name)"
              (change)="forget(one.name)"
            />
            {{ t('facts.forget') }}
          </label>
          <button uiButton look="plain" type="button" (click)="leave(one.name)">
            {{ t('facts.leave') }}<span class="visually-hidden"> {{ one.field.label }}</span>
          </button>
        </div>
      </div>
    }
    @if (left().length > 0) {
      <label [attr.for]="'fact-add'">{{
        t(asked().length > 0 ? 'facts.another' : 'facts.which')
      }}</label>
      <select id="fact-add" (change)="add($event)">
        <option value="">{{ t('choose') }}</option>
        @for (one of left(); track one.name) {
          <option [value]="one.name">{{ one.field.label }}</option>
        }
      </select>
    }
    <p class="hint">{{ t('facts.elsewhere') }}</p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
    }
    label {
      font-weight: 600;
    }
    .one {
      padding-block-end: var(--s-3);
      border-block-end: 1px solid var(--c-hair);
    }
    .forget {
      display: inline-flex;
      gap: var(--s-2);
      font-weight: 400;
    }
  `,
})
export class ChangeData {
  readonly questions = input.required<readonly FactQuestion[]>();
  readonly declarations = input.required<readonly FactDeclaration[]>();
  readonly people = input.required<readonly PersonRef[]>();
  /** What is known now, in words, by name. */
  readonly now = input.required<ReadonlyMap<string, string>>();
  /** Something was chosen or answered. */
  readonly changed = output();

  protected readonly t = words<typeof file>('runs');
  private readonly context = inject(FormContext);
  private readonly chosen = signal<readonly string[]>([]);
  protected readonly forgotten = signal<ReadonlySet<string>>(new Set());
  protected readonly values = signal<Readonly<Record<string, FactValue>>>({});
  private readonly tried = signal(false);
  protected readonly asked = computed(() =>
    this.chosen().flatMap((name) => this.questions().filter((one) => one.name === name)),
  );
  protected readonly left = computed(() =>
    this.questions().filter(({ name }) => !this.chosen().includes(name)),
  );
  private readonly asking = computed(() => {
    const fields = this.asked()
      .filter(({ name }) => !this.forgotten().has(name))
      .map(({ field }) => field);
    const form: FormDefinition = { sections: [{ key: 'facts', title: '', fields }] };
    return new Asking(form, this.declarations(), {});
  });
  private readonly problems = computed(() => problemsOf(this.asking(), this.values()));

  constructor() {
    effect(() => {
      const people = this.people();
      untracked(() => this.context.people.set(people));
    });
  }

  /** The new values, tidied; null while something is missing or wrong, which is then said. */
  check(): Readonly<Record<string, FactValue>> | null {
    this.tried.set(true);
    if (this.asked().length === 0 || this.problems().length > 0) return null;
    const gone = [...this.forgotten()].map((name): [string, FactValue] => [name, null]);
    return { ...this.asking().handIn(this.values()), ...Object.fromEntries(gone) };
  }

  protected problemsAt(name: string): readonly AnswerProblem[] {
    return this.tried() ? this.problems().filter(({ path }) => path.split('.', 1)[0] === name) : [];
  }

  protected set(name: string, value: FactValue): void {
    this.values.update((values) => ({ ...values, [name]: value }));
    this.changed.emit();
  }

  protected add(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const name = select.value;
    if (name) this.chosen.update((names) => [...names, name]);
    select.value = '';
    this.tried.set(false);
    this.changed.emit();
  }

  protected leave(name: string): void {
    this.chosen.update((names) => names.filter((one) => one !== name));
    if (this.forgotten().has(name)) this.forget(name);
    this.changed.emit();
  }

  protected forget(name: string): void {
    this.forgotten.update((names) => {
      const next = new Set(names);
      if (!next.delete(name)) next.add(name);
      return next;
    });
    this.changed.emit();
  }
}
