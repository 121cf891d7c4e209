import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ENTRIES_IMPORTED, ENTRY_CHANGED } from '../ai-systems/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { EntryTasks } from './entry-tasks.ts';

const changedSchema = z.object({ aiSystemId: z.uuid() });
const importedSchema = z.object({ import: z.uuid() });

/** Asks for what an entry lacks since it was changed, or stops asking. */
@Injectable()
@OutboxHandler(ENTRY_CHANGED)
export class EntryChangedHandler implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EntryTasks) private readonly entries: EntryTasks,
  ) {}

  async handle({ id, organisationId, payload }: DeliveredMessage): Promise<void> {
    const { aiSystemId } = changedSchema.parse(payload);
    const ctx = { organisationId, personId: null };
    await this.database.transaction(ctx, async (tx) => {
      if (!(await this.outbox.done(tx, { organisationId, id }))) return;
      const look = { aiSystemId, cause: `incomplete:${id}`, quiet: false };
      await this.entries.attend(tx, ctx, look);
    });
  }
}

/**
 * Opens a task for each incomplete entry of an import, in short transactions after the import's own,
 * and tells people of all together. Broken off, it goes on where it was.
 */
@Injectable()
@OutboxHandler(ENTRIES_IMPORTED, 'long')
export class ImportedEntriesHandler implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(EntryTasks) private readonly entries: EntryTasks,
  ) {}

  async handle({ id, organisationId, payload, signal }: DeliveredMessage): Promise<void> {
    const { import: importId } = importedSchema.parse(payload);
    const ctx = { organisationId, personId: null };
    for (let after: number | null = 0; after !== null;) {
      if (signal.aborted) throw new Error('The worker stops; the work goes on elsewhere.');
      const from: number = after;
      after = await this.database.transaction(ctx, (tx) =>
        this.entries.attendNext(tx, ctx, importId, from),
      );
    }
    await this.database.transaction(ctx, async (tx) => {
      if (await this.outbox.done(tx, { organisationId, id }))
        await this.entries.tell(tx, ctx, importId);
    });
  }
}
