import { Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { remindedSchema, type Run, runSchema } from '@plumbline/contracts';
import { Button, FieldFrame, Sheet, Snackbar } from '@plumbline/ui';
import { Api, CurrentOrganisation, words } from '../platform/index.ts';
import { attempts } from './attempts.ts';
import type file from './runs.en-GB.json';

/** What is done with a reason, which stays in the run's history. */
type WithReason = 'suspend' | 'resume' | 'cancel';

/** What whoever operates a run can do with it: remind, put right, suspend, go on, cancel. */
@Component({
  selector: 'app-run-operations',
  imports: [Button, FieldFrame, RouterLink, Sheet],
  template: `
    <div class="row no-print">
      @if (run().suspendedSince) {
        <button
          uiButton
          type="button"
          [attr.aria-expanded]="asking() === 'resume'"
          (click)="ask('resume')"
        >
          {{ t('resume.open') }}
        </button>
      } @else if (run().tasks.length > 0) {
        <button uiButton type="button" [busy]="trying.busy()" (click)="remind()">
          {{ t('remind') }}
        </button>
      }
      <a uiButton look="quiet" [routerLink]="organisation.page('runs', run().id, 'repair')">{{
        t('repair.open')
      }}</a>
      @if (!run().suspendedSince) {
        <button
          uiButton
          type="button"
          look="quiet"
          [attr.aria-expanded]="asking() === 'suspend'"
          (click)="ask('suspend')"
        >
          {{ t('suspend.open') }}
        </button>
      }
      <button
        uiButton
        type="button"
        look="quiet"
        [attr.aria-expanded]="asking() === 'cancel'"
        (click)="ask('cancel')"
      >
        {{ t('cancel.open') }}
      </button>
    </div>
    @if (trying.trouble() && !asking()) {
      <p class="trouble" role="alert">{{ trying.trouble() }}</p>
    }
    @if (asking(); as what) {
      <ui-sheet class="no-print">
        <form class="stack-tight" (submit)="send($event, what)">
          <p class="hint measure">{{ t(hints[what]) }}</p>
          <ui-field for="operation-why" [label]="t('why')" [error]="trying.trouble()">
            <textarea
              id="operation-why"
              rows="3"
              maxlength="4000"
              [attr.aria-invalid]="trying.trouble() ? 'true' : null"
              [attr.aria-describedby]="trying.trouble() ? 'operation-why-error' : null"
              [value]="reason()"
              (input)="typed($event)"
            ></textarea>
          </ui-field>
          <div class="row">
            <button
              uiButton
              type="submit"
              [look]="what === 'cancel' ? 'danger' : 'primary'"
              [busy]="trying.busy()"
            >
              {{ t(dos[what], { name: run().aiSystem.name }) }}
            </button>
            <button uiButton type="button" look="plain" (click)="ask(null)">
              {{ t('leave') }}
            </button>
          </div>
        </form>
      </ui-sheet>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-3);
    }
    form {
      max-inline-size: 560px;
    }
    .trouble {
      color: var(--st-bad-fg);
      font-weight: 600;
    }
  `,
})
export class RunOperations {
  readonly run = input.required<Run>();
  /** The run as it is after a command. */
  readonly changed = output<Run>();

  protected readonly t = words<typeof file>('runs');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly snackbar = inject(Snackbar);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly trying = attempts();
  private readonly open = signal<WithReason | null>(null);
  protected readonly reason = signal('');
  protected readonly hints = {
    suspend: 'suspend.hint',
    resume: 'resume.hint',
    cancel: 'cancel.hint',
  } as const;
  protected readonly dos = {
    suspend: 'suspend.do',
    resume: 'resume.do',
    cancel: 'cancel.do',
  } as const;
  /** What is asked for, as long as the run is in a state for it. */
  protected readonly asking = computed(() => {
    const open = this.open();
    const suspended = this.run().suspendedSince !== null;
    if (open === 'suspend') return suspended ? null : open;
    return open === 'resume' && !suspended ? null : open;
  });

  protected typed(event: Event): void {
    this.reason.set((event.target as HTMLTextAreaElement).value);
  }

  protected ask(what: WithReason | null): void {
    this.trying.clear();
    const next = this.asking() === what ? null : what;
    this.open.set(next);
    if (next) setTimeout(() => this.host.nativeElement.querySelector('textarea')?.focus());
  }

  protected async remind(): Promise<void> {
    this.open.set(null);
    await this.trying.run(async () => {
      const path = this.organisation.api('runs', this.run().id, 'remind');
      const { told } = await this.api.post(path, {}, { answer: remindedSchema });
      this.snackbar.show(told === 0 ? this.t('reminded_none') : this.t.count('reminded', told));
    });
  }

  protected async send(event: Event, what: WithReason): Promise<void> {
    event.preventDefault();
    const reason = this.reason().trim();
    if (!reason) {
      this.trying.refuse(this.t('sayWhy'));
      return;
    }
    const done = await this.trying.run(async () => {
      const path = this.organisation.api('runs', this.run().id, what);
      this.changed.emit(await this.api.post(path, { reason }, { answer: runSchema }));
    });
    if (!done) return;
    this.open.set(null);
    this.reason.set('');
  }
}
