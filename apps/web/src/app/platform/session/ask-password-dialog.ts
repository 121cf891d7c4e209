import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { Component, inject, signal, type Injector } from '@angular/core';
import { Button, FieldFrame } from '@plumbline/ui';
import { firstValueFrom } from 'rxjs';
import { problemText } from '../problem-text.ts';
import { words } from '../i18n/words.ts';
import type file from '../platform.en-GB.json';
import type { PasswordQuestion } from './ask-password.ts';

@Component({
  selector: 'app-ask-password-dialog',
  imports: [Button, FieldFrame],
  template: `
    <h2 id="ask-password-title">{{ t(ended ? 'sessionEnded' : 'stepUp') }}</h2>
    <p class="hint">{{ t(ended ? 'sessionEndedText' : 'stepUpText') }}</p>
    <form class="stack" (submit)="submit($event)">
      <input
        class="visually-hidden"
        type="email"
        autocomplete="username"
        tabindex="-1"
        readonly
        [attr.aria-label]="t('email')"
        [value]="question.email ?? ''"
      />
      <ui-field
        for="ask-password"
        [label]="t('password')"
        [note]="question.email ?? ''"
        [error]="error()"
      >
        <input
          #password
          id="ask-password"
          type="password"
          autocomplete="current-password"
          [attr.aria-invalid]="error() ? true : null"
          [attr.aria-describedby]="error() ? 'ask-password-error' : null"
          cdkFocusInitial
        />
      </ui-field>
      <div class="row">
        <button uiButton type="submit" [busy]="busy()">
          {{ t(ended ? 'signInAgain' : 'confirmPassword') }}
        </button>
        <button uiButton look="quiet" type="button" (click)="ref.close(false)">
          {{ t('cancel') }}
        </button>
      </div>
    </form>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
      inline-size: min(440px, 92vw);
      padding: var(--s-5);
      background: var(--c-surface);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-l);
      box-shadow: var(--lift-2);
    }
  `,
})
export class AskPasswordDialog {
  protected readonly t = words<typeof file>('platform');
  protected readonly question = inject<PasswordQuestion>(DIALOG_DATA);
  protected readonly ref = inject<DialogRef<boolean>>(DialogRef);
  private readonly describe = problemText();

  protected readonly ended = this.question.reason === 'not-signed-in';
  protected readonly busy = signal(false);
  protected readonly error = signal<string | null>(null);

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector<HTMLInputElement>(
      '#ask-password',
    );
    if (!field?.value) {
      this.error.set(this.t('enterPassword'));
      field?.focus();
      return;
    }
    this.busy.set(true);
    const problem = await this.question.attempt(field.value);
    this.busy.set(false);
    if (!problem) {
      this.ref.close(true);
      return;
    }
    this.error.set(this.describe(problem));
    field.select();
  }
}

/** Opens the dialog; false when it was closed without a right password. */
export async function openAskPassword(
  injector: Injector,
  question: PasswordQuestion,
): Promise<boolean> {
  const ref = injector
    .get(Dialog)
    .open(AskPasswordDialog, { data: question, ariaLabelledBy: 'ask-password-title' });
  return (await firstValueFrom(ref.closed)) === true;
}
