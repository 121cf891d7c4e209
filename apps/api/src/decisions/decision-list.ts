import { Inject, Injectable } from '@nestjs/common';
import type { Decision, DecisionCapsule, DecisionsQuery, Page } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { referenceOf } from '../ai-systems/index.ts';
import { Members } from '../members/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { pageOf, readCursor } from '../platform/paging.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { mayReadVote } from './sealed-votes.ts';

interface Row {
  id: string;
  reference: string;
  ai_system_id: string;
  system_number: number;
  system_name: string;
  question: string;
  outcome: string;
  effect: Decision['effect'];
  reason: string;
  conditions: { text: string; owner: string; due: string }[];
  person_id: string;
  person_name: string;
  behalf: string | null;
  behalf_name: string | null;
  role: string;
  at: Date;
  at_key: string;
  run_id: string;
  workflow_key: string;
  workflow_name: string;
  workflow_version: number;
  hash: string;
  capsule: string;
  capsule_hash: string;
  record_event_id: string;
}

/** Decisions as people read them. */
@Injectable()
export class DecisionList {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Members) private readonly members: Members,
  ) {}

  /** Decisions, newest first; votes in a blind matter of others only when it is settled. */
  list(ctx: RequestContext, query: DecisionsQuery): Promise<Page<Decision>> {
    const before = readCursor(query.cursor, z.tuple([z.string().max(60), z.uuid()]));
    return this.database.transaction(ctx, async (tx) => {
      const found = await tx.query<Row>(sql`
        select ${COLUMNS}
        where d.organisation_id = ${ctx.organisationId} and ${mayReadVote(sql`d`, ctx.personId)}
          ${query.aiSystem ? sql`and d.ai_system_id = ${query.aiSystem}` : sql``}
          ${before ? sql`and (d.at, d.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``}
        order by d.at desc, d.id desc limit ${query.limit + 1}`);
      const { rows, nextCursor } = pageOf(found, query.limit, (row) => [row.at_key, row.id]);
      const names = await this.members.peopleOf(
        tx,
        rows.flatMap(({ conditions }) => conditions.map(({ owner }) => owner)),
      );
      return { items: rows.map((row) => toDecision(row, names)), nextCursor };
    });
  }

  /** One decision with what it was decided on. */
  get(ctx: RequestContext, id: string): Promise<DecisionCapsule> {
    return this.database.transaction(ctx, async (tx) => {
      const row = await tx.one<Row>(sql`
        select ${COLUMNS}
        where d.organisation_id = ${ctx.organisationId} and d.id = ${id}
          and ${mayReadVote(sql`d`, ctx.personId)}`);
      const owners = row.conditions.map(({ owner }) => owner);
      const names = await this.members.peopleOf(tx, owners);
      const capsule = JSON.parse(row.capsule) as Record<string, unknown>;
      return { ...toDecision(row, names), capsule };
    });
  }
}

const COLUMNS = sql`
  d.id, d.reference, d.ai_system_id, s.number as system_number, s.name as system_name, d.question,
  d.outcome, d.effect, d.reason, d.conditions, d.person_id, p.name as person_name, d.role, d.at,
  d.on_behalf_of as behalf, b.name as behalf_name,
  d.at::text as at_key, d.run_id, v.key as workflow_key, v.name as workflow_name,
  v.version as workflow_version, v.hash, d.capsule, d.capsule_hash, d.record_event_id
  from app.decision d
  join app.person p on p.id = d.person_id
  left join app.person b on b.id = d.on_behalf_of
  join app.ai_system s on s.organisation_id = d.organisation_id and s.id = d.ai_system_id
  join app.workflow_version v
    on v.organisation_id = d.organisation_id and v.id = d.workflow_version_id`;

const toDecision = (
  row: Row,
  names: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
): Decision => ({
  id: row.id,
  reference: row.reference,
  aiSystem: {
    id: row.ai_system_id,
    reference: referenceOf(row.system_number),
    name: row.system_name,
  },
  question: row.question,
  outcome: row.outcome,
  effect: row.effect,
  reason: row.reason,
  conditions: row.conditions.map(({ owner, ...condition }) => ({
    ...condition,
    owner: { id: owner, name: names.get(owner)?.name ?? 'Someone who has left' },
  })),
  by: { id: row.person_id, name: row.person_name },
  onBehalfOf: row.behalf === null ? null : { id: row.behalf, name: row.behalf_name ?? 'Someone' },
  role: row.role,
  at: row.at.toISOString(),
  runId: row.run_id,
  workflow: {
    key: row.workflow_key,
    name: row.workflow_name,
    version: row.workflow_version,
    hash: row.hash,
  },
  capsuleHash: row.capsule_hash,
  recordEventId: row.record_event_id,
});
