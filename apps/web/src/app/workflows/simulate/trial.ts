import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import {
  page,
  type ProblemDetails,
  workflowDraftSchema,
  workflowSchema,
  workflowVersionSchema,
} from '@plumbline/contracts';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import { Api, CurrentOrganisation, problemOf } from '../../platform/index.ts';
import { readDesign } from '../designer/draft-document.ts';
import type { Design } from '../model/design.ts';

const workflowsSchema = page(workflowSchema);

/** What is tried: the draft or a version, and the workflows that it calls. Read once per choice. */
@Injectable()
export class Trial {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly wanted = signal<{ key: string; of: number | 'draft' } | null>(null);
  private asked = 0;

  readonly design = signal<Design | null>(null);
  readonly library = signal<readonly WorkflowDefinition[]>([]);
  readonly problem = signal<ProblemDetails | null>(null);
  readonly loading = signal(false);
  /** It has not the shape of a definition: nothing can be tried. */
  readonly unreadable = signal(false);
  readonly of = computed(() => this.wanted()?.of ?? null);
  readonly key = computed(() => this.wanted()?.key ?? '');
  readonly stage = computed(() => {
    const design = this.design();
    return design && { definition: design.definition, library: this.library() };
  });

  constructor() {
    effect(() => {
      const wanted = this.wanted();
      if (wanted) untracked(() => void this.read(wanted.key, wanted.of));
    });
  }

  /** Chooses what is tried. */
  choose(key: string, of: number | 'draft'): void {
    const now = untracked(this.wanted);
    if (now?.key !== key || now.of !== of) this.wanted.set({ key, of });
  }

  /** Reads again: the draft has gone on, or the last try failed. */
  reload(): void {
    const wanted = this.wanted();
    if (wanted) void this.read(wanted.key, wanted.of);
  }

  private async read(key: string, of: number | 'draft'): Promise<void> {
    const mine = (this.asked += 1);
    this.loading.set(true);
    try {
      const document = await this.document(key, of);
      const design = readDesign(document);
      const library = design ? await this.called(design.definition) : [];
      if (mine !== this.asked) return;
      this.unreadable.set(design === null);
      this.library.set(library);
      this.design.set(design);
      this.problem.set(null);
    } catch (error) {
      if (mine === this.asked) this.problem.set(problemOf(error));
    } finally {
      if (mine === this.asked) this.loading.set(false);
    }
  }

  private document(key: string, of: number | 'draft') {
    return of === 'draft'
      ? this.api.get(this.organisation.api('workflows', key, 'draft'), workflowDraftSchema)
      : this.version(key, of);
  }

  private version(key: string, version: number) {
    const path = this.organisation.api('workflows', key, 'versions', `${version}`);
    return this.api.get(path, workflowVersionSchema);
  }

  /** The workflows that are called, and those that they call, each as new runs have it. */
  private async called(first: WorkflowDefinition): Promise<readonly WorkflowDefinition[]> {
    if (callsOf(first).length === 0) return [];
    const { items } = await this.api.get(this.organisation.api('workflows'), workflowsSchema);
    const published = new Map(items.map(({ key, published: it }) => [key, it?.version]));
    const found = new Map<string, WorkflowDefinition>();
    const open = [...callsOf(first)];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const version = published.get(key);
      if (found.has(key) || version === undefined || key === first.key) continue;
      const design = readDesign(await this.version(key, version));
      if (!design) continue;
      found.set(key, design.definition);
      open.push(...callsOf(design.definition));
    }
    return [...found.values()];
  }
}

const callsOf = ({ steps }: WorkflowDefinition): readonly string[] =>
  steps.flatMap((step) => (step.type === 'sub-workflow' && step.calls ? [step.calls] : []));
