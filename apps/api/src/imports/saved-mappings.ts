import { Inject, Injectable } from '@nestjs/common';
import type { ImportMapping, SavedMapping, SavedMappings } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** Mappings kept for the next file of the same shape; everyone who imports here shares them. */
@Injectable()
export class SavedImportMappings {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  list(ctx: RequestContext): Promise<SavedMappings> {
    return this.database.transaction(ctx, async (tx) => ({
      items: await tx.query<SavedMapping>(sql`
        select id, name, mapping from app.import_mapping
        where organisation_id = ${ctx.organisationId} order by lower(name), id`),
    }));
  }

  /** Keeps a mapping; one of the same name is replaced. */
  save(ctx: RequestContext, name: string, mapping: ImportMapping): Promise<SavedMapping> {
    return this.database.transaction(ctx, async (tx) => {
      const { id } = await tx.one<{ id: string }>(sql`
        insert into app.import_mapping (organisation_id, id, name, mapping)
        values (${ctx.organisationId}, ${newId()}, ${name}, ${JSON.stringify(mapping)}::jsonb)
        on conflict (organisation_id, name) do update set mapping = excluded.mapping
        returning id`);
      await recordEvent(tx, ctx, {
        action: 'import-mapping.saved',
        entity: 'import-mapping',
        entityId: id,
        payload: { name, mapping },
      });
      return { id, name, mapping };
    });
  }

  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.database.transaction(ctx, async (tx) => {
      const removed = await tx.execute(sql`
        delete from app.import_mapping
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      if (removed === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'import-mapping.removed',
        entity: 'import-mapping',
        entityId: id,
        payload: {},
      });
    });
  }
}
