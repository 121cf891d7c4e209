import { Component, computed, inject, Injector, input, output, signal } from '@angular/core';
import { Button, Chip, DateText, FieldFrame } from '@plumbline/ui';
import {
  afterMark,
  type CaseStep,
  type Facts,
  type FormDefinition,
  type Waiting,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { EvidenceShelf, FormPages, FormState } from '../../forms/index.ts';
import { words } from '../../platform/index.ts';
import { CaseWords } from './case-words.ts';
import { MadeUpShelf } from './made-up-shelf.ts';
import type file from './simulate.en-GB.json';

/** People who exist in simulations only, for questions about people. */
const PEOPLE = [1, 2, 3].map((nth) => ({ id: `person-${nth}`, name: `Person ${nth}` }));
/** Several people of one role, so that separation of duties can be tried. */
const OF_ROLE = [1, 2, 3] as const;

/** One thing that can happen next in a simulation, and how to let it happen. */
@Component({
  selector: 'app-waiting-card',
  imports: [Button, Chip, DateText, FieldFrame, FormPages],
  providers: [{ provide: EvidenceShelf, useClass: MadeUpShelf }],
  templateUrl: './waiting-card.html',
  styleUrl: './waiting-card.scss',
})
export class WaitingCard {
  readonly waiting = input.required<Waiting>();
  /** The workflow that it belongs to. */
  readonly definition = input.required<WorkflowDefinition>();
  /** It belongs to a workflow that was called, not to the one that is tried. */
  readonly called = input(false);
  readonly done = output<CaseStep>();

  protected readonly t = words<typeof file>('simulating');
  protected readonly say = inject(CaseWords);
  private readonly injector = inject(Injector);
  protected readonly people = PEOPLE;
  protected readonly role = signal<string | null>(null);
  protected readonly person = signal('');
  protected readonly outcome = signal('');
  protected readonly reason = signal('');
  protected readonly tried = signal(false);
  /** The form is open for filling in. */
  protected readonly form = signal<FormState | null>(null);
  protected readonly page = signal<string | null>(null);
  protected readonly id = computed(() => this.waiting().key.replaceAll(/[^\w-]/g, '-'));

  protected readonly roles = computed(() => {
    const waiting = this.waiting();
    return 'roles' in waiting ? waiting.roles : [];
  });
  protected readonly acting = computed(() => {
    const role = this.role();
    return role !== null && this.roles().includes(role) ? role : (this.roles()[0] ?? '');
  });
  protected readonly persons = computed(() => OF_ROLE.map((nth) => `${this.acting()}#${nth}`));
  /** The questions of the form; null when there are none to answer. */
  protected readonly asked = computed((): FormDefinition | null => {
    const { step } = this.waiting();
    const found = this.definition().steps.find(({ id }) => id === step);
    if (found?.type !== 'form' && found?.type !== 'task') return null;
    return found.form.sections.some(({ fields }) => fields.length > 0) ? found.form : null;
  });
  private readonly item = computed(() => {
    const waiting = this.waiting();
    const item = 'task' in waiting && waiting.task.item ? afterMark(waiting.key, '.') : null;
    return item === null ? {} : { item: Number(item) };
  });

  protected sendBackTargets(): readonly { readonly id: string; readonly name: string }[] {
    const waiting = this.waiting();
    if (waiting.kind !== 'form') return [];
    const { steps } = this.definition();
    return waiting.sendBackTo.map((id) => ({
      id,
      name: steps.find((step) => step.id === id)?.name ?? id,
    }));
  }

  protected nth(person: string): string {
    return this.t('who.nth', { role: this.say.role(this.acting()), nth: person.split('#')[1] });
  }

  protected chooseRole(event: Event): void {
    this.role.set((event.target as HTMLSelectElement).value);
    this.person.set('');
  }

  protected open(): void {
    const waiting = this.waiting();
    const form = this.asked();
    if (waiting.kind !== 'form' || !form) return;
    const { facts } = this.definition();
    this.page.set(null);
    this.form.set(
      new FormState({ form, facts, values: waiting.facts, draft: null }, this.injector),
    );
  }

  protected hand(answers: Facts): void {
    this.form.set(null);
    this.done.emit({ ...this.who(), answers });
  }

  protected finish(): void {
    this.done.emit(this.who());
  }

  protected decide(event: Event): void {
    event.preventDefault();
    this.tried.set(true);
    const outcome = this.outcome();
    if (outcome === '') return;
    const reason = this.reason().trim();
    this.done.emit({ ...this.who(), outcome, ...(reason !== '' && { reason }) });
  }

  protected sendBack(event: Event): void {
    const sendBackTo = (event.target as HTMLSelectElement).value;
    if (sendBackTo !== '') this.done.emit({ ...this.who(), sendBackTo });
  }

  protected hold(action: 'hold' | 'continue'): void {
    this.done.emit({ ...this.who(), action });
  }

  protected endChild(outcome: string): void {
    const waiting = this.waiting();
    if (outcome.trim() === '') return;
    const item = afterMark(waiting.key, '.');
    this.done.emit({
      ...{ child: waiting.step, outcome: outcome.trim() },
      ...(item !== null && { item: Number(item) }),
    });
  }

  protected text(event: Event): string {
    return (event.target as HTMLInputElement | HTMLTextAreaElement).value;
  }

  private who(): Extract<CaseStep, { step: string }> {
    const person = this.person();
    return {
      ...{ step: this.waiting().step, by: this.acting(), ...this.item() },
      ...(person !== '' && { person }),
    };
  }
}
