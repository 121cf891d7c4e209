import { Inject, Injectable } from '@nestjs/common';
import type { AiSystemFields } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import { DETAIL_COLUMNS, fieldsOf, type DetailRow } from './ai-system-row.ts';
import { missingFields } from './completeness.ts';
import { referenceOf } from './reference.ts';
import { sortWrites, type Governance } from './run-writes.ts';

/** Topic of the message that a system's entry has become complete, or is so no longer. */
export const ENTRY_CHANGED = 'entry-changed';

/** A scope inside one organisation: every write names it. */
export type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** How other records name an AI system. */
export interface AiSystemName {
  readonly id: string;
  readonly reference: string;
  readonly name: string;
}

export interface NewAiSystem {
  readonly name: string;
  readonly fields?: AiSystemFields;
}

/** The register as other capabilities use it, inside their own transactions. */
@Injectable()
export class AiSystems {
  constructor(
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Enters an AI system as proposed by the person of the scope. */
  async create(tx: Tx, ctx: InOrganisation, input: NewAiSystem): Promise<AiSystemName> {
    const id = newId();
    const fields = input.fields ?? {};
    const { last: number } = await tx.one<{ last: number }>(sql`
      insert into app.ai_system_number (organisation_id, last) values (${ctx.organisationId}, 1)
      on conflict (organisation_id) do update set last = app.ai_system_number.last + 1
      returning last`);
    await tx.execute(sql`
      insert into app.ai_system (organisation_id, id, number, name, proposed_by, version)
      values (${ctx.organisationId}, ${id}, ${number}, ${input.name}, ${ctx.personId}, 0)`);
    await this.store(tx, ctx, id, { name: input.name, fields, was: {} });
    const reference = referenceOf(number);
    await recordEvent(tx, ctx, {
      action: 'ai-system.created',
      entity: 'ai-system',
      entityId: id,
      payload: { reference, name: input.name, fields },
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'system-changed', id });
    return { id, reference, name: input.name };
  }

  /** What is known about a system, by the names that conditions use. Unknown facts are left out. */
  async factsOf(tx: Tx, ctx: InOrganisation, id: string): Promise<Record<string, unknown>> {
    const row = await this.find(tx, ctx, id);
    const known = {
      ...row.facts,
      ...fieldsOf(row),
      name: row.name,
      stage: row.stage,
      tier: row.tier,
      path: row.path,
      gateState: row.gate_state,
      residualLevel: row.residual_level,
      nextReviewOn: row.next_review_on,
      // Whoever imported it did not propose it.
      proposedBy: row.import_id === null ? row.proposed_by : null,
      entryComplete: row.missing.length === 0,
      entryOwner: row.owner_id,
    };
    return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== null));
  }

  /** Applies what a run established: fields, governance state and other facts. Recorded. */
  async applyRunWrites(
    tx: Tx,
    ctx: InOrganisation,
    id: string,
    writes: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    if (Object.keys(writes).length === 0) return;
    const { governance, fields, facts } = sortWrites(writes);
    const row = await this.find(tx, ctx, id, 'change');
    await this.store(tx, ctx, id, {
      name: governance.name ?? row.name,
      fields,
      was: fieldsOf(row),
      governance,
      facts: { ...row.facts, ...facts },
    });
    await recordEvent(tx, ctx, {
      action: 'ai-system.assessed',
      entity: 'ai-system',
      entityId: id,
      payload: { writes },
    });
    this.stream.publish(tx, ctx.organisationId, { type: 'system-changed', id });
  }

  /**
   * Whether the register has an approved tool of the same kind from the same supplier, in use and not
   * overdue for review, whose approval covers all of this data.
   */
  async hasApprovedTool(
    tx: Tx,
    ctx: InOrganisation,
    like: {
      readonly kind: string;
      readonly supplier: string;
      readonly dataKinds: readonly string[];
    },
    except: string,
  ): Promise<boolean> {
    const found = await tx.maybe(sql`
      select 1 as found from app.ai_system
      where organisation_id = ${ctx.organisationId} and id <> ${except}
        and stage = 'live' and gate_state = 'passed' and kind = ${like.kind}
        and lower(trim(supplier)) = lower(trim(${like.supplier}))
        and fields -> 'dataKinds' @> ${JSON.stringify(like.dataKinds)}::jsonb
        and facts -> 'supplierApproved' = 'true'::jsonb
        and (next_review_on is null or next_review_on >= current_date)
      limit 1`);
    return found !== null;
  }

  /** How to name a system; NotFound when it is not in this organisation. */
  async nameOf(tx: Tx, ctx: InOrganisation, id: string): Promise<AiSystemName> {
    const row = await tx.one<{ number: number; name: string }>(sql`
      select number, name from app.ai_system
      where organisation_id = ${ctx.organisationId} and id = ${id}`);
    return { id, reference: referenceOf(row.number), name: row.name };
  }

  /** One system with all that is known; for a `change` it is locked until the transaction ends. */
  async find(tx: Tx, ctx: InOrganisation, id: string, to: 'read' | 'change' = 'read') {
    const row = await tx.maybe<DetailRow>(sql`
      select ${DETAIL_COLUMNS}
      from app.ai_system s
      left join app.person o on o.id = s.owner_id
      left join app.person v on v.id = s.overseer_id
      where s.organisation_id = ${ctx.organisationId} and s.id = ${id}
      ${to === 'change' ? sql`for no key update of s` : sql``}`);
    if (!row) throw new NotFound();
    return row;
  }

  /** Writes the whole state of a system after a change and reckons what is missing. */
  async store(tx: Tx, ctx: InOrganisation, id: string, change: Change): Promise<void> {
    const { purpose, kind, supplier, owner, overseer, builders, ...rest } = {
      ...change.was,
      ...change.fields,
    };
    const missing = missingFields({ ...change.was, ...change.fields, name: change.name });
    await tx.execute(sql`
      update app.ai_system set
        name = ${change.name}, purpose = ${purpose ?? null}, kind = ${kind ?? null},
        supplier = ${supplier ?? null}, owner_id = ${owner ?? null},
        overseer_id = ${overseer ?? null}, builders = ${builders ?? []}::uuid[],
        fields = ${JSON.stringify(known(rest))}::jsonb, missing = ${missing}::text[],
        ${governed(change.governance ?? {})}
        ${change.facts ? sql`facts = ${JSON.stringify(change.facts)}::jsonb,` : sql``}
        version = version + 1, updated_at = now()
      where organisation_id = ${ctx.organisationId} and id = ${id}`);
    const missed = missingFields({ ...change.was, name: change.name });
    if ((missed.length === 0) !== (missing.length === 0)) {
      await this.outbox.add(tx, {
        organisationId: ctx.organisationId,
        topic: ENTRY_CHANGED,
        key: newId(),
        payload: { aiSystemId: id },
      });
    }
  }
}

/** A change to a system: the answers that it `was` built from and those that are new. */
export interface Change {
  readonly name: string;
  readonly was: AiSystemFields;
  readonly fields: AiSystemFields;
  readonly governance?: Governance;
  readonly facts?: Readonly<Record<string, unknown>>;
}

const known = (fields: AiSystemFields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** Assignments for the governance columns that a change names, and for no other. */
function governed({ stage, tier, path, gateState, residualLevel, nextReviewOn }: Governance): Sql {
  return sql`
    ${stage === undefined ? sql`` : sql`stage = ${stage},`}
    ${tier === undefined ? sql`` : sql`tier = ${tier},`}
    ${path === undefined ? sql`` : sql`path = ${path},`}
    ${gateState === undefined ? sql`` : sql`gate_state = ${gateState},`}
    ${residualLevel === undefined ? sql`` : sql`residual_level = ${residualLevel},`}
    ${nextReviewOn === undefined ? sql`` : sql`next_review_on = ${nextReviewOn}::date,`}`;
}
