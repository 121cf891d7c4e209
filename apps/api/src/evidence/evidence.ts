import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { EvidenceItem } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import { FileStorage } from '../platform/storage/index.ts';
import { ITEM_COLUMNS, ITEM_TABLES, toItem, type ItemRow } from './evidence-row.ts';

type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** What an item is shown for. What is left out stays as it is. */
export interface EvidenceLink {
  readonly aiSystemId?: string;
  readonly runId?: string;
  readonly taskId?: string;
  readonly requirements?: readonly string[];
}

/** Evidence as other capabilities use it, inside their own transactions. */
@Injectable()
export class Evidence {
  constructor(@Inject(FileStorage) private readonly storage: FileStorage) {}

  /** Ties items to what they are shown for. NotFound when one is not in this organisation. */
  async link(tx: Tx, ctx: InOrganisation, ids: readonly string[], to: EvidenceLink): Promise<void> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return;
    const changed = await tx.query<{ id: string }>(sql`
      update app.evidence_item e set
        ai_system_id = coalesce(${to.aiSystemId ?? null}::uuid, ai_system_id),
        run_id = coalesce(${to.runId ?? null}::uuid, run_id),
        task_id = coalesce(${to.taskId ?? null}::uuid, task_id),
        requirements = array(
          select distinct r from unnest(e.requirements || ${to.requirements ?? []}::text[]) r order by r)
      where organisation_id = ${ctx.organisationId} and id = any (${wanted}::uuid[])
      returning id`);
    if (changed.length < wanted.length) throw new NotFound();
    for (const { id } of changed) {
      await recordEvent(tx, ctx, {
        action: 'evidence.linked',
        entity: 'evidence',
        entityId: id,
        payload: { ...to },
      });
    }
  }

  /** The items of a run, oldest first. */
  ofRun(tx: Tx, ctx: InOrganisation, runId: string): Promise<EvidenceItem[]> {
    return this.items(tx, ctx, sql`e.run_id = ${runId}`);
  }

  /** The items of an AI system, oldest first. */
  ofAiSystem(tx: Tx, ctx: InOrganisation, aiSystemId: string): Promise<EvidenceItem[]> {
    return this.items(tx, ctx, sql`e.ai_system_id = ${aiSystemId}`);
  }

  /** The items with these ids; NotFound unless all are in this organisation. */
  async byIds(tx: Tx, ctx: InOrganisation, ids: readonly string[]): Promise<EvidenceItem[]> {
    const wanted = [...new Set(ids)];
    const items = await this.items(tx, ctx, sql`e.id = any (${wanted}::uuid[])`);
    if (items.length < wanted.length) throw new NotFound();
    return items;
  }

  /** All items of the organisation, oldest first: for an export. */
  all(tx: Tx, ctx: InOrganisation): Promise<EvidenceItem[]> {
    return this.items(tx, ctx, sql`true`);
  }

  /** A file's bytes by the hash that an item of this organisation gave; damaged ones fail. */
  open(ctx: InOrganisation, sha256: string): Promise<Readable> {
    return this.storage.open(ctx.organisationId, sha256);
  }

  private async items(tx: Tx, ctx: InOrganisation, which: ReturnType<typeof sql>) {
    const rows = await tx.query<ItemRow>(sql`
      select ${ITEM_COLUMNS} from ${ITEM_TABLES}
      where e.organisation_id = ${ctx.organisationId} and ${which}
      order by e.added_at, e.id`);
    return rows.map(toItem);
  }
}
