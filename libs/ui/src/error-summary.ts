import { afterRenderEffect, Component, ElementRef, inject, input, viewChild } from '@angular/core';

/** One thing to put right, and the id of the control where it is done. */
export interface FormProblem {
  readonly field: string;
  readonly message: string;
}

/** The list of what must be put right; takes focus when it appears or changes, each line leads to its field. */
@Component({
  selector: 'ui-error-summary',
  template: `
    @if (problems().length > 0) {
      <div #box role="alert" tabindex="-1" aria-labelledby="error-summary-title">
        <h2 id="error-summary-title">{{ heading() }}</h2>
        <ul>
          @for (problem of problems(); track $index) {
            <li>
              @if (problem.field) {
                <a [href]="'#' + problem.field" (click)="goTo($event, problem.field)">{{
                  problem.message
                }}</a>
              } @else {
                {{ problem.message }}
              }
            </li>
          }
        </ul>
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }
    :host:empty {
      display: none;
    }
    div {
      padding: var(--s-4) 18px;
      margin-block-end: var(--s-4);
      border: 2px solid var(--st-bad-fg);
      border-radius: var(--r-l);
      background: var(--c-surface);
    }
    ul {
      margin-block-start: var(--s-2);
      list-style: none;
    }
    li {
      padding-block: 3px;
    }
    a {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class ErrorSummary {
  readonly heading = input.required<string>();
  readonly problems = input.required<readonly FormProblem[]>();

  private readonly box = viewChild<ElementRef<HTMLElement>>('box');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);

  constructor() {
    afterRenderEffect(() => {
      if (this.problems().length > 0) this.box()?.nativeElement.focus();
    });
  }

  /** Moves focus into the field: following the hash alone would leave the keyboard behind. */
  protected goTo(event: Event, id: string): void {
    const target = this.host.nativeElement.ownerDocument.getElementById(id);
    if (!target) return;
    event.preventDefault();
    const control = target.matches('input,select,textarea,button,a')
      ? target
      : (target.querySelector<HTMLElement>('input,select,textarea,button') ?? target);
    control.scrollIntoView({ block: 'center' });
    control.focus();
  }
}
