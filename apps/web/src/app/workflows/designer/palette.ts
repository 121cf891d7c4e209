import { Component, inject, output } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import { words } from '../../platform/index.ts';
import { type Verb, VERBS } from '../model/verbs.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';
import { VERB_ICONS } from './verb-icons.ts';

/** The type under which a dragged verb travels. */
export const VERB_DRAG = 'application/x-plumbline-verb';

/** The verbs of a workflow: a click or Enter adds a step after the selected one; or drag it. */
@Component({
  selector: 'app-palette',
  imports: [LucideDynamicIcon],
  template: `
    <h2 id="palette-title">{{ t('palette.title') }}</h2>
    <p class="hint" id="palette-hint">
      @if (store.step(); as step) {
        {{ t('palette.after', { name: step.name || step.id }) }}
      } @else {
        {{ t('palette.first') }}
      }
    </p>
    <ul class="plain-list" aria-labelledby="palette-title">
      @for (verb of verbs; track verb) {
        <li>
          <button
            type="button"
            draggable="true"
            aria-describedby="palette-hint"
            [attr.data-verb]="verb"
            [title]="t.of('verbHint', verb)"
            (click)="add.emit(verb)"
            (dragstart)="drag($event, verb)"
          >
            <svg [lucideIcon]="icons[verb]" [size]="18" aria-hidden="true"></svg>
            {{ t.of('verb', verb) }}
          </button>
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
      align-content: start;
    }
    h2 {
      font: 600 15px/22px var(--font-ui);
    }
    .hint {
      font: var(--text-meta);
      overflow-wrap: anywhere;
    }
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(136px, 1fr));
      gap: 2px;
    }
    button {
      display: flex;
      gap: var(--s-2);
      align-items: center;
      inline-size: 100%;
      min-block-size: 36px;
      padding: 4px 8px;
      border: 1px solid transparent;
      border-radius: var(--r-m);
      background: transparent;
      text-align: start;
      cursor: pointer;
    }
    button:hover {
      border-color: var(--c-hair);
      background: var(--c-surface-2);
    }
    svg {
      flex: none;
      color: var(--c-primary);
    }
  `,
})
export class Palette {
  readonly add = output<Verb>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly verbs = VERBS;
  protected readonly icons = VERB_ICONS;

  protected drag({ dataTransfer }: DragEvent, verb: Verb): void {
    dataTransfer?.setData(VERB_DRAG, verb);
    if (dataTransfer) dataTransfer.effectAllowed = 'copy';
  }
}
