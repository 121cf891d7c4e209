import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Runs } from './runs.ts';
import { SIGNAL_SENT, Signals } from './signals.ts';

const payloadSchema = z.object({ signalId: z.uuid() });

/**
 * Hands a signal to every run that may wait for it, each in a transaction of its own. Broken off, it
 * goes on: a run that has had the signal takes it no second time.
 */
@Injectable()
@OutboxHandler(SIGNAL_SENT)
export class SignalHandler implements OutboxHandling {
  private readonly logger = new Logger(SignalHandler.name);

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Signals) private readonly signals: Signals,
    @Inject(Runs) private readonly runs: Runs,
  ) {}

  async handle({ id, organisationId, payload, signal: stop }: DeliveredMessage): Promise<void> {
    const { signalId } = payloadSchema.parse(payload);
    const ctx = { organisationId, personId: null };
    const { signal, runs } = await this.database.transaction(ctx, (tx) =>
      this.signals.reachable(tx, ctx, signalId),
    );
    const failures: unknown[] = [];
    for (const runId of runs) {
      if (stop.aborted) throw new Error('The worker stops; the work goes on elsewhere.');
      try {
        await this.database.transaction(ctx, async (tx) => {
          if (await this.runs.receive(tx, ctx, runId, signal)) {
            await this.signals.noteReached(tx, ctx, signalId, 1);
          }
        });
      } catch (error) {
        // One run that cannot go on must not keep the signal from the others.
        this.logger.error({ message: 'signal not taken', runId, cause: String(error) });
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    await this.database.transaction(ctx, (tx) => this.outbox.done(tx, { organisationId, id }));
  }
}
