import { Inject, Injectable } from '@nestjs/common';
import type { Portfolio, PortfolioQuery, PortfolioRow, Readiness } from '@plumbline/contracts';
import { z } from 'zod';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { countAll, Requirements, type Standing } from '../requirements/index.ts';
import {
  changedSince,
  grantedClients,
  readFigures,
  readHorizon,
  type ClientFigures,
  type GrantedClient,
} from './client-figures.ts';
import { needs, ORDERS, reasonsFor, type Reason } from './reasons.ts';

/** Clients looked into in one transaction: as many as a signed context should name. */
const AT_ONCE = 500;

/** Clients whose readiness is remembered by one process. */
const REMEMBERED = 20_000;

interface Remembered {
  /** The transaction number from which on a change makes it worthless. */
  readonly horizon: string;
  readonly readiness: Readiness;
}

interface Entry {
  readonly row: PortfolioRow & { readonly rank: number };
  readonly reasons: readonly Reason[];
}

/**
 * A firm's view over its clients: aggregates only, and only of clients that let this person in at
 * this moment. The one place where a request reads several organisations.
 */
@Injectable()
export class Portfolios {
  /**
   * Readiness as it was reckoned last. It cannot change without an entry of the record in the same
   * transaction, so it holds as long as there is none; who may see it is asked every time.
   */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Requirements) private readonly requirements: Requirements,
  ) {}

  /** A page of the portfolio; the totals count every client that matches the words searched for. */
  async list(ctx: RequestContext, query: PortfolioQuery): Promise<Portfolio> {
    const wanted = query.q?.trim().toLowerCase() ?? '';
    const granted = await this.database.transaction(
      { organisationId: null, personId: ctx.personId },
      (tx) => grantedClients(tx, ctx.organisationId),
    );
    const clients = granted.filter(({ name }) => name.toLowerCase().includes(wanted));
    const entries: Entry[] = [];
    for (let at = 0; at < clients.length; at += AT_ONCE)
      entries.push(...(await this.look(ctx, clients.slice(at, at + AT_ONCE))));

    const shown = entries
      .filter(({ reasons }) => !query.needs || needs(reasons, query.needs))
      .map(({ row }) => row)
      .sort(ORDERS[query.sort]);
    const [after = null] = readCursor(query.cursor, z.tuple([z.uuid()])) ?? [];
    // A client that is gone meanwhile ends the list: the next look begins anew.
    const from = after === null ? 0 : shown.findIndex(({ id }) => id === after) + 1;
    const rest = from === 0 && after !== null ? [] : shown.slice(from, from + query.limit + 1);
    const { rows, nextCursor } = pageOf(rest, query.limit, ({ id }) => [id]);
    return {
      items: rows.map(({ rank: _rank, ...row }) => row),
      nextCursor,
      totals: {
        clients: entries.length,
        needFirm: entries.filter(({ reasons }) => needs(reasons, 'firm')).length,
        waitingOnClient: entries.filter(({ reasons }) => needs(reasons, 'client')).length,
      },
    };
  }

  private look(ctx: RequestContext, clients: readonly GrantedClient[]): Promise<Entry[]> {
    const { organisationId, personId } = ctx;
    const ids = clients.map(({ id }) => id);
    const scope = {
      ...{ organisationId, personId },
      readOrganisationIds: [organisationId, ...ids],
    };
    return this.database.transaction(scope, async (tx) => {
      const figures = await readFigures(tx, organisationId, ids);
      const readiness = await this.readinessOf(tx, ids);
      // A client without figures withdrew its access between the two questions.
      return clients
        .filter(({ id }) => figures.has(id))
        .map((client) => entryOf(client, figures.get(client.id)!, readiness.get(client.id)!));
    });
  }

  /** Readiness of each client: remembered where nothing has happened since, reckoned elsewhere. */
  private async readinessOf(
    tx: Tx,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Readiness>> {
    const known = new Map(
      ids.flatMap((id) => {
        const remembered = this.remembered.get(id);
        return remembered ? [[id, remembered] as const] : [];
      }),
    );
    const changed = await changedSince(
      tx,
      new Map([...known].map(([id, { horizon }]) => [id, horizon])),
    );
    const stale = ids.filter((id) => !known.has(id) || changed.has(id));
    if (stale.length > 0) {
      // Taken first: what commits while the standings are read makes them worthless, not wrong.
      const horizon = await readHorizon(tx);
      const standings = await this.requirements.standings(tx, stale);
      if (this.remembered.size > REMEMBERED) this.remembered.clear();
      for (const id of stale) {
        const readiness = countAll(standings.get(id) ?? new Map<string, Standing>());
        known.set(id, { horizon, readiness });
        this.remembered.set(id, { horizon, readiness });
      }
    }
    return new Map([...known].map(([id, { readiness }]) => [id, readiness]));
  }
}

function entryOf(client: GrantedClient, figures: ClientFigures, readiness: Readiness): Entry {
  const reasons = reasonsFor({ slug: client.slug, ...figures });
  return {
    reasons,
    row: {
      ...{ id: client.id, slug: client.slug, name: client.name },
      mark: { text: client.markText, plate: client.markPlate },
      ...{ systems: figures.systems, live: figures.live, incomplete: figures.incomplete },
      ...{ openTasks: figures.openTasks, lateOurs: figures.lateOurs },
      ...{ lateTheirs: figures.lateTheirs, decisionsWaiting: figures.decisionsWaiting },
      ...{ breaches: figures.breaches, nextReviewOn: figures.nextReviewOn },
      readiness,
      lastActivityAt: figures.lastActivityAt?.toISOString() ?? null,
      engagementEndsAt: figures.engagementEndsAt.toISOString(),
      reasons: reasons.map(({ text, path }) => ({ text, path })),
      rank: reasons[0]?.rank ?? Number.MAX_SAFE_INTEGER,
    },
  };
}
