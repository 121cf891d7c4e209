import { Component, computed, effect, inject, input, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { aiSystemSchema, aiSystemsSchema, exportSchema } from '@plumbline/contracts';
import {
  Button,
  ErrorSummary,
  PageHeader,
  SearchBox,
  Sheet,
  type FormProblem,
} from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  newCommandKey,
  pageTitle,
  problemText,
  withQuery,
  words,
} from '../platform/index.ts';
import type file from './exports.en-GB.json';

type Scope = 'client' | 'ai-system';
/** Systems offered to choose from. */
const SHOWN = 8;

/** Asks for a pack: of one AI system, or of everything. */
@Component({
  selector: 'app-new-export',
  imports: [Button, ErrorSummary, PageHeader, RouterLink, SearchBox, Sheet],
  templateUrl: './new-export.html',
  styles: `
    :host,
    form {
      display: grid;
      grid-template-columns: minmax(0, 760px);
      gap: var(--s-4);
    }
    .choice {
      display: flex;
      gap: var(--s-3);
      padding-block: var(--s-2);
    }
    .choice .hint {
      display: block;
    }
    .which {
      display: grid;
      gap: var(--s-2);
      padding-inline-start: 36px;
    }
  `,
})
export class NewExport {
  protected readonly t = words<typeof file>('exports');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly describe = problemText();
  /** One key for this page, so that pressing twice makes one pack. */
  private readonly key = newCommandKey();

  /** The AI system that the reader came from. */
  readonly aiSystem = input<string>();
  protected readonly scope = linkedSignal<Scope | null>(() =>
    this.aiSystem() ? 'ai-system' : null,
  );
  protected readonly chosen = linkedSignal<{ id: string; name: string } | null>(() => {
    const given = this.given.value();
    return given ? { id: given.id, name: given.name } : null;
  });
  private readonly given = answerOf(aiSystemSchema, () => {
    const id = this.aiSystem();
    return id ? this.organisation.api('ai-systems', id) : undefined;
  });

  protected readonly query = signal('');
  private readonly matches = answerOf(aiSystemsSchema, () =>
    this.scope() === 'ai-system'
      ? withQuery(this.organisation.api('ai-systems'), { q: this.query(), limit: SHOWN })
      : undefined,
  );
  /** What is chosen stays in view whatever is searched for. */
  protected readonly systems = computed(() => {
    const chosen = this.chosen();
    const found = this.matches.value()?.items ?? [];
    return chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  });
  protected readonly foundNone = computed(() => this.matches.value()?.items.length === 0);

  protected readonly busy = signal(false);
  protected readonly problems = signal<readonly FormProblem[]>([]);

  constructor() {
    pageTitle(() => this.t('newHeading'));
    effect(() => {
      const problem = this.given.problem();
      if (problem) this.problems.set([{ field: '', message: this.describe(problem) }]);
    });
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy()) return;
    const scope = this.scope();
    const aiSystemId = scope === 'ai-system' ? (this.chosen()?.id ?? null) : null;
    if (!scope) {
      this.complain('scope', this.t('chooseScope'));
      return;
    }
    if (scope === 'ai-system' && !aiSystemId) {
      this.complain('which', this.t('chooseSystem'));
      return;
    }
    this.busy.set(true);
    this.problems.set([]);
    try {
      const { id } = await this.api.post(
        this.organisation.api('exports'),
        { aiSystemId },
        { answer: exportSchema, key: this.key },
      );
      await this.router.navigate(this.organisation.page('exports', id), { replaceUrl: true });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.complain('', this.describe(error.details));
    } finally {
      this.busy.set(false);
    }
  }

  private complain(field: string, message: string): void {
    this.problems.set([{ field, message }]);
  }
}
