import { Component, input, output, signal } from '@angular/core';
import { Button, FieldFrame } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';

/** Asks why a version is taken out of use, and says what that means. */
@Component({
  selector: 'app-retire-version',
  imports: [Button, FieldFrame],
  template: `
    <form novalidate (submit)="send($event)">
      <p class="measure">{{ t.count('retire.text', runs(), { version: version() }) }}</p>
      <ui-field
        for="retire-reason"
        [label]="t('retire.reason')"
        [error]="missing() ? t('retire.missing') : null"
      >
        <textarea
          id="retire-reason"
          rows="2"
          maxlength="4000"
          [value]="reason()"
          [attr.aria-invalid]="missing() ? true : null"
          [attr.aria-describedby]="missing() ? 'retire-reason-error' : null"
          (input)="write($event)"
        ></textarea>
      </ui-field>
      <div class="row">
        <button uiButton look="danger" type="submit" [busy]="busy()">
          {{ t('retire.do', { version: version() }) }}
        </button>
        <button uiButton look="quiet" type="button" (click)="left.emit()">
          {{ t('retire.leave') }}
        </button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: var(--s-3);
      max-inline-size: 560px;
    }
  `,
})
export class RetireVersion {
  readonly version = input.required<number>();
  /** Cases that run at it. */
  readonly runs = input.required<number>();
  readonly busy = input(false);
  /** With the reason. */
  readonly retired = output<string>();
  readonly left = output();

  protected readonly t = words<typeof file>('publishing');
  protected readonly reason = signal('');
  protected readonly missing = signal(false);

  protected write(event: Event): void {
    this.reason.set((event.target as HTMLTextAreaElement).value);
    this.missing.set(false);
  }

  protected send(event: Event): void {
    event.preventDefault();
    const reason = this.reason().trim();
    this.missing.set(reason === '');
    if (reason !== '') this.retired.emit(reason);
  }
}
