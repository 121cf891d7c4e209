import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import type { Task } from '@plumbline/contracts';
import { DraftSaver } from '../forms/index.ts';
import { ApiProblem, browserCopy, Session } from '../platform/index.ts';
import { TasksApi } from './tasks-api.ts';

export type Draft = Readonly<Record<string, unknown>>;

/** Makes the private draft of a task: kept on the server, and here while the server cannot be reached. */
@Injectable()
export class TaskDraft {
  private readonly api = inject(TasksApi);
  private readonly document = inject(DOCUMENT);
  private readonly destroyed = inject(DestroyRef);
  private readonly session = inject(Session);

  /** Starts saving; what an earlier visit could not save comes back as `found` and is saved now. */
  open(task: Task): { readonly saver: DraftSaver<Draft>; readonly found: Draft | null } {
    const person = this.session.me()?.person.id ?? '';
    const copy = browserCopy<Draft>(localStorage, person, task.id);
    const saver = new DraftSaver<Draft>(
      (answers, version) => this.save(task.id, answers, version),
      copy,
      task.draft,
    );
    const unsaved = copy.read();
    if (unsaved) saver.change(unsaved);
    this.saveWhenLeaving(saver);
    return { saver, found: unsaved ?? task.draft?.answers ?? null };
  }

  /** A draft belongs to one person: when another tab was faster, the writing of this one still counts. */
  private async save(
    id: string,
    answers: Draft,
    version: number,
  ): ReturnType<TasksApi['saveDraft']> {
    try {
      return await this.api.saveDraft(id, answers, version);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.details.code !== 'stale-version') throw error;
      const { draft } = await this.api.read(id);
      return this.api.saveDraft(id, answers, draft?.version ?? 0);
    }
  }

  private saveWhenLeaving(saver: DraftSaver<Draft>): void {
    const save = (): void => void saver.flush();
    const warn = (event: BeforeUnloadEvent): void => {
      if (saver.failing()) event.preventDefault();
    };
    const window = this.document.defaultView;
    this.document.addEventListener('visibilitychange', save);
    window?.addEventListener('online', save);
    window?.addEventListener('beforeunload', warn);
    this.destroyed.onDestroy(() => {
      this.document.removeEventListener('visibilitychange', save);
      window?.removeEventListener('online', save);
      window?.removeEventListener('beforeunload', warn);
      save();
      saver.close();
    });
  }
}
