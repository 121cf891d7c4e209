import { Component, effect, inject, Injectable, input, output, untracked } from '@angular/core';
import type { StepId } from '@plumbline/workflow-engine';
import { Checker } from '../designer/checker.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { StepWords } from '../designer/step-words.ts';
import { DesignGraph, type StepTag } from '../graph/design-graph.ts';
import type { Design } from '../model/design.ts';

/** Checks nothing: what is only shown was checked elsewhere. */
@Injectable()
class Unchecked extends Checker {
  override look(): void {
    // Its problems, if any, are said beside the graph.
  }
}

/** A workflow as a graph to read, with words on its steps. */
@Component({
  selector: 'app-marked-graph',
  imports: [DesignGraph],
  providers: [DesignerStore, StepWords, { provide: Checker, useClass: Unchecked }],
  template: `
    @if (store.design()) {
      <app-design-graph [marks]="marks()" />
    }
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
  `,
})
export class MarkedGraph {
  readonly design = input.required<Design>();
  readonly marks = input.required<ReadonlyMap<StepId, StepTag>>();
  /** The step to look at; null: whichever the reader chooses. */
  readonly step = input<StepId | null>(null);
  /** The step that the reader has chosen. */
  readonly picked = output<StepId>();

  protected readonly store = inject(DesignerStore);

  constructor() {
    this.store.readOnly.set(true);
    effect(() => {
      const design = this.design();
      untracked(() => this.store.open(design));
    });
    effect(() => {
      const step = this.step();
      if (step !== null && untracked(this.store.selected) !== step) {
        untracked(() => this.store.select(step));
      }
    });
    let first = true;
    effect(() => {
      const selected = this.store.selected();
      if (selected === null) return;
      // The graph begins at the start by itself: nobody has chosen that.
      if (!first) untracked(() => this.picked.emit(selected));
      first = false;
    });
  }
}
