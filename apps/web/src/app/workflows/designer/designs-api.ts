import { inject, Injectable } from '@angular/core';
import {
  type CreateWorkflow,
  type DraftComment,
  draftCommentSchema,
  editorSchema,
  type WorkflowDraft,
  workflowDraftSchema,
  type WorkflowEditor,
} from '@plumbline/contracts';
import { Api, CurrentOrganisation } from '../../platform/index.ts';
import type { KeptDocument } from './draft-document.ts';

/** The commands of workflow drafts. Every refusal is thrown as an `ApiProblem`. */
@Injectable()
export class DesignsApi {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);

  create(input: CreateWorkflow, key: string): Promise<WorkflowDraft> {
    const path = this.organisation.api('workflows');
    return this.api.post(path, input, { answer: workflowDraftSchema, key });
  }

  /** The draft that is there. */
  read(key: string): Promise<WorkflowDraft> {
    return this.api.get(this.path(key), workflowDraftSchema);
  }

  /** Begins a draft, from the newest version or an earlier one. */
  begin(key: string, version?: number): Promise<WorkflowDraft> {
    const from = version === undefined ? {} : { version };
    return this.api.post(this.path(key), from, { answer: workflowDraftSchema });
  }

  save(key: string, revision: number, document: KeptDocument): Promise<WorkflowDraft> {
    return this.api.put(this.path(key), { revision, ...document }, { answer: workflowDraftSchema });
  }

  discard(key: string): Promise<void> {
    return this.api.delete(this.path(key));
  }

  /** Takes the editor's place, or says that we are still there. */
  takePlace(key: string, takeOver: boolean): Promise<WorkflowEditor> {
    return this.api.post(this.path(key, 'editor'), { takeOver }, { answer: editorSchema });
  }

  givePlace(key: string): Promise<void> {
    return this.api.delete(this.path(key, 'editor'));
  }

  comment(key: string, step: string | null, text: string): Promise<DraftComment> {
    const path = this.path(key, 'comments');
    return this.api.post(path, { step, text }, { answer: draftCommentSchema });
  }

  resolve(key: string, comment: string, resolved: boolean): Promise<DraftComment> {
    const path = this.path(key, 'comments', comment);
    return this.api.patch(path, { resolved }, { answer: draftCommentSchema });
  }

  path(key: string, ...more: readonly string[]): string {
    return this.organisation.api('workflows', key, 'draft', ...more);
  }
}
