import { Clipboard } from '@angular/cdk/clipboard';
import {
  afterNextRender,
  Component,
  inject,
  input,
  signal,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { Button } from './button.ts';
import { FieldFrame } from './field.ts';
import { Sheet } from './sheet.ts';

/** What stands around a secret, in the language in force. */
export interface SecretWords {
  readonly heading: string;
  /** That it is shown this once, and what to do when it is lost. */
  readonly text: string;
  readonly label: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyFailed: string;
}

/** A secret that is shown once, to copy now; what comes next is the content. Takes the focus. */
@Component({
  selector: 'ui-shown-secret',
  imports: [Button, FieldFrame, Sheet],
  template: `
    <ui-sheet [heading]="words().heading">
      <div class="stack">
        <p id="secret-once">{{ words().text }}</p>
        <ui-field for="secret" [label]="words().label">
          <input
            #field
            id="secret"
            readonly
            aria-describedby="secret-once"
            [value]="secret()"
            (focus)="field.select()"
          />
        </ui-field>
        <div class="row">
          <button uiButton type="button" (click)="copy()">{{ words().copy }}</button>
          <ng-content />
        </div>
        <p role="status">
          @if (outcome(); as key) {
            {{ words()[key] }}
          }
        </p>
      </div>
    </ui-sheet>
  `,
  styles: `
    input {
      font-family: var(--font-mono);
    }
  `,
})
export class ShownSecret {
  private readonly clipboard = inject(Clipboard);

  readonly words = input.required<SecretWords>();
  readonly secret = input.required<string>();
  protected readonly outcome = signal<'copied' | 'copyFailed' | null>(null);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    // The form that had the focus is gone.
    afterNextRender(() => {
      this.field().nativeElement.focus();
    });
  }

  protected copy(): void {
    this.outcome.set(this.clipboard.copy(this.secret()) ? 'copied' : 'copyFailed');
  }
}
