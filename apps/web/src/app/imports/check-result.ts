import { Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { importSchema, type Import } from '@plumbline/contracts';
import {
  Button,
  Chip,
  ErrorSummary,
  FactsList,
  Sheet,
  TableFrame,
  type FormProblem,
} from '@plumbline/ui';
import {
  Api,
  ApiProblem,
  CurrentOrganisation,
  newCommandKey,
  problemText,
  words,
} from '../platform/index.ts';
import type file from './imports.en-GB.json';

/** What an import would do, or did: counts, problems by row, and the next step. */
@Component({
  selector: 'app-check-result',
  imports: [Button, Chip, ErrorSummary, FactsList, RouterLink, Sheet, TableFrame],
  templateUrl: './check-result.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-4);
    }
    .problems {
      display: grid;
      gap: var(--s-2);
    }
    tbody th {
      white-space: nowrap;
    }
    .value {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 3;
      overflow: hidden;
      max-inline-size: 26ch;
      overflow-wrap: anywhere;
    }
  `,
})
export class CheckResult {
  protected readonly t = words<typeof file>('imports');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly describe = problemText();
  /** One key for this page, so that pressing twice imports once. */
  private readonly commitKey = newCommandKey();

  readonly inventory = input.required<Import>();
  readonly changed = output<Import>();
  /** Back to the columns, with everything that was chosen. */
  readonly columnsWanted = output();

  protected readonly busy = signal(false);
  protected readonly refusal = signal<readonly FormProblem[]>([]);
  protected readonly done = computed(() => this.inventory().state === 'done');
  protected readonly outcome = computed(() => this.inventory().outcome);
  protected readonly changes = computed(() => {
    const outcome = this.outcome();
    return outcome ? outcome.create + outcome.update : 0;
  });
  protected readonly blocked = computed(() => (this.outcome()?.errors ?? 0) > 0);
  protected readonly counts = computed(() => {
    const outcome = this.outcome();
    if (!outcome) return [];
    const number = new Intl.NumberFormat('en-GB');
    const rows = [
      ['create', outcome.create],
      ['update', outcome.update],
      ['unchanged', outcome.unchanged],
      ['incomplete', outcome.incomplete],
      ['organisations', outcome.organisations],
    ] as const;
    return rows.map(([key, value]) => ({ key, value: number.format(value) }));
  });
  /** Says where it goes: into this client, or into those that the file names. */
  protected readonly commitText = computed(() => {
    const outcome = this.outcome();
    if (this.organisation.kind === 'firm' && outcome) {
      const clients = this.t.count('intoClients', outcome.organisations);
      return this.t.count('commit', this.changes(), { organisation: clients });
    }
    return this.t.count('commit', this.changes(), { organisation: this.organisation.name() });
  });
  protected readonly allProblems = computed(
    () => (this.outcome()?.errors ?? 0) + (this.outcome()?.warnings ?? 0),
  );
  protected readonly csv = computed(() =>
    this.organisation.api('imports', this.inventory().id, 'problems.csv'),
  );

  protected async commit(): Promise<void> {
    if (this.busy()) return;
    this.busy.set(true);
    this.refusal.set([]);
    const { id, version } = this.inventory();
    try {
      this.changed.emit(
        await this.api.post(this.organisation.api('imports', id, 'commit'), undefined, {
          answer: importSchema,
          version,
          key: this.commitKey,
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      this.refusal.set([{ field: '', message: this.describe(error.details) }]);
    } finally {
      this.busy.set(false);
    }
  }
}
