import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, Injectable } from '@angular/core';
import { Button } from './button.ts';

/** What a confirmation says. `confirm` names verb and object ("Delete draft 7"), never "OK". */
export interface Confirmation {
  readonly title: string;
  readonly text?: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly danger?: boolean;
}

@Component({
  selector: 'ui-confirm-dialog',
  imports: [Button],
  template: `
    <h2 id="confirm-title">{{ data.title }}</h2>
    @if (data.text) {
      <p id="confirm-text">{{ data.text }}</p>
    }
    <div class="actions">
      <button
        uiButton
        type="button"
        [look]="data.danger ? 'danger' : 'primary'"
        (click)="close(true)"
      >
        {{ data.confirm }}
      </button>
      <button uiButton type="button" look="quiet" (click)="close(false)">{{ data.cancel }}</button>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-4);
      inline-size: min(480px, 92vw);
      padding: var(--s-5);
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
      box-shadow: var(--lift-2);
    }
    p {
      color: var(--c-ink-2);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-3);
    }
  `,
})
export class ConfirmDialog {
  protected readonly data = inject<Confirmation>(DIALOG_DATA);
  private readonly ref = inject<DialogRef<boolean>>(DialogRef);

  protected close(answer: boolean): void {
    this.ref.close(answer);
  }
}

/** Asks before something that cannot simply be undone. Closing by Escape or backdrop answers no. */
@Injectable({ providedIn: 'root' })
export class Confirm {
  private readonly dialog = inject(Dialog);

  ask(confirmation: Confirmation): Promise<boolean> {
    const ref = this.dialog.open<boolean, Confirmation, ConfirmDialog>(ConfirmDialog, {
      data: confirmation,
      ariaLabelledBy: 'confirm-title',
      ...(confirmation.text && { ariaDescribedBy: 'confirm-text' }),
    });
    return new Promise((resolve) => {
      ref.closed.subscribe((answer) => resolve(answer ?? false));
    });
  }
}
