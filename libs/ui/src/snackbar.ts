import { Component, computed, inject, Injectable, input, signal } from '@angular/core';
import { Button } from './button.ts';

/** A short report of what just happened; `undo` appears only for what can really be undone. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly undo?: { readonly label: string; readonly act: () => void };
}

/** Shows short reports for 10 seconds and keeps the last 50, since they vanish. */
@Injectable({ providedIn: 'root' })
export class Snackbar {
  private readonly all = signal<readonly Notice[]>([]);
  private readonly shown = signal<number | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** Newest last. */
  readonly log = this.all.asReadonly();
  readonly current = computed(() => this.all().find(({ id }) => id === this.shown()) ?? null);

  show(text: string, undo?: Notice['undo']): void {
    const id = (this.all().at(-1)?.id ?? 0) + 1;
    this.all.update((all) => [...all.slice(-49), { id, text, ...(undo && { undo }) }]);
    this.shown.set(id);
    this.hold();
  }

  /** Starts the ten seconds again. */
  hold(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.shown.set(null), 10_000);
  }

  /** Keeps the notice while the pointer or focus rests on it. */
  pause(): void {
    clearTimeout(this.timer);
  }

  undo(notice: Notice): void {
    this.shown.set(null);
    notice.undo?.act();
  }
}

/** Where snackbars appear; place it once, in the shell. */
@Component({
  selector: 'ui-snackbar-outlet',
  imports: [Button],
  template: `
    <div role="status" [attr.aria-label]="label()">
      @if (snackbar.current(); as notice) {
        <div
          class="bar"
          (mouseenter)="snackbar.pause()"
          (mouseleave)="snackbar.hold()"
          (focusin)="snackbar.pause()"
          (focusout)="snackbar.hold()"
        >
          <span>{{ notice.text }}</span>
          @if (notice.undo; as undo) {
            <button uiButton look="plain" type="button" (click)="snackbar.undo(notice)">
              {{ undo.label }}
            </button>
          }
        </div>
      }
    </div>
  `,
  styles: `
    .bar {
      position: fixed;
      z-index: 20;
      inset-block-end: var(--snackbar-end, var(--s-4));
      inset-inline-start: 50%;
      translate: -50% 0;
      display: flex;
      align-items: center;
      gap: var(--s-4);
      max-inline-size: calc(100vw - 32px);
      padding: var(--s-2) var(--s-4);
      background: var(--c-surface);
      border: 1px solid var(--c-line);
      border-radius: var(--r-m);
      box-shadow: var(--lift-2);
    }
  `,
})
export class SnackbarOutlet {
  readonly label = input.required<string>();
  protected readonly snackbar = inject(Snackbar);
}
