import { Component, computed, inject, input, signal } from '@angular/core';
import { commentsAnswerSchema } from '@plumbline/contracts';
import { Button, DateText } from '@plumbline/ui';
import { answerOf, Loaded, problemOf, problemText, words } from '../../platform/index.ts';
import { nameOf } from '../model/design.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';
import { DesignsApi } from './designs-api.ts';

/** Remarks about the draft and its steps, open ones first. */
@Component({
  selector: 'app-comments-panel',
  imports: [Button, DateText, Loaded],
  template: `
    <h2 id="comments" tabindex="-1">{{ t('comments.title', { count: open().length }) }}</h2>
    <app-loaded
      [loading]="answer.loading()"
      [problem]="answer.problem()"
      (again)="answer.reload()"
    />
    @for (one of shown(); track one.id) {
      <article [class.resolved]="one.resolved">
        <p class="meta">
          {{ one.by.name }}, <ui-date [value]="one.at" shape="short" />
          @if (one.step; as step) {
            <button type="button" class="step" (click)="store.select(step)">
              {{ nameOf(step) }}
            </button>
          }
        </p>
        <p>{{ one.text }}</p>
        <button type="button" class="step" (click)="resolve(one.id, !one.resolved)">
          {{ t(one.resolved ? 'comments.reopen' : 'comments.resolve') }}
        </button>
      </article>
    } @empty {
      @if (answer.value()) {
        <p class="hint">{{ t('comments.none') }}</p>
      }
    }
    <form (submit)="$event.preventDefault(); add()">
      <label for="comment">{{
        store.step() ? t('comments.about', { name: store.step()?.name }) : t('comments.whole')
      }}</label>
      <textarea id="comment" rows="2" [value]="text()" (input)="type($event)"></textarea>
      @if (trouble(); as said) {
        <p class="bad" role="alert">{{ said }}</p>
      }
      <button uiButton look="quiet" type="submit" [busy]="busy()">{{ t('comments.add') }}</button>
    </form>
  `,
  styles: `
    :host,
    form {
      display: grid;
      gap: var(--s-2);
      justify-items: start;
    }
    form,
    form > textarea,
    article {
      inline-size: 100%;
    }
    article {
      padding: var(--s-2) var(--s-3);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-m);
    }
    .resolved {
      background: var(--c-surface-2);
    }
    label {
      font: 600 13px/18px var(--font-ui);
    }
    .step {
      min-block-size: 26px;
      padding: 0 4px;
      border: 0;
      background: transparent;
      color: var(--c-primary);
      font: 600 13px/18px var(--font-ui);
      text-decoration: underline;
      cursor: pointer;
    }
    .bad {
      color: var(--st-bad-fg);
    }
  `,
})
export class CommentsPanel {
  readonly key = input.required<string>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  private readonly api = inject(DesignsApi);
  private readonly inWords = problemText();
  protected readonly answer = answerOf(commentsAnswerSchema, () =>
    this.api.path(this.key(), 'comments'),
  );
  protected readonly text = signal('');
  protected readonly busy = signal(false);
  protected readonly trouble = signal<string | null>(null);
  private readonly all = computed(() => this.answer.value()?.comments ?? []);
  protected readonly open = computed(() => this.all().filter(({ resolved }) => !resolved));
  protected readonly shown = computed(() => [
    ...this.open(),
    ...this.all().filter(({ resolved }) => resolved),
  ]);

  protected nameOf(step: string): string {
    const design = this.store.design();
    return design ? nameOf(design, step) : step;
  }

  protected type(event: Event): void {
    this.text.set((event.target as HTMLTextAreaElement).value);
  }

  protected add(): Promise<void> {
    if (this.text().trim() === '') return Promise.resolve();
    return this.doing(async () => {
      await this.api.comment(this.key(), this.store.selected(), this.text());
      this.text.set('');
    });
  }

  protected resolve(id: string, resolved: boolean): Promise<void> {
    return this.doing(async () => {
      await this.api.resolve(this.key(), id, resolved);
    });
  }

  private async doing(work: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    this.trouble.set(null);
    try {
      await work();
      this.answer.reload();
    } catch (error) {
      this.trouble.set(this.inWords(problemOf(error)));
    } finally {
      this.busy.set(false);
    }
  }
}
