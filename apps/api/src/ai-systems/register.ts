import { Inject, Injectable } from '@nestjs/common';
import type {
  AiSystem,
  AiSystemFields,
  AiSystemsAnswer,
  AiSystemsQuery,
  GateAnswer,
  SimilarAiSystems,
  UpdateAiSystem,
} from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { cursorAfter } from '../platform/paging.ts';
import { Invalid, NotFound, StaleVersion } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import {
  fieldsOf,
  LIST_COLUMNS,
  toAiSystem,
  toListRow,
  type DetailRow,
  type ListRow,
} from './ai-system-row.ts';
import { AiSystems } from './ai-systems.ts';
import { changesBetween } from './changes.ts';
import { gateConditions, gateVerdict } from './gate.ts';
import { allOf, filtersOf, pageQuery } from './list-query.ts';
import { referenceOf } from './reference.ts';
import { mostSimilar } from './similar.ts';

/** How many look-alikes a proposer is shown. */
const SIMILAR = 5;

/** Topic of the message that somebody changed a system by hand; it names the fields. */
export const AI_SYSTEM_CHANGED = 'ai-system-changed';

/** The register as people read and edit it. */
@Injectable()
export class Register {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(AiSystems) private readonly systems: AiSystems,
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** A page of the systems that the reader may see and the query asks for. */
  list(ctx: RequestContext, query: AiSystemsQuery): Promise<AiSystemsAnswer> {
    const matching = allOf([
      sql`s.organisation_id = ${ctx.organisationId}`,
      visibleTo(ctx),
      ...filtersOf(query, ctx.personId),
    ]);
    return this.database.transaction(ctx, async (tx) => {
      const rows = await tx.query<ListRow & { sort_key: string }>(pageQuery(matching, query));
      const { total } = await tx.one<{ total: number }>(
        sql`select count(*)::int as total from app.ai_system s where ${matching}`,
      );
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(toListRow),
        nextCursor:
          rows.length > shown.length && last
            ? cursorAfter([query.sort, last.sort_key, last.id])
            : null,
        total,
      };
    });
  }

  get(ctx: RequestContext, id: string): Promise<AiSystem> {
    return this.database.transaction(ctx, async (tx) =>
      this.describe(tx, await this.findVisible(tx, ctx, id)),
    );
  }

  /** Changes what people tell about a system; governance state comes from runs alone. Recorded. */
  update(
    ctx: RequestContext,
    id: string,
    version: number,
    input: UpdateAiSystem,
  ): Promise<AiSystem> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.systems.find(tx, ctx, id, 'change');
      if (row.version !== version) throw new StaleVersion(row.version);
      const { name = row.name, ...fields } = input;
      const changes = changesBetween({ name: row.name, ...fieldsOf(row) }, { name, ...fields });
      if (Object.keys(changes).length > 0) {
        await this.assertMembers(tx, ctx, fields);
        await this.systems.store(tx, ctx, id, { name, fields, was: fieldsOf(row) });
        await recordEvent(tx, ctx, {
          action: 'ai-system.updated',
          entity: 'ai-system',
          entityId: id,
          payload: { changes },
        });
        await this.outbox.add(tx, {
          organisationId: ctx.organisationId,
          topic: AI_SYSTEM_CHANGED,
          key: `${id}-${version + 1}`,
          payload: { aiSystemId: id, fields: Object.keys(changes).join(',') },
        });
        this.stream.publish(tx, ctx.organisationId, { type: 'system-changed', id });
      }
      return this.describe(tx, await this.systems.find(tx, ctx, id));
    });
  }

  /** Systems with a name like this one, so that nobody proposes what is there already. */
  similar(ctx: RequestContext, name: string): Promise<SimilarAiSystems> {
    return this.database.transaction(ctx, async (tx) => {
      const names = await tx.query<{ id: string; name: string }>(sql`
        select id, name from app.ai_system where organisation_id = ${ctx.organisationId}`);
      const alike = mostSimilar(name, names, SIMILAR).map(({ id }) => id);
      const rows = await tx.query<ListRow & { visible: boolean }>(sql`
        select ${LIST_COLUMNS}, ${visibleTo(ctx)} as visible
        from app.ai_system s left join app.person o on o.id = s.owner_id
        where s.organisation_id = ${ctx.organisationId} and s.id = any (${alike}::uuid[])
        order by array_position(${alike}::uuid[], s.id)`);
      const items = rows.map((row) => {
        const { id, reference, stage, owner } = toListRow(row);
        return { id, reference, name: row.name, stage, owner: row.visible ? owner : null };
      });
      return { items };
    });
  }

  /** Whether a system may be live now, and why (not). */
  gate(ctx: RequestContext, id: string): Promise<GateAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await this.systems.find(tx, ctx, id);
      const now = await tx.now();
      const conditions = gateConditions({
        stage: row.stage,
        tier: row.tier,
        gateState: row.gate_state,
        missing: row.missing,
        nextReviewOn: row.next_review_on,
        today: now.toISOString().slice(0, 10),
      });
      return {
        id,
        reference: referenceOf(row.number),
        name: row.name,
        stage: row.stage,
        gateState: row.gate_state,
        ...gateVerdict(conditions),
        conditions,
        askedAt: now.toISOString(),
      };
    });
  }

  private async findVisible(tx: Tx, ctx: RequestContext, id: string): Promise<DetailRow> {
    const row = await this.systems.find(tx, ctx, id);
    if (!ctx.ability.can('read', 'AiSystem') && !isOwn(ctx, row)) throw new NotFound();
    return row;
  }

  private async describe(tx: Tx, row: DetailRow): Promise<AiSystem> {
    const people = await tx.query<{ id: string; name: string }>(
      sql`select id, name from app.person where id = any (${row.builders}::uuid[])`,
    );
    return toAiSystem(row, new Map(people.map(({ id, name }) => [id, name])));
  }

  /** People named on a system belong to its organisation. */
  private async assertMembers(tx: Tx, ctx: RequestContext, fields: AiSystemFields): Promise<void> {
    const named = {
      owner: [fields.owner],
      overseer: [fields.overseer],
      builders: fields.builders ?? [],
    };
    const ids = Object.values(named)
      .flat()
      .filter((id) => typeof id === 'string');
    const members = await tx.query<{ person_id: string }>(sql`
      select person_id from app.member
      where organisation_id = ${ctx.organisationId} and person_id = any (${ids}::uuid[])
        and status = 'active'`);
    const known = new Set(members.map((member) => member.person_id));
    const problems = Object.entries(named)
      .filter(([, people]) => people.some((id) => typeof id === 'string' && !known.has(id)))
      .map(([field]) => ({ field, message: 'Choose a member of this organisation.' }));
    if (problems.length > 0) throw new Invalid('Somebody named here is not a member.', problems);
  }
}

/** Without the right to read the register, people see the systems that are theirs. */
function visibleTo(ctx: RequestContext): Sql {
  if (ctx.ability.can('read', 'AiSystem')) return sql`true`;
  const me = ctx.personId;
  return sql`(s.proposed_by = ${me} or s.owner_id = ${me} or s.overseer_id = ${me}) is true`;
}

const isOwn = ({ personId }: RequestContext, row: DetailRow): boolean =>
  [row.proposed_by, row.owner_id, row.overseer_id].includes(personId);
