import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import {
  OutboxHandler,
  type DeliveredMessage,
  type OutboxHandling,
} from '../platform/outbox/outbox-handler.ts';
import { systemScope } from '../platform/request-context.ts';
import { FileStorage } from '../platform/storage/index.ts';
import { EXPORT_EXPIRY } from './export-job.ts';

/** Removes the bytes of a pack that has expired, unless the same file is kept for another reason. */
@Injectable()
@OutboxHandler(EXPORT_EXPIRY)
export class ExportExpiry implements OutboxHandling {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  async handle({ organisationId, payload }: DeliveredMessage): Promise<void> {
    const id = String(payload['exportId']);
    const found = await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.maybe<{ sha256: string }>(sql`
        select x.sha256 from app.export x
        where x.organisation_id = ${organisationId} and x.id = ${id} and x.state = 'done'
          and x.expires_at <= now()
          and not exists (select 1 from app.evidence_version v
            where v.organisation_id = x.organisation_id and v.sha256 = x.sha256)
          and not exists (select 1 from app.export o
            where o.organisation_id = x.organisation_id and o.sha256 = x.sha256
              and o.expires_at > now())`),
    );
    if (found) await this.storage.remove(organisationId, found.sha256);
  }
}
