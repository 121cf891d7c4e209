import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import {
  importSchema,
  savedMappingsSchema,
  type ColumnMapping,
  type Import,
  type ImportMapping,
} from '@plumbline/contracts';
import { Button, ErrorSummary, Sheet, Snackbar, TableFrame, type FormProblem } from '@plumbline/ui';
import {
  answerOf,
  Api,
  ApiProblem,
  CurrentOrganisation,
  problemText,
  words,
} from '../platform/index.ts';
import type file from './imports.en-GB.json';
import {
  applyMapping,
  firstMapping,
  mapColumn,
  mappingProblems,
  unmatched,
  usualIdentity,
  type Column,
  type MappingProblem,
  type Targets,
} from './mapping.ts';
import { SaveMapping } from './save-mapping.ts';
import { ValueMapping } from './value-mapping.ts';

/** Says where each column goes, and what its values mean. */
@Component({
  selector: 'app-column-mapping-step',
  imports: [Button, ErrorSummary, SaveMapping, Sheet, TableFrame, ValueMapping],
  templateUrl: './column-mapping-step.html',
  styleUrl: './column-mapping-step.scss',
})
export class ColumnMappingStep {
  protected readonly t = words<typeof file>('imports');
  protected readonly organisation = inject(CurrentOrganisation);
  private readonly api = inject(Api);
  private readonly snackbar = inject(Snackbar);
  private readonly describe = problemText();

  readonly inventory = input.required<Import>();
  readonly targets = input.required<Targets>();
  readonly changed = output<Import>();

  /** Follows the file, not its later versions: what is being chosen must survive a live update. */
  protected readonly mapping = linkedSignal<string, ImportMapping>({
    source: () => this.inventory().id,
    computation: () => firstMapping(this.inventory(), this.targets()),
  });
  protected readonly targetList = computed(() => [...this.targets().values()]);
  protected readonly onlyUsed = signal(false);
  protected readonly openColumn = signal<string | null>(null);
  protected readonly problems = signal<readonly FormProblem[]>([]);
  protected readonly busy = signal(false);

  private readonly savedAnswer = answerOf(savedMappingsSchema, () =>
    this.organisation.api('imports', 'mappings'),
  );
  protected readonly saved = computed(() => this.savedAnswer.value()?.items ?? []);

  protected readonly rows = computed(() => {
    const mapped = new Map(this.mapping().columns.map((one) => [one.column, one]));
    return this.inventory().columns.flatMap((column, at) => {
      const mapping = mapped.get(column.name);
      const hidden = this.onlyUsed() && mapping?.target === null;
      if (!mapping || hidden) return [];
      const options = this.targets().get(mapping.target ?? '')?.options ?? null;
      return [{ id: `column-${at}`, column, mapping, options, left: this.leftOf(column, mapping) }];
    });
  });
  protected readonly idColumn = computed(
    () => this.mapping().columns.find(({ target }) => target === 'external-id')?.column ?? null,
  );
  protected readonly namesOrganisations = computed(
    () =>
      this.organisation.kind === 'firm' &&
      this.mapping().columns.some(({ target }) => target === 'organisation'),
  );
  /** Columns that could name a row: those in use. */
  protected readonly usedColumns = computed(() =>
    this.mapping()
      .columns.filter(({ target }) => target !== null)
      .map(({ column }) => column),
  );

  protected choose(column: Column, event: Event): void {
    const target = (event.target as HTMLSelectElement).value || null;
    this.replace(mapColumn(column, target, this.targets()));
  }

  protected replace(next: ColumnMapping): void {
    this.mapping.update((now) => {
      const columns = now.columns.map((one) => (one.column === next.column ? next : one));
      const asUsual = now.identity.join() === usualIdentity(now.columns).join();
      return { ...now, columns, identity: asUsual ? usualIdentity(columns) : now.identity };
    });
  }

  protected toggleValues(column: string): void {
    this.openColumn.update((open) => (open === column ? null : column));
  }

  protected toggleIdentity(column: string): void {
    this.mapping.update((now) => ({
      ...now,
      identity: now.identity.includes(column)
        ? now.identity.filter((one) => one !== column)
        : [...now.identity, column],
    }));
  }

  protected toggleCreate(): void {
    this.mapping.update((now) => ({ ...now, createOrganisations: !now.createOrganisations }));
  }

  protected applySaved(event: Event): void {
    const id = (event.target as HTMLSelectElement).value;
    const chosen = this.saved().find((one) => one.id === id);
    if (!chosen) return;
    const before = this.mapping();
    const { mapping, matched } = applyMapping(before, chosen.mapping);
    this.mapping.set(mapping);
    this.snackbar.show(this.t.count('mappingApplied', matched, { name: chosen.name }), {
      label: this.t('undo'),
      act: () => this.mapping.set(before),
    });
  }

  protected mappingSaved(name: string): void {
    this.savedAnswer.reload();
    this.snackbar.show(this.t('mappingSaved', { name }));
  }

  protected async check(): Promise<void> {
    if (this.busy()) return;
    const found = mappingProblems(this.mapping(), this.targets());
    this.problems.set(found.map((problem) => this.inWords(problem)));
    if (found.length > 0) return;
    this.busy.set(true);
    const { id, version } = this.inventory();
    try {
      this.changed.emit(
        await this.api.put(this.organisation.api('imports', id, 'mapping'), this.mapping(), {
          answer: importSchema,
          version,
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      const { details } = error;
      this.problems.set([{ field: '', message: this.describe(details) }]);
    } finally {
      this.busy.set(false);
    }
  }

  private leftOf(column: Column, mapping: ColumnMapping): number {
    return unmatched(column, mapping, this.targets());
  }

  private inWords(problem: MappingProblem): FormProblem {
    switch (problem.kind) {
      case 'needsName':
        return { field: 'column-0', message: this.t('needsName') };
      case 'needsIdentity':
        return { field: 'identity', message: this.t('needsIdentity') };
      case 'twice': {
        const target = this.targets().get(problem.target)?.label ?? problem.target;
        const at = this.inventory().columns.findIndex(({ name }) => name === problem.columns[1]);
        return {
          field: `column-${at}`,
          message: this.t('twice', { target, columns: problem.columns.join(', ') }),
        };
      }
    }
  }
}
