import { Inject, Injectable } from '@nestjs/common';
import type {
  AcceptOffer,
  OffersQuery,
  Page,
  WorkflowOffer,
  WorkflowOfferDetail,
} from '@plumbline/contracts';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import { Conflict } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { OFFER_COLUMNS, toOffer, type OfferRow } from './offer-row.ts';
import { OfferNews } from './offer-news.ts';
import { toDifference } from './publication-preview.ts';
import { refuseErrors, refuseUnread } from './refusals.ts';
import { originOf, VERSION_ROW, type VersionRow } from './workflow-row.ts';
import { Workflows } from './workflows.ts';

type FullRow = OfferRow & {
  definition: Record<string, unknown>;
  layout: Record<string, unknown>;
};

/** What a client does with versions that its firm offers: look, take over, decline. */
@Injectable()
export class Offers {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(DefinitionChecks) private readonly checks: DefinitionChecks,
    @Inject(OfferNews) private readonly news: OfferNews,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Offers to this client, newest first. */
  list(ctx: RequestContext, query: OffersQuery): Promise<Page<WorkflowOffer>> {
    const [before = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    const status = query.status ?? null;
    return this.database.transaction(ctx, async (tx) => {
      const fetched = await tx.query<OfferRow>(sql`
        select ${OFFER_COLUMNS} from app.workflow_offer o
        where o.organisation_id = ${ctx.organisationId}
          and (${status}::text is null or o.status = ${status}::text)
          and (${before}::uuid is null or o.id < ${before}::uuid)
        order by o.id desc limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(fetched, query.limit, ({ id }) => [id]);
      return { items: rows.map(toOffer), nextCursor };
    });
  }

  /** One offer with what it would change here. */
  get(ctx: RequestContext, id: string): Promise<WorkflowOfferDetail> {
    return this.database.transaction(ctx, async (tx) =>
      this.detail(tx, ctx, await this.find(tx, ctx, id)),
    );
  }

  /**
   * Publishes the offered version here, as the next one. A version that the client edited itself is
   * replaced only when the caller says so; it stays among the versions.
   */
  accept(ctx: RequestContext, id: string, input: AcceptOffer): Promise<WorkflowOfferDetail> {
    return this.database.transaction(ctx, async (tx) => {
      const offer = await this.findOpen(tx, ctx, id);
      const current = await this.current(tx, ctx, offer.key);
      if (current?.hash === offer.hash) {
        throw new Conflict(
          'nothing-to-publish',
          'This is what you run already. Decline the offer.',
        );
      }
      const { definition, problems } = await this.checks.check(tx, ctx, offer.definition);
      refuseErrors(problems);
      if (!definition) throw new Error('a definition without problems was read');
      refuseUnread(problems, input.acknowledged);
      if (isOwn(current) && !input.replaceOwn) {
        throw new Conflict(
          'own-version',
          `You run version ${current?.version} of this workflow, which you edited yourselves. Say that it is to be replaced, or decline.`,
        );
      }
      const published = await this.workflows.publish(tx, ctx, definition, {
        ...{ layout: offer.layout, note: offer.note },
        origin: { firmId: offer.firm_id, firm: offer.firm_name, version: offer.firm_version },
      });
      await tx.execute(sql`
        update app.workflow_offer
        set status = 'accepted', answered_by = ${ctx.personId}, answered_at = now(),
            published_version = ${published.version}
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'workflow-offer.accepted',
        entity: 'workflow-offer',
        entityId: id,
        payload: {
          ...{ key: offer.key, firm: offer.firm_name, firmVersion: offer.firm_version },
          ...{ version: published.version, hash: offer.hash },
        },
      });
      return this.answered(tx, ctx, id, 'accepted');
    });
  }

  /** Leaves everything as it is and tells the firm why. */
  decline(ctx: RequestContext, id: string, reason: string): Promise<WorkflowOfferDetail> {
    return this.database.transaction(ctx, async (tx) => {
      const offer = await this.findOpen(tx, ctx, id);
      await tx.execute(sql`
        update app.workflow_offer
        set status = 'declined', answered_by = ${ctx.personId}, answered_at = now(),
            reason = ${reason}
        where organisation_id = ${ctx.organisationId} and id = ${id}`);
      await recordEvent(tx, ctx, {
        action: 'workflow-offer.declined',
        entity: 'workflow-offer',
        entityId: id,
        payload: {
          ...{ key: offer.key, firm: offer.firm_name, firmVersion: offer.firm_version, reason },
        },
      });
      return this.answered(tx, ctx, id, 'declined');
    });
  }

  private async answered(
    tx: Tx,
    ctx: RequestContext,
    id: string,
    how: 'accepted' | 'declined',
  ): Promise<WorkflowOfferDetail> {
    const offer = await this.find(tx, ctx, id);
    this.stream.publish(tx, ctx.organisationId, { type: 'workflow-changed', id: offer.key });
    const detail = await this.detail(tx, ctx, offer);
    await this.news.tell(tx, ctx, offer, how);
    return detail;
  }

  private async detail(tx: Tx, ctx: RequestContext, offer: FullRow): Promise<WorkflowOfferDetail> {
    const { definition, layout } = offer;
    const current = await this.current(tx, ctx, offer.key);
    const checked = await this.checks.check(tx, ctx, definition);
    const before = current && (await this.workflows.definitionOf(tx, ctx, current));
    return {
      ...toOffer(offer),
      ...{ definition, layout, problems: checked.problems, replacesOwn: isOwn(current) },
      current: current && {
        ...{ version: current.version, hash: current.hash, origin: originOf(current) },
      },
      difference: before && difference(before, checked.definition),
    };
  }

  /** The version that new runs are pinned to here, with where it came from. */
  private async current(tx: Tx, ctx: RequestContext, key: string): Promise<VersionRow | null> {
    await this.workflows.installLibrary(tx, ctx);
    return tx.maybe<VersionRow>(sql`
      select ${VERSION_ROW}
      where v.organisation_id = ${ctx.organisationId} and v.key = ${key} and x.version_id is null
      order by v.version desc limit 1`);
  }

  private find(
    tx: Tx,
    { organisationId }: RequestContext,
    id: string,
    lock = sql``,
  ): Promise<FullRow> {
    return tx.one<FullRow>(sql`
      select ${OFFER_COLUMNS}, o.definition, o.layout from app.workflow_offer o
      where o.organisation_id = ${organisationId} and o.id = ${id} ${lock}`);
  }

  private async findOpen(tx: Tx, ctx: RequestContext, id: string): Promise<FullRow> {
    const offer = await this.find(tx, ctx, id, sql`for update of o`);
    if (offer.status === 'open') return offer;
    throw new Conflict(
      'offer-not-open',
      `This offer is not open any more: it was ${offer.status}. Load the list again.`,
    );
  }
}

const isOwn = (current: VersionRow | null): boolean =>
  current !== null && originOf(current).kind === 'own';

const difference = (before: WorkflowDefinition, after: WorkflowDefinition | null) =>
  after && toDifference(before, after);
