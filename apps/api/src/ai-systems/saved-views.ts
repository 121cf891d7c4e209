import { Inject, Injectable } from '@nestjs/common';
import type { SavedView, SavedViews, SaveView } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Forbidden, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';

interface ViewRow {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  person_id: string;
  person_name: string;
}

const toView = ({ id, name, query, shared, person_id, person_name }: ViewRow): SavedView => ({
  id,
  name,
  query,
  shared,
  owner: { id: person_id, name: person_name },
});

/** Named filters of the register: each person's own, and those that somebody shared. */
@Injectable()
export class SavedViewsOfRegister {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  list(ctx: RequestContext): Promise<SavedViews> {
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<ViewRow>(sql`
        select v.id, v.name, v.query, v.shared, v.person_id, p.name as person_name
        from app.saved_view v join app.person p on p.id = v.person_id
        where v.organisation_id = ${ctx.organisationId} and v.register = 'ai-systems'
          and (v.shared or v.person_id = ${ctx.personId})
        order by lower(v.name), v.id`);
      return { items: rows.map(toView) };
    });
  }

  /** Keeps a view; one of the same name by the same person is replaced. */
  save(ctx: RequestContext, input: SaveView): Promise<SavedView> {
    if (ctx.relation === 'token') throw new Forbidden('Views are kept by people, not by tokens.');
    return this.database.transaction(ctx, async (tx) => {
      const { id } = await tx.one<{ id: string }>(sql`
        insert into app.saved_view (organisation_id, id, person_id, register, name, query, shared)
        values (${ctx.organisationId}, ${newId()}, ${ctx.personId}, 'ai-systems', ${input.name},
                ${input.query}, ${input.shared})
        on conflict (organisation_id, person_id, register, name)
          do update set query = excluded.query, shared = excluded.shared
        returning id`);
      await recordEvent(tx, ctx, {
        action: 'saved-view.saved',
        entity: 'saved-view',
        entityId: id,
        payload: input,
      });
      return { id, ...input, owner: { id: ctx.personId, name: ctx.personName } };
    });
  }

  /** Removes a view of one's own. */
  remove(ctx: RequestContext, id: string): Promise<void> {
    return this.database.transaction(ctx, async (tx) => {
      const removed = await tx.execute(sql`
        delete from app.saved_view
        where organisation_id = ${ctx.organisationId} and id = ${id}
          and person_id = ${ctx.personId}`);
      if (removed === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'saved-view.removed',
        entity: 'saved-view',
        entityId: id,
        payload: {},
      });
    });
  }
}
