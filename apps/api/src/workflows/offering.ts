import { Inject, Injectable } from '@nestjs/common';
import type { Adoption, OfferWorkflow, WithdrawOffers } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Adoptions, mayOfferTo, requireFirm } from './adoption.ts';
import { grantedTo, type GrantedClient } from './granted-clients.ts';
import { OfferNews } from './offer-news.ts';
import { Workflows } from './workflows.ts';

/** A version of the firm's library, as it is offered. */
interface Offered {
  readonly version: number;
  readonly name: string;
  readonly purpose: string;
  readonly definition: unknown;
  readonly layout: unknown;
  readonly hash: string;
  readonly retired: boolean;
}

/**
 * A firm offers versions of its library to clients, each in the client's own organisation, through
 * the engagement that lets the adviser in. All chosen clients get the offer, or none.
 */
@Injectable()
export class Offering {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Adoptions) private readonly adoptions: Adoptions,
    @Inject(OfferNews) private readonly news: OfferNews,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Offers a version; an open offer of another version of the workflow is replaced. */
  async offer(ctx: RequestContext, key: string, input: OfferWorkflow): Promise<Adoption> {
    await this.database.transaction(ctx, (tx) => this.offerIn(tx, ctx, key, input));
    return this.adoptions.of(ctx, key);
  }

  /** The same inside a transaction of the firm that does more. */
  async offerIn(tx: Tx, ctx: RequestContext, key: string, input: OfferWorkflow): Promise<void> {
    await requireFirm(tx, ctx);
    const offered = await this.find(tx, ctx, key, input.version);
    if (offered.retired) {
      throw new Conflict('already-retired', 'This version is retired. Offer one that is in use.');
    }
    const clients = await this.reached(tx, ctx, input.clients);
    for (const client of clients)
      await this.offerTo(tx, ctx, client, { ...offered, key, note: input.note });
    await tx.enter(ctx);
    await recordEvent(tx, ctx, {
      action: 'workflow.offered',
      entity: 'workflow',
      entityId: key,
      payload: {
        ...{ key, version: offered.version, hash: offered.hash, note: input.note },
        clients: clients.map(({ id, name }) => ({ id, name })),
      },
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'workflow-changed', id: key });
  }

  /** Takes open offers back. Clients that have answered, or have none, stay as they are. */
  async withdraw(ctx: RequestContext, key: string, input: WithdrawOffers): Promise<Adoption> {
    await this.database.transaction(ctx, async (tx) => {
      await requireFirm(tx, ctx);
      for (const client of await this.reached(tx, ctx, input.clients)) {
        const scope = { organisationId: client.id, personId: ctx.personId };
        await tx.enter(scope);
        const open = await tx.maybe<{ id: string }>(sql`
          update app.workflow_offer set status = 'withdrawn', answered_at = now()
          where organisation_id = ${client.id} and firm_id = ${ctx.organisationId}
            and key = ${key} and status = 'open'
          returning id`);
        if (!open) continue;
        await recordEvent(tx, scope, {
          action: 'workflow-offer.withdrawn',
          entity: 'workflow-offer',
          entityId: open.id,
          payload: { key, firm: ctx.organisationName },
        });
        this.stream.publish(tx, client.id, { type: 'workflow-changed', id: key });
      }
      await tx.enter(ctx);
    });
    return this.adoptions.of(ctx, key);
  }

  private async find(
    tx: Tx,
    { organisationId }: RequestContext,
    key: string,
    version: number,
  ): Promise<Offered> {
    return tx.one<Offered>(sql`
      select v.version, v.name, v.purpose, v.definition, v.layout, v.hash,
             exists (select 1 from app.workflow_retirement x
               where x.organisation_id = v.organisation_id and x.version_id = v.id) as retired
      from app.workflow_version v
      where v.organisation_id = ${organisationId} and v.key = ${key} and v.version = ${version}`);
  }

  /** The chosen clients, always in one order so that two who offer do not wait for each other. */
  private async reached(
    tx: Tx,
    ctx: RequestContext,
    wanted: readonly string[],
  ): Promise<GrantedClient[]> {
    const open = new Map(
      (await grantedTo(tx, ctx)).filter(mayOfferTo).map((client) => [client.id, client]),
    );
    const shut = wanted.filter((id) => !open.has(id));
    if (shut.length > 0) {
      throw new Refused(
        'client-not-open',
        'You cannot prepare workflows at some of these clients. Choose those whose engagement lets you in.',
        { clients: shut },
      );
    }
    return [...open.values()]
      .filter(({ id }) => wanted.includes(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async offerTo(
    tx: Tx,
    ctx: RequestContext,
    client: GrantedClient,
    { key, note, ...offered }: Offered & { readonly key: string; readonly note: string },
  ): Promise<void> {
    const scope = { organisationId: client.id, personId: ctx.personId };
    await tx.enter(scope);
    const now = await this.workflows.find(tx, scope, key);
    if (now?.hash === offered.hash) {
      throw new Conflict(
        'nothing-to-offer',
        `${client.name} runs exactly this already. Choose the other clients.`,
        { client: client.id },
      );
    }
    await tx.execute(sql`
      update app.workflow_offer set status = 'replaced', answered_at = now()
      where organisation_id = ${client.id} and firm_id = ${ctx.organisationId}
        and key = ${key} and status = 'open'`);
    const id = newId();
    await tx.execute(sql`
      insert into app.workflow_offer
        (organisation_id, id, firm_id, firm_name, key, firm_version, name, purpose, definition,
         layout, hash, note, offered_by)
      values (${client.id}, ${id}, ${ctx.organisationId}, ${ctx.organisationName}, ${key},
              ${offered.version}, ${offered.name}, ${offered.purpose},
              ${JSON.stringify(offered.definition)}::jsonb, ${JSON.stringify(offered.layout)}::jsonb,
              ${offered.hash}, ${note}, ${ctx.personId})`);
    await recordEvent(tx, scope, {
      action: 'workflow.offered',
      entity: 'workflow-offer',
      entityId: id,
      payload: {
        ...{ key, firm: ctx.organisationName, version: offered.version, hash: offered.hash, note },
      },
    });
    await this.news.offered(tx, client, { id, name: offered.name, firm: ctx.organisationName });
    this.stream.publish(tx, client.id, { type: 'workflow-changed', id: key });
  }
}
