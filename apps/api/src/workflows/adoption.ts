import { Inject, Injectable } from '@nestjs/common';
import type { Adoption, ClientAdoption, WorkflowDifference } from '@plumbline/contracts';
import { definitionOf } from '@plumbline/frameworks';
import { abilityFor } from '@plumbline/policies';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { NotFound } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionSource } from './definition-source.ts';
import { grantedTo, type GrantedClient } from './granted-clients.ts';
import { toDifference } from './publication-preview.ts';
import { Workflows, type InOrganisation } from './workflows.ts';

interface AtClient {
  id: string;
  version: number | null;
  hash: string | null;
  by_product: boolean;
  published_at: Date | null;
  runs_live: number;
  offer_version: number | null;
  offer_status: NonNullable<ClientAdoption['offer']>['status'] | null;
  offered_at: Date | null;
  answered_at: Date | null;
  offer_reason: string | null;
}

/** Whether an adviser with these roles may draft for a client, and so offer to it. */
export const mayOfferTo = ({ roles }: Pick<GrantedClient, 'roles'>): boolean =>
  abilityFor({ roles, relation: 'adviser' }).can('update', 'Workflow');

/**
 * What the clients of a firm do with its workflows: read in clients that let the asking adviser in
 * at this moment, and in no other.
 */
@Injectable()
export class Adoptions {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(DefinitionSource) private readonly source: DefinitionSource,
  ) {}

  /** One workflow of the firm's library, client by client. */
  of(ctx: RequestContext, key: string): Promise<Adoption> {
    return this.database.transaction(ctx, async (tx) => {
      await requireFirm(tx, ctx);
      await this.source.requireKnown(tx, ctx, key);
      const versions = await this.versionsOf(tx, ctx, key);
      const newest = (await this.workflows.find(tx, ctx, key))?.version ?? null;
      const clients = await grantedTo(tx, ctx);
      const rows = await this.look(tx, ctx, key, clients);
      return {
        newest,
        clients: clients.flatMap((client) => {
          const row = rows.get(client.id);
          return row ? [toAdoption(client, row, versions, newest)] : [];
        }),
      };
    });
  }

  /** How many clients of a firm run a version of its library, by workflow; null for a client. */
  async counts(tx: Tx, ctx: RequestContext): Promise<ReadonlyMap<string, number> | null> {
    if (!(await isFirm(tx, ctx))) return null;
    const clients = (await grantedTo(tx, ctx)).map(({ id }) => id);
    const rows = await inside(tx, ctx, clients, () =>
      tx.query<{ key: string; clients: number }>(sql`
        select v.key, count(*)::int as clients
        from (
          select distinct on (v.organisation_id, v.key) v.key, v.hash
          from app.workflow_version v
          where v.organisation_id = any (${clients}::uuid[]) and not exists (
            select 1 from app.workflow_retirement x
            where x.organisation_id = v.organisation_id and x.version_id = v.id)
          order by v.organisation_id, v.key, v.version desc
        ) v
        where exists (
          select 1 from app.workflow_version own
          where own.organisation_id = ${ctx.organisationId} and own.key = v.key
            and own.hash = v.hash)
        group by v.key`),
    );
    return new Map(rows.map(({ key, clients: n }) => [key, n]));
  }

  /**
   * What the draft, or a version, of the firm's library would change at one client. NotFound for a
   * client that has no such workflow.
   */
  difference(
    ctx: RequestContext,
    key: string,
    clientId: string,
    version: number | 'draft',
  ): Promise<WorkflowDifference> {
    return this.database.transaction(ctx, async (tx) => {
      await requireFirm(tx, ctx);
      const after = await this.source.of(tx, ctx, key, version);
      const client = (await grantedTo(tx, ctx)).find(({ id }) => id === clientId);
      if (!client) throw new NotFound();
      const before = await inside(tx, ctx, [client.id], () =>
        this.runsAt(tx, { organisationId: client.id, personId: ctx.personId }, key),
      );
      if (!before) throw new NotFound();
      return toDifference(before, after);
    });
  }

  private async runsAt(
    tx: Tx,
    client: InOrganisation,
    key: string,
  ): Promise<WorkflowDefinition | null> {
    const found = await this.workflows.find(tx, client, key);
    return found?.definition ?? definitionOf(key) ?? null;
  }

  /** The firm's version of each hash; of one that came twice, the newest. */
  private async versionsOf(
    tx: Tx,
    { organisationId }: RequestContext,
    key: string,
  ): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ hash: string; version: number }>(sql`
      select hash, version from app.workflow_version
      where organisation_id = ${organisationId} and key = ${key} order by version`);
    return new Map(rows.map(({ hash, version }) => [hash, version]));
  }

  private async look(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    clients: readonly GrantedClient[],
  ): Promise<ReadonlyMap<string, AtClient>> {
    const ids = clients.map(({ id }) => id);
    const rows = await inside(tx, ctx, ids, () =>
      tx.query<AtClient>(sql`
        select c.id, v.version, v.hash, v.published_by is null as by_product, v.published_at,
               (select count(*)::int from app.run r where r.organisation_id = c.id
                and r.workflow_key = ${key} and r.status = 'running') as runs_live,
               o.firm_version as offer_version, o.status as offer_status, o.offered_at,
               o.answered_at, o.reason as offer_reason
        from unnest(${ids}::uuid[]) c (id)
        left join lateral (
          select v.* from app.workflow_version v
          where v.organisation_id = c.id and v.key = ${key} and not exists (
            select 1 from app.workflow_retirement x
            where x.organisation_id = v.organisation_id and x.version_id = v.id)
          order by v.version desc limit 1
        ) v on true
        left join lateral (
          select o.* from app.workflow_offer o
          where o.organisation_id = c.id and o.key = ${key}
            and o.firm_id = ${ctx.organisationId}
          order by o.id desc limit 1
        ) o on true`),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** Reads in these clients as well, and then no more. */
async function inside<T>(
  tx: Tx,
  ctx: RequestContext,
  clients: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  await tx.enter({ ...ctx, readOrganisationIds: [ctx.organisationId, ...clients] });
  const result = await work();
  await tx.enter(ctx);
  return result;
}

/** Whether the organisation is a firm, which has clients. */
export async function isFirm(tx: Tx, { organisationId }: InOrganisation): Promise<boolean> {
  const { kind } = await tx.one<{ kind: string }>(
    sql`select kind from app.organisation where id = ${organisationId}`,
  );
  return kind === 'firm';
}

/** A client has no clients: there is nothing of this kind here. */
export async function requireFirm(tx: Tx, ctx: InOrganisation): Promise<void> {
  if (!(await isFirm(tx, ctx))) throw new NotFound();
}

function toAdoption(
  client: GrantedClient,
  row: AtClient,
  versions: ReadonlyMap<string, number>,
  newest: number | null,
): ClientAdoption {
  const version = row.hash === null ? null : (versions.get(row.hash) ?? null);
  return {
    client: { id: client.id, slug: client.slug, name: client.name },
    ...{ runs: runsWhat(row, version, newest), version, clientVersion: row.version },
    publishedAt: row.published_at?.toISOString() ?? null,
    runsLive: row.runs_live,
    offer:
      row.offer_version !== null && row.offer_status && row.offered_at
        ? {
            ...{ version: row.offer_version, status: row.offer_status },
            offeredAt: row.offered_at.toISOString(),
            answeredAt: row.answered_at?.toISOString() ?? null,
            reason: row.offer_reason,
          }
        : null,
    mayOffer: mayOfferTo(client),
  };
}

function runsWhat(
  { hash, by_product }: AtClient,
  version: number | null,
  newest: number | null,
): ClientAdoption['runs'] {
  if (hash === null) return 'none';
  if (version !== null && version === newest) return 'newest';
  if (by_product) return 'standard';
  return version === null ? 'own' : 'earlier';
}
