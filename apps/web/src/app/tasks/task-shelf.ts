import { computed, inject, Injectable, signal } from '@angular/core';
import { evidenceItemSchema, page, type Task } from '@plumbline/contracts';
import { EvidenceShelf, type NewEvidence, type ShelfItem } from '../forms/index.ts';
import { Api, ApiProblem, CurrentOrganisation, problemText, withQuery } from '../platform/index.ts';

const itemsSchema = page(evidenceItemSchema);

/** Evidence of a task: what is attached to it, what its AI system has already, and a way to add more. */
@Injectable()
export class TaskShelf extends EvidenceShelf {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);
  private readonly describe = problemText();
  private readonly task = signal<Task | null>(null);
  private readonly found = signal<readonly ShelfItem[]>([]);

  readonly items = computed(() => {
    const all = [...(this.task()?.evidence ?? []), ...this.found()];
    return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
  });

  /** Shows what is attached to this task. */
  show(task: Task): void {
    this.task.set(task);
  }

  /** Fills the shelf for this task; what may not be read is left out. */
  async open(task: Task): Promise<void> {
    this.show(task);
    if (!this.organisation.can('read', 'Evidence')) return;
    const path = withQuery(this.organisation.api('evidence'), { aiSystem: task.aiSystem.id });
    const { items } = await this.api.get(path, itemsSchema);
    this.found.set(items);
  }

  async add({ shows, file, link }: NewEvidence): Promise<ShelfItem> {
    const task = this.task();
    if (!task) throw new Error('The shelf is filled before anything is added.');
    const body = new FormData();
    body.set('shows', shows);
    body.set('taskId', task.id);
    body.set('aiSystemId', task.aiSystem.id);
    if (file) body.set('file', file, file.name);
    if (link) body.set('link', link);
    try {
      const item = await this.api.post(this.organisation.api('evidence'), body, {
        answer: evidenceItemSchema,
      });
      this.found.update((items) => [item, ...items]);
      return item;
    } catch (error) {
      // The control shows what it is told; the words for each refusal are the platform's.
      throw error instanceof ApiProblem ? new Error(this.describe(error.details)) : error;
    }
  }
}
