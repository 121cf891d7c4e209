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
import { RouterLink } from '@angular/router';
import { Button, FieldFrame, Sheet } from '@plumbline/ui';
import { CurrentOrganisation, words } from '../platform/index.ts';
import type file from './tokens.en-GB.json';

/** The secret of a new token, to copy now: it is never shown again. */
@Component({
  selector: 'app-token-secret',
  imports: [Button, FieldFrame, RouterLink, Sheet],
  template: `
    <ui-sheet [heading]="t('secretHeading', { name: name() })">
      <div class="stack">
        <p id="secret-once">{{ t('secretText') }}</p>
        <ui-field for="secret" [label]="t('secret')">
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
          <button uiButton type="button" (click)="copy()">{{ t('copy') }}</button>
          <a uiButton look="quiet" [routerLink]="organisation.page('tokens')">{{ t('done') }}</a>
        </div>
        <p role="status">
          @if (outcome(); as key) {
            {{ t(key) }}
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
export class TokenSecret {
  protected readonly t = words<typeof file>('tokens');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly clipboard = inject(Clipboard);

  readonly name = input.required<string>();
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
