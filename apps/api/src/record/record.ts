import { Inject, Injectable } from '@nestjs/common';
import type { Page, RecordEvent, RecordQuery } from '@plumbline/contracts';
import sql, { empty } from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { Invalid } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';

interface EventRow {
  id: string;
  xid: string;
  ord: string;
  at: Date;
  action: string;
  entity: string;
  entity_id: string;
  person_id: string | null;
  person_name: string | null;
  payload: string | null;
  index: string | null;
}

const CURSOR = /^(\d{1,20})\.(\d{1,19})$/;

/** What happened in an organisation, newest first. */
@Injectable()
export class RecordReader {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  list(ctx: RequestContext, query: RecordQuery): Promise<Page<RecordEvent>> {
    const before = query.cursor === undefined ? null : cursorOf(query.cursor);
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<EventRow>(sql`
        select e.id, e.xid::text, e.ord::text, e.at, e.action, e.entity, e.entity_id,
               person.id as person_id, person.name as person_name, p.payload,
               -- Asked for each entry: as a join it could look at every place for every entry.
               (select l.index::text from app.log_leaf l
                where l.organisation_id = e.organisation_id and l.epoch = t.epoch
                  and l.event_id = e.id) as index
        from app.record_event e
        left join app.record_payload p on p.organisation_id = e.organisation_id and p.event_id = e.id
        left join app.actor_ref a on a.organisation_id = e.organisation_id and a.ref = e.actor_ref
        left join app.person person on person.id = a.person_id
        left join app.log_tree t on t.organisation_id = e.organisation_id
        where e.organisation_id = ${ctx.organisationId}
          ${query.entity ? sql`and e.entity = ${query.entity}` : empty}
          ${query.entityId ? sql`and e.entity_id = ${query.entityId}` : empty}
          ${query.action ? sql`and e.action = ${query.action}` : empty}
          ${before ? sql`and (e.xid, e.ord) < (${before.xid}::xid8, ${before.ord}::bigint)` : empty}
        order by e.xid desc, e.ord desc limit ${query.limit + 1}`);
      const items = rows.slice(0, query.limit);
      const last = items.at(-1);
      return {
        items: items.map(toContract),
        nextCursor: rows.length > items.length && last ? `${last.xid}.${last.ord}` : null,
      };
    });
  }
}

const toContract = (row: EventRow): RecordEvent => ({
  id: row.id,
  at: row.at.toISOString(),
  action: row.action,
  entity: row.entity,
  entityId: row.entity_id,
  by:
    row.person_id && row.person_name !== null ? { id: row.person_id, name: row.person_name } : null,
  payload: row.payload === null ? null : (JSON.parse(row.payload) as unknown),
  index: row.index === null ? null : Number(row.index),
});

function cursorOf(text: string): { xid: string; ord: string } {
  const [, xid, ord] = CURSOR.exec(text) ?? [];
  if (!xid || !ord || BigInt(xid) >= 2n ** 64n || BigInt(ord) >= 2n ** 63n) {
    throw new Invalid('This page cannot be found.', [
      { field: 'cursor', message: 'Use the nextCursor of the page before, as it is.' },
    ]);
  }
  return { xid, ord };
}
