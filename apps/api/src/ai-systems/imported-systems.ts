import { Inject, Injectable } from '@nestjs/common';
import type { AiSystemFields, AiSystemStage, Tier } from '@plumbline/contracts';
import sql, { type Sql } from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { recordEvents, type RecordedChange } from '../platform/record/record-writer.ts';
import { DETAIL_COLUMNS, fieldsOf, type DetailRow } from './ai-system-row.ts';
import type { InOrganisation } from './ai-systems.ts';
import { changesBetween } from './changes.ts';
import { missingFields } from './completeness.ts';
import { referenceOf } from './reference.ts';

/** Topic of the message that an import has made or changed entries of an organisation. */
export const ENTRIES_IMPORTED = 'entries-imported';

/** An AI system as a file tells it. What the file leaves out is unknown, not empty. */
export interface ImportedSystem {
  /** By which the next import finds it again: a hash, unique within the organisation. */
  readonly key: string;
  readonly externalId: string;
  readonly row: number;
  readonly name: string;
  readonly fields: AiSystemFields;
  readonly stage: AiSystemStage | null;
  readonly tier: Tier | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, string>>;
}

/** How many systems an import makes, changes and leaves, and how many are incomplete after it. */
export interface ImportCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  readonly incomplete: number;
}

type Known = DetailRow & { import_key: string };

interface Merged {
  readonly name: string;
  readonly fields: AiSystemFields;
  readonly stage: AiSystemStage;
  readonly tier: Tier | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly extra: Readonly<Record<string, string>>;
}

/** Brings systems from files into the register: new ones are made, known ones changed, none doubled. */
@Injectable()
export class ImportedSystems {
  constructor(
    @Inject(EventStream) private readonly stream: EventStream,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** What `apply` would do, without doing it. */
  async preview(
    tx: Tx,
    ctx: InOrganisation,
    systems: readonly ImportedSystem[],
  ): Promise<ImportCounts> {
    const { fresh, changed, same } = await this.compare(tx, ctx, systems, sql``);
    return countsOf(fresh, changed, same);
  }

  /** What `apply` would do in an organisation that is still to be made. */
  previewNew(systems: readonly ImportedSystem[]): ImportCounts {
    return countsOf(
      systems.map((system) => ({ system, merged: merge(null, system) })),
      [],
      [],
    );
  }

  /** Makes and changes systems in the scope's organisation, with an entry in the record for each. */
  async apply(
    tx: Tx,
    ctx: InOrganisation,
    importId: string,
    systems: readonly ImportedSystem[],
  ): Promise<ImportCounts> {
    const lock = sql`for no key update of s`;
    const { fresh, changed, same } = await this.compare(tx, ctx, systems, lock);
    const made = await this.insert(tx, ctx, importId, fresh);
    await this.update(tx, ctx, importId, changed);
    await recordEvents(tx, ctx, [
      ...made,
      ...changed.map(({ known, changes, system }) => ({
        action: 'ai-system.updated',
        entity: 'ai-system',
        entityId: known.id,
        payload: { importId, row: system.row, changes },
      })),
    ]);
    if (fresh.length + changed.length > 0) {
      this.stream.publish(tx, ctx.organisationId, { type: 'job-changed', id: importId });
      // One message for each organisation, however many batches its rows come in.
      await this.outbox.add(tx, {
        organisationId: ctx.organisationId,
        topic: ENTRIES_IMPORTED,
        key: importId,
        payload: { import: importId },
      });
    }
    return countsOf(fresh, changed, same);
  }

  private async compare(
    tx: Tx,
    ctx: InOrganisation,
    systems: readonly ImportedSystem[],
    lock: Sql,
  ): Promise<Comparison> {
    const keys = systems.map(({ key }) => key);
    const rows = await tx.query<Known>(sql`
      select ${DETAIL_COLUMNS}, s.import_key
      from app.ai_system s
      left join app.person o on o.id = s.owner_id
      left join app.person v on v.id = s.overseer_id
      where s.organisation_id = ${ctx.organisationId} and s.import_key = any (${keys}::text[])
      order by s.id ${lock}`);
    const byKey = new Map(rows.map((row) => [row.import_key, row]));
    const fresh: Comparison['fresh'][number][] = [];
    const changed: Comparison['changed'][number][] = [];
    const same: Known[] = [];
    for (const system of systems) {
      const known = byKey.get(system.key);
      if (!known) {
        fresh.push({ system, merged: merge(null, system) });
        continue;
      }
      const merged = merge(known, system);
      const changes = changesBetween(comparableOf(stateOf(known)), comparableOf(merged));
      if (Object.keys(changes).length === 0) same.push(known);
      else changed.push({ system, known, merged, changes });
    }
    return { fresh, changed, same };
  }

  private async insert(
    tx: Tx,
    ctx: InOrganisation,
    importId: string,
    fresh: Comparison['fresh'],
  ): Promise<RecordedChange[]> {
    if (fresh.length === 0) return [];
    const { last } = await tx.one<{ last: number }>(sql`
      insert into app.ai_system_number (organisation_id, last)
      values (${ctx.organisationId}, ${fresh.length})
      on conflict (organisation_id)
        do update set last = app.ai_system_number.last + excluded.last
      returning last`);
    const first = last - fresh.length + 1;
    const rows = fresh.map(({ system, merged }, at) => ({
      ...columnsOf(merged),
      id: newId(),
      number: first + at,
      external_id: system.externalId,
      import_key: system.key,
      import_row: system.row,
    }));
    await tx.execute(sql`
      insert into app.ai_system
        (organisation_id, id, number, name, purpose, kind, supplier, owner_id, overseer_id, builders,
         fields, stage, tier, facts, extra, missing, proposed_by, import_id, external_id, import_key,
         import_row)
      select ${ctx.organisationId}, r.id, r.number, r.name, r.purpose, r.kind, r.supplier, r.owner_id,
         r.overseer_id, r.builders, r.fields, r.stage, r.tier, r.facts, r.extra, r.missing,
         ${ctx.personId}::uuid, ${importId}::uuid, r.external_id, r.import_key, r.import_row
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r
        (id uuid, number int, name text, purpose text, kind text, supplier text, owner_id uuid,
         overseer_id uuid, builders uuid[], fields jsonb, stage text, tier text, facts jsonb,
         extra jsonb, missing text[], external_id text, import_key text, import_row int)`);
    return rows.map((row, at) => ({
      action: 'ai-system.imported',
      entity: 'ai-system',
      entityId: row.id,
      payload: {
        importId,
        row: row.import_row,
        reference: referenceOf(row.number),
        name: row.name,
        stage: row.stage,
        fields: fresh[at]?.merged.fields ?? {},
      },
    }));
  }

  private async update(
    tx: Tx,
    ctx: InOrganisation,
    importId: string,
    changed: Comparison['changed'],
  ): Promise<void> {
    if (changed.length === 0) return;
    const rows = changed.map(({ known, merged, system }) => ({
      ...columnsOf(merged),
      id: known.id,
      import_row: system.row,
    }));
    await tx.execute(sql`
      update app.ai_system s set
        name = r.name, purpose = r.purpose, kind = r.kind, supplier = r.supplier,
        owner_id = r.owner_id, overseer_id = r.overseer_id, fields = r.fields, stage = r.stage,
        tier = r.tier, facts = r.facts, extra = r.extra, missing = r.missing,
        import_id = ${importId}::uuid, import_row = r.import_row, version = s.version + 1,
        updated_at = now()
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r
        (id uuid, name text, purpose text, kind text, supplier text, owner_id uuid,
         overseer_id uuid, fields jsonb, stage text, tier text, facts jsonb, extra jsonb,
         missing text[], import_row int)
      where s.organisation_id = ${ctx.organisationId} and s.id = r.id`);
  }
}

/** What an import meets: systems that are new, that it changes, and that are as the file says. */
interface Comparison {
  readonly fresh: readonly { readonly system: ImportedSystem; readonly merged: Merged }[];
  readonly same: readonly Known[];
  readonly changed: readonly {
    readonly system: ImportedSystem;
    readonly known: Known;
    readonly merged: Merged;
    readonly changes: ReturnType<typeof changesBetween>;
  }[];
}

const stateOf = (row: DetailRow): Merged => ({
  name: row.name,
  fields: fieldsOf(row),
  stage: row.stage,
  tier: row.tier,
  facts: row.facts,
  extra: row.extra,
});

/**
 * A known system with what the file says put over it. Stage and tier are the file's only until
 * somebody here has begun to assess the system.
 */
function merge(known: DetailRow | null, system: ImportedSystem): Merged {
  const { name, fields, facts, extra } = system;
  if (!known) {
    return { name, fields, stage: system.stage ?? 'proposed', tier: system.tier, facts, extra };
  }
  const governed = known.path !== null || known.gate_state !== 'not-started';
  return {
    name,
    fields: { ...fieldsOf(known), ...fields },
    stage: governed ? known.stage : (system.stage ?? known.stage),
    tier: governed ? known.tier : (system.tier ?? known.tier),
    facts: { ...known.facts, ...facts },
    extra: { ...known.extra, ...extra },
  };
}

const comparableOf = ({ name, fields, stage, tier, facts, extra }: Merged) => ({
  ...fields,
  name,
  stage,
  tier,
  ...prefixed('fact', facts),
  ...prefixed('extra', extra),
});

const prefixed = (prefix: string, values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}: ${key}`, value]));

function columnsOf({ name, fields, stage, tier, facts, extra }: Merged) {
  const { purpose, kind, supplier, owner, overseer, builders, ...rest } = fields;
  return {
    ...{ name, purpose, kind, supplier, stage, tier, facts, extra },
    owner_id: owner,
    overseer_id: overseer,
    builders: builders ?? [],
    fields: rest,
    missing: missingFields({ ...fields, name }),
  };
}

function countsOf(
  fresh: Comparison['fresh'],
  changed: Comparison['changed'],
  same: readonly Known[],
): ImportCounts {
  const after = [...fresh, ...changed].map(({ merged }) =>
    missingFields({ ...merged.fields, name: merged.name }),
  );
  const incomplete = after.filter((missing) => missing.length > 0).length;
  return {
    create: fresh.length,
    update: changed.length,
    unchanged: same.length,
    incomplete: incomplete + same.filter(({ missing }) => missing.length > 0).length,
  };
}
