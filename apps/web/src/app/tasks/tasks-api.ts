import { inject, Injectable } from '@angular/core';
import {
  type AssignTask,
  type DecideTask,
  draftSavedSchema,
  type Receipt,
  receiptSchema,
  type SendBackTask,
  type Task,
  taskSchema,
} from '@plumbline/contracts';
import type { z } from 'zod';
import type { Answers } from '../forms/index.ts';
import { Api, CurrentOrganisation } from '../platform/index.ts';

/** The addresses of tasks in the API, and the commands on one. */
@Injectable()
export class TasksApi {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);

  list(): string {
    return this.organisation.api('tasks');
  }

  one(id: string): string {
    return this.organisation.api('tasks', id);
  }

  read(id: string): Promise<Task> {
    return this.api.get(this.one(id), taskSchema);
  }

  /** Quiet: a lost session must not open a dialog while somebody is writing. */
  saveDraft(
    id: string,
    answers: Readonly<Record<string, unknown>>,
    version: number,
  ): Promise<z.infer<typeof draftSavedSchema>> {
    const options = { answer: draftSavedSchema, quiet: true };
    return this.api.put(this.command(id, 'draft'), { answers, version }, options);
  }

  submit(id: string, answers: Answers, key: string): Promise<Receipt> {
    return this.send(id, 'submit', { answers }, key);
  }

  decide(id: string, decision: DecideTask, key: string): Promise<Receipt> {
    return this.send(id, 'decide', decision, key);
  }

  sendBack(id: string, input: SendBackTask, key: string): Promise<Receipt> {
    return this.send(id, 'send-back', input, key);
  }

  claim(id: string): Promise<Task> {
    return this.api.post(this.command(id, 'claim'), {}, { answer: taskSchema });
  }

  release(id: string): Promise<Task> {
    return this.api.post(this.command(id, 'release'), {}, { answer: taskSchema });
  }

  assign(id: string, input: AssignTask): Promise<Task> {
    return this.api.post(this.command(id, 'assign'), input, { answer: taskSchema });
  }

  private command(id: string, name: string): string {
    return this.organisation.api('tasks', id, name);
  }

  private send(id: string, name: string, body: unknown, key: string): Promise<Receipt> {
    return this.api.post(this.command(id, name), body, { answer: receiptSchema, key });
  }
}
