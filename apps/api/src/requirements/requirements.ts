import { Inject, Injectable } from '@nestjs/common';
import type { ReadinessRow, Requirement, RequirementGroup } from '@plumbline/contracts';
import { requirementGroups, requirements } from '@plumbline/frameworks';
import sql from 'sql-template-tag';
import { referenceOf } from '../evidence/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { NotFound } from '../platform/problems.ts';
import type { OrganisationScope, RequestContext } from '../platform/request-context.ts';

import { NOTHING, readinessRows, type Standing } from './readiness.ts';
import { shownQuery, standingQuery } from './standing-query.ts';

interface StandingRow {
  organisation_id: string;
  requirement: string;
  shown: boolean;
  checked: boolean;
}

type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** Where an organisation stands on every clause and control. */
@Injectable()
export class Requirements {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** The readiness table. */
  rows(ctx: RequestContext): Promise<ReadinessRow[]> {
    return this.database.transaction(ctx, (tx) => this.rowsIn(tx, ctx));
  }

  /** The same inside a transaction that there is. */
  async rowsIn(tx: Tx, ctx: InOrganisation): Promise<ReadinessRow[]> {
    const standings = await this.standings(tx, [ctx.organisationId]);
    return readinessRows(standings.get(ctx.organisationId) ?? new Map<string, Standing>());
  }

  /** One group with every clause or control in it; NotFound when there is no such group. */
  group(ctx: RequestContext, id: string): Promise<RequirementGroup> {
    const group = requirementGroups.find((each) => each.id === id);
    if (!group) throw new NotFound();
    return this.database.transaction(ctx, async (tx) => {
      const all = await this.list(tx, ctx, null);
      const ids = new Set(group.requirements.map((each) => each.id));
      return { group: id, title: group.title, items: all.filter((each) => ids.has(each.id)) };
    });
  }

  /** Every clause and control, for the organisation or for one AI system. */
  async list(tx: Tx, ctx: InOrganisation, aiSystemId: string | null): Promise<Requirement[]> {
    const { organisationId } = ctx;
    const standings = await this.standings(tx, [organisationId], aiSystemId);
    const here = standings.get(organisationId);
    const shown = await tx.query<{
      id: string;
      number: number;
      shows: string;
      requirement: string;
    }>(sql`
      select distinct id, number, shows, requirement
      from (${shownQuery([organisationId], aiSystemId)}) shown order by requirement, number`);
    const evidence = Map.groupBy(shown, (row) => row.requirement);
    return requirements.map(({ id, title, summary }) => ({
      ...{ id, title, words: summary },
      ...(here?.get(id) ?? NOTHING),
      evidence: (evidence.get(id) ?? []).map((item) => ({
        id: item.id,
        reference: referenceOf(item.number),
        shows: item.shows,
      })),
    }));
  }

  /** Standings by organisation, then by clause or control. */
  async standings(
    tx: Tx,
    organisationIds: readonly string[],
    aiSystemId: string | null = null,
  ): Promise<Map<string, Map<string, Standing>>> {
    const rows = await tx.query<StandingRow>(standingQuery(organisationIds, aiSystemId));
    const byOrganisation = new Map<string, Map<string, Standing>>();
    for (const { organisation_id, requirement, shown, checked } of rows) {
      const standings = byOrganisation.get(organisation_id) ?? new Map<string, Standing>();
      // A row is there as soon as somebody has said something.
      standings.set(requirement, { said: true, shown, checked });
      byOrganisation.set(organisation_id, standings);
    }
    return byOrganisation;
  }
}
