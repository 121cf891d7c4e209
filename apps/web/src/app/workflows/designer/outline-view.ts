import {
  afterRenderEffect,
  Component,
  computed,
  ElementRef,
  inject,
  output,
  signal,
  untracked,
} from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import { words } from '../../platform/index.ts';
import { setProperty, shift } from '../model/reshape.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';
import { StepWords } from './step-words.ts';
import { VERB_ICONS } from './verb-icons.ts';

/** The workflow as an indented list: read from top to bottom, edited by keys or by the buttons. */
@Component({
  selector: 'app-outline-view',
  imports: [LucideDynamicIcon],
  templateUrl: './outline-view.html',
  styleUrl: './outline-view.scss',
})
export class OutlineView {
  /** The reader wants to add a step, to lead the step elsewhere, to see its properties, to copy, to paste. */
  readonly asked = output<'add' | 'connect' | 'open' | 'copy' | 'paste'>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly say = inject(StepWords);
  protected readonly icons = VERB_ICONS;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  /** The line whose name is being written. */
  protected readonly renaming = signal<string | null>(null);
  private readonly wanted = signal(false);
  protected readonly active = computed(
    () => this.store.selected() ?? this.store.outline()[0]?.step.id ?? null,
  );

  constructor() {
    afterRenderEffect(() => {
      this.active();
      const renaming = this.renaming();
      if (!this.wanted()) return;
      const selector = renaming === null ? '[role=treeitem][tabindex="0"]' : 'input.rename';
      const place = this.host.nativeElement.querySelector<HTMLElement>(selector);
      if (!place) return;
      place.focus();
      if (place instanceof HTMLInputElement) place.select();
      untracked(() => this.wanted.set(false));
    });
  }

  /** Moves focus to the selected line; with `rename`, into its name. */
  focus(rename = false): void {
    if (rename && !this.store.readOnly()) this.renaming.set(this.store.selected());
    this.wanted.set(true);
  }

  protected pick(id: string, event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey) {
      const marked = this.store.marked();
      this.store.mark(marked.includes(id) ? marked.filter((one) => one !== id) : [...marked, id]);
    } else this.store.select(id);
  }

  protected key(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const done = this.act(event);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private act({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
    const id = this.store.selected();
    if (ctrlKey || metaKey) {
      if (key.toLowerCase() === 'c') this.asked.emit('copy');
      else if (key.toLowerCase() === 'v') this.asked.emit('paste');
      else return false;
      return true;
    }
    if (altKey) {
      if ((key !== 'ArrowUp' && key !== 'ArrowDown') || id === null) return false;
      this.store.run(shift(id, key === 'ArrowUp' ? 'earlier' : 'later'));
      this.store.select(id);
      this.focus();
      return true;
    }
    switch (key) {
      case 'ArrowDown':
        return this.go(1, shiftKey);
      case 'ArrowUp':
        return this.go(-1, shiftKey);
      case 'Home':
        return this.go(-Infinity, false);
      case 'End':
        return this.go(Infinity, false);
      case 'Enter':
      case ' ':
        this.asked.emit('open');
        return true;
      case 'F2':
        this.focus(true);
        return true;
      case 'Insert':
      case 'n':
      case 'N':
        this.asked.emit('add');
        return true;
      case 'c':
      case 'C':
        this.asked.emit('connect');
        return true;
      case 'Delete':
        this.store.remove();
        this.focus();
        return true;
      default:
        return false;
    }
  }

  private go(by: number, more: boolean): boolean {
    const lines = this.store.outline();
    const now = lines.findIndex(({ step }) => step.id === this.active());
    const next = lines[Math.max(0, Math.min(lines.length - 1, now + by))]?.step.id;
    if (next === undefined) return true;
    if (more) this.store.mark([...this.store.marked().filter((id) => id !== next), next]);
    else this.store.select(next);
    this.focus();
    return true;
  }

  protected rename(id: string, event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.store.run(setProperty(id, 'name', value), `steps.${id}.name`);
  }

  protected stopRenaming(event: Event): void {
    event.preventDefault();
    event.stopPropagation();
    const step = this.store.step();
    if (step) this.store.say({ key: 'renamed', values: { name: step.name } });
    this.renaming.set(null);
    this.focus();
  }
}
