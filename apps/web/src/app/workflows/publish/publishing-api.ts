import { inject, Injectable } from '@angular/core';
import {
  type AcceptOffer,
  type Adoption,
  adoptionSchema,
  type MoveJob,
  moveJobSchema,
  type MovePreview,
  movePreviewSchema,
  type OfferWorkflow,
  type PreviewMove,
  type PublishedAnswer,
  publishedAnswerSchema,
  type PublishWorkflow,
  type StartMove,
  versionSummarySchema,
  type WorkflowOfferDetail,
  workflowOfferDetailSchema,
  type WorkflowVersionSummary,
} from '@plumbline/contracts';
import { Api, CurrentOrganisation } from '../../platform/index.ts';

/** The commands around versions: publish, retire, offer, move. Refusals are thrown as `ApiProblem`. */
@Injectable()
export class PublishingApi {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);

  /** `command` is the same for every try of one intent. */
  publish(key: string, input: PublishWorkflow, command: string): Promise<PublishedAnswer> {
    const path = this.organisation.api('workflows', key, 'publications');
    return this.api.post(path, input, { answer: publishedAnswerSchema, key: command });
  }

  retire(key: string, version: number, reason: string): Promise<WorkflowVersionSummary> {
    const path = this.organisation.api('workflows', key, 'versions', `${version}`, 'retirement');
    return this.api.post(path, { reason }, { answer: versionSummarySchema });
  }

  offer(key: string, input: OfferWorkflow): Promise<Adoption> {
    const path = this.organisation.api('workflows', key, 'offers');
    return this.api.post(path, input, { answer: adoptionSchema });
  }

  withdraw(key: string, clients: readonly string[]): Promise<Adoption> {
    const path = this.organisation.api('workflows', key, 'offers', 'withdrawal');
    return this.api.post(path, { clients }, { answer: adoptionSchema });
  }

  accept(id: string, input: AcceptOffer): Promise<WorkflowOfferDetail> {
    const path = this.organisation.api('workflow-offers', id, 'acceptance');
    return this.api.post(path, input, { answer: workflowOfferDetailSchema });
  }

  decline(id: string, reason: string): Promise<WorkflowOfferDetail> {
    const path = this.organisation.api('workflow-offers', id, 'refusal');
    return this.api.post(path, { reason }, { answer: workflowOfferDetailSchema });
  }

  previewMove(key: string, input: PreviewMove): Promise<MovePreview> {
    const path = this.organisation.api('workflows', key, 'migrations', 'preview');
    return this.api.post(path, input, { answer: movePreviewSchema });
  }

  startMove(key: string, input: StartMove, command: string): Promise<MoveJob> {
    const path = this.organisation.api('workflows', key, 'migrations');
    return this.api.post(path, input, { answer: moveJobSchema, key: command });
  }
}
