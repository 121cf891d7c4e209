import { Component, computed, inject, input, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { Router } from '@angular/router';
import {
  savedViewSchema,
  savedViewsSchema,
  saveViewSchema,
  type SavedView,
} from '@plumbline/contracts';
import { Button, ErrorSummary, FieldFrame, Snackbar } from '@plumbline/ui';
import {
  answerOf,
  Api,
  contractForm,
  CurrentOrganisation,
  Session,
  words,
} from '../platform/index.ts';
import type file from './register.en-GB.json';

/** Named filters of the register, kept on the server; a view that was changed says so. */
@Component({
  selector: 'app-saved-views',
  host: { '[class.nothing]': 'nothing()' },
  imports: [Button, ErrorSummary, FieldFrame, FormField],
  template: `
    <div class="filters">
      @if (views().length > 0) {
        <label
          >{{ t('views') }}
          <select (change)="open($event)">
            <option value="">{{ t('noView') }}</option>
            @for (one of views(); track one.id) {
              <option [value]="one.id" [selected]="one.id === current()?.id">
                {{ labelOf(one) }}
              </option>
            }
          </select>
        </label>
      }
      @if (edited() && current(); as view) {
        <span class="edited">{{ t('edited') }}</span>
        @if (isMine(view)) {
          <button uiButton look="plain" type="button" (click)="saveChanges(view)">
            {{ t('saveChanges') }}
          </button>
        }
        <button uiButton look="plain" type="button" (click)="go(view)">{{ t('reset') }}</button>
      }
      @if (!naming() && query() && !(current() && !edited())) {
        <button uiButton look="plain" type="button" (click)="naming.set(true)">
          {{ t('saveView') }}
        </button>
      }
      @if (current(); as view) {
        @if (isMine(view) && !edited()) {
          <button uiButton look="plain" type="button" (click)="remove(view)">
            {{ t('deleteView') }}
          </button>
        }
      }
    </div>
    @if (naming()) {
      <form class="filters" novalidate (submit)="form.submit($event)">
        <ui-error-summary [heading]="t('fixThese')" [problems]="form.problems()" />
        <ui-field for="name" [label]="t('viewName')" [error]="form.errorOf('name')">
          <input
            id="name"
            [formField]="form.fields.name"
            [attr.aria-invalid]="form.errorOf('name') ? true : null"
            [attr.aria-describedby]="form.errorOf('name') ? 'name-error' : null"
          />
        </ui-field>
        <label class="tick">
          <input type="checkbox" [formField]="form.fields.shared" />
          {{ t('viewShared') }}
        </label>
        <button uiButton type="submit" look="quiet" [busy]="form.busy()">{{ t('save') }}</button>
        <button uiButton look="plain" type="button" (click)="naming.set(false)">
          {{ t('cancel') }}
        </button>
      </form>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-2);
    }
    :host(.nothing) {
      display: none;
    }
    .edited {
      padding-block: 8px;
      color: var(--c-ink-2);
      font-weight: 600;
    }
    .tick {
      display: flex;
      align-items: center;
      gap: var(--s-2);
      min-block-size: var(--control);
    }
  `,
})
export class SavedViews {
  protected readonly t = words<typeof file>('register');
  private readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly session = inject(Session);
  private readonly snackbar = inject(Snackbar);

  /** The query in force, without the view. */
  readonly query = input.required<string>();

  private readonly answer = answerOf(savedViewsSchema, () => this.path());
  protected readonly views = computed(() => this.answer.value()?.items ?? []);
  private readonly chosen = signal<string | null>(null);
  protected readonly current = computed(
    () =>
      this.views().find(({ id }) => id === this.chosen()) ??
      this.views().find(({ query }) => query === this.query()) ??
      null,
  );
  protected readonly edited = computed(() => {
    const view = this.current();
    return view !== null && view.query !== this.query();
  });

  /** Neither a view to open nor a filter to save: no empty line. */
  protected readonly nothing = computed(() => this.views().length === 0 && this.query() === '');

  protected readonly naming = signal(false);
  private readonly draft = signal({ name: '', shared: false });
  protected readonly form = contractForm(this.draft, {
    schema: saveViewSchema,
    toInput: (draft) => ({ ...draft, query: this.query() }),
    send: async (input) => {
      const saved = await this.api.put(this.path(), input, { answer: savedViewSchema });
      this.chosen.set(saved.id);
      this.naming.set(false);
      this.draft.set({ name: '', shared: false });
      this.answer.reload();
      this.snackbar.show(this.t('viewSaved', { name: saved.name }));
    },
  });

  protected labelOf(view: SavedView): string {
    if (this.isMine(view)) return view.name;
    return this.t('viewOf', { name: view.name, owner: view.owner.name });
  }

  protected isMine({ owner }: SavedView): boolean {
    return owner.id === this.session.me()?.person.id;
  }

  protected open(event: Event): void {
    const id = (event.target as HTMLSelectElement).value;
    const view = this.views().find((one) => one.id === id);
    this.chosen.set(view?.id ?? null);
    this.show(view?.query ?? '');
  }

  protected go(view: SavedView): void {
    this.show(view.query);
  }

  protected async saveChanges({ name, shared }: SavedView): Promise<void> {
    await this.put({ name, shared, query: this.query() });
    this.snackbar.show(this.t('viewSaved', { name }));
  }

  protected async remove({ id, name, shared, query }: SavedView): Promise<void> {
    await this.api.delete(this.organisation.api('ai-systems', 'views', id));
    this.chosen.set(null);
    this.answer.reload();
    this.snackbar.show(this.t('viewDeleted', { name }), {
      label: this.t('undo'),
      act: () => void this.put({ name, shared, query }),
    });
  }

  private async put(view: { name: string; shared: boolean; query: string }): Promise<void> {
    const saved = await this.api.put(this.path(), view, { answer: savedViewSchema });
    this.chosen.set(saved.id);
    this.answer.reload();
  }

  private show(query: string): void {
    const queryParams = Object.fromEntries(new URLSearchParams(query));
    void this.router.navigate(this.organisation.page('ai-systems'), { queryParams });
  }

  private path(): string {
    return this.organisation.api('ai-systems', 'views');
  }
}
