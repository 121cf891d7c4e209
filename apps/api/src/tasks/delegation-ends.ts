import { Inject } from '@nestjs/common';
import { z } from 'zod';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { DELEGATION_ENDS, Delegations } from './delegations.ts';

const payloadSchema = z.object({ delegationId: z.uuid() });

/** On the day after its last: a task that was given on for a time comes back. */
@OutboxHandler(DELEGATION_ENDS)
export class DelegationEnds implements OutboxHandling {
  constructor(@Inject(Delegations) private readonly delegations: Delegations) {}

  async handle({ organisationId, payload }: DeliveredMessage): Promise<void> {
    const { delegationId } = payloadSchema.parse(payload);
    await this.delegations.end(organisationId, delegationId);
  }
}
