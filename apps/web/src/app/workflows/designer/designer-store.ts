import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { dictionaryOf, type StepId } from '@plumbline/workflow-engine';
import type { Layered } from '../../canvas/layered.ts';
import { words } from '../../platform/index.ts';
import { copySteps, pasteSteps, readClip } from '../model/clipboard.ts';
import { drawingOf, sameShape, type Shape, shapeOf } from '../model/design-layout.ts';
import { type Command, type Design, type Said, stepOf } from '../model/design.ts';
import { withFactsOf } from '../model/facts.ts';
import { type History, record, redo, startOf, undo } from '../model/history.ts';
import { outlineOf } from '../model/outline.ts';
import { removeSteps } from '../model/remove-step.ts';
import { findSteps } from '../model/search.ts';
import type { StarterWords, Verb } from '../model/verbs.ts';
import { VERBS } from '../model/verbs.ts';
import type file from '../workflows.en-GB.json';
import { Checker } from './checker.ts';

const nowhere: Layered = { places: new Map(), through: new Map() };

/** The design being edited: what it is, what is chosen in it, what was said about the last edit. */
@Injectable()
export class DesignerStore {
  private readonly t = words<typeof file>('workflows');
  readonly checker = inject(Checker);
  private readonly history = signal<History | null>(null);
  private readonly text = signal('');

  readonly design = computed(() => this.history()?.present ?? null);
  readonly definition = computed(() => this.design()?.definition ?? null);
  readonly dictionary = computed(() => dictionaryOf(this.definition()?.facts ?? []));
  readonly canUndo = computed(() => !this.readOnly() && (this.history()?.past.length ?? 0) > 0);
  readonly canRedo = computed(() => !this.readOnly() && (this.history()?.future.length ?? 0) > 0);
  /** Somebody else edits, or the version is published: looking only. */
  readonly readOnly = signal(false);
  /** The step that the inspector shows and commands act on. */
  readonly selected = signal<StepId | null>(null);
  /** All chosen steps; the selected one is among them. */
  readonly marked = signal<readonly StepId[]>([]);
  /** For the live region: what the last edit did. */
  readonly said = this.text.asReadonly();
  readonly search = signal('');

  readonly step = computed(() => {
    const design = this.design();
    const id = this.selected();
    return design && id !== null ? (stepOf(design, id) ?? null) : null;
  });
  readonly outline = computed(() => {
    const design = this.design();
    return design ? outlineOf(design) : [];
  });
  private readonly shape = computed(
    (): Shape | null => {
      const design = this.design();
      return design && shapeOf(design);
    },
    { equal: (a, b) => a === b || (a !== null && b !== null && sameShape(a, b)) },
  );
  /** Where the steps stand on the canvas. */
  readonly drawing = computed(() => {
    const shape = this.shape();
    return shape ? drawingOf(shape) : nowhere;
  });
  readonly found = computed(() => {
    const definition = this.definition();
    return new Set(definition ? findSteps(definition, this.search()) : []);
  });

  constructor() {
    effect(() => {
      const definition = this.definition();
      if (definition) untracked(() => this.checker.look(definition));
    });
  }

  /** Starts on a design, with nothing to undo. */
  open(design: Design): void {
    this.history.set(startOf(design));
    const start = stepOf(design, design.definition.start)?.id ?? null;
    if (!this.step()) this.select(start);
  }

  /** Carries an edit out and says what it did. `field` joins typing into one edit. */
  run(command: Command, field: string | null = null): void {
    const history = this.history();
    if (!history || this.readOnly()) return;
    const { present } = history;
    const edit = command(present);
    const design = withFactsOf(present, edit.design);
    this.history.set(record(history, { design, said: edit.said }, Date.now(), field));
    if (edit.select !== undefined) this.select(edit.select);
    if (field === null) this.say(edit.said);
  }

  undo(): void {
    const history = this.history();
    const back = history && !this.readOnly() ? undo(history) : null;
    if (!back) {
      this.tell(this.t('said.nothingToUndo'));
      return;
    }
    this.history.set(back.history);
    this.keepSelection();
    this.tell(this.t('said.undone', { what: this.inWords(back.undone) }));
  }

  redo(): void {
    const history = this.history();
    const forth = history && !this.readOnly() ? redo(history) : null;
    if (!forth) {
      this.tell(this.t('said.nothingToRedo'));
      return;
    }
    this.history.set(forth.history);
    this.keepSelection();
    this.tell(this.t('said.redone', { what: this.inWords(forth.redone) }));
  }

  select(id: StepId | null): void {
    this.selected.set(id);
    this.marked.set(id === null ? [] : [id]);
  }

  /** Chooses several; the last is the one to look at. */
  mark(ids: readonly StepId[]): void {
    this.marked.set(ids);
    this.selected.set(ids.at(-1) ?? null);
  }

  remove(): void {
    const ids = this.marked();
    if (ids.length === 0) return;
    const order = this.outline().map(({ step }) => step.id);
    const at = order.indexOf(ids[0] ?? '');
    this.run(removeSteps(ids));
    const left = this.outline().map(({ step }) => step.id);
    this.select(left[Math.min(at, left.length - 1)] ?? null);
  }

  /** The chosen steps as text for the clipboard; null when there is nothing to copy. */
  copy(): string | null {
    const design = this.design();
    if (!design || this.marked().length === 0) return null;
    this.tell(this.t.count('said.copied', this.marked().length));
    return copySteps(design, this.marked(), this.drawing().places);
  }

  /** Pastes steps after the selected one. False when the text holds none. */
  paste(text: string): boolean {
    const clip = readClip(text);
    if (!clip) return false;
    this.run(pasteSteps(clip, this.selected()));
    return true;
  }

  /** Says something in the live region, also when it was said before. */
  tell(text: string): void {
    this.text.update((before) => (before === text ? `${text}\u00a0` : text));
  }

  say(said: Said): void {
    this.tell(this.inWords(said));
  }

  /** Words that new steps start with. */
  starters(): StarterWords {
    const names = Object.fromEntries(VERBS.map((verb) => [verb, this.t(`new.${verb}`)])) as Record<
      Verb,
      string
    >;
    return {
      names: {
        ...names,
        join: this.t('new.join'),
        partOne: this.t('new.partOne'),
        partTwo: this.t('new.partTwo'),
      },
      section: this.t('new.section'),
      yes: this.t('new.yes'),
      no: this.t('new.no'),
      yesThen: this.t('new.yesThen'),
      noThen: this.t('new.noThen'),
      question: this.t('new.question'),
    };
  }

  private inWords({ key, values }: Said): string {
    return this.t(`said.${key}`, values);
  }

  /** After going back, the selected step may not be there any more. */
  private keepSelection(): void {
    if (!this.step()) this.select(this.outline()[0]?.step.id ?? null);
  }
}
