import { Inject, Injectable } from '@nestjs/common';
import type { ConsistencyProof, InclusionProof, RecordCheckpoint } from '@plumbline/contracts';
import {
  base64,
  consistencyFromTiles,
  hex,
  inclusionFromTiles,
  planConsistency,
  planInclusion,
  tileKey,
  tilesOf,
  writeTlogProof,
} from '@plumbline/evidence';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Invalid, NotFound } from '../platform/problems.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import { readCheckpoint, readTiles, readTree, type LogId } from './log-store.ts';

type Scope = OrganisationScope & { readonly organisationId: string };

/** Why an entry is in the log, and that one head extends another. */
@Injectable()
export class Proofs {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  /** The newest signed head, and how many entries still wait for one. */
  checkpoint(ctx: Scope): Promise<RecordCheckpoint> {
    return this.database.transaction(ctx, async (tx) => {
      const tree = await readTree(tx, ctx.organisationId);
      const head = tree && (await readCheckpoint(tx, tree));
      const waiting = await countWaiting(tx, ctx.organisationId);
      return {
        state: tree?.state ?? 'open',
        reason: tree?.reason ?? null,
        epoch: tree?.epoch ?? 1,
        origin: tree?.origin ?? null,
        size: head?.size ?? 0,
        root: head ? hex(head.root) : null,
        note: head?.note ?? null,
        waiting,
      };
    });
  }

  /** The proof that an entry is in the log under its newest head; NotFound until it is placed. */
  inclusion(ctx: Scope, eventId: string): Promise<InclusionProof> {
    return this.database.transaction(ctx, async (tx) => {
      const tree = await readTree(tx, ctx.organisationId);
      const head = tree && (await readCheckpoint(tx, tree));
      if (!head) throw new NotFound();
      const leaf = await tx.one<{ index: string; body: Buffer }>(sql`
        select l.index, e.body from app.log_leaf l
        join app.record_event e on e.organisation_id = l.organisation_id and e.id = l.event_id
        where l.organisation_id = ${ctx.organisationId} and l.epoch = ${tree.epoch}
          and l.event_id = ${eventId}`);
      const index = Number(leaf.index);
      if (index >= head.size) throw new NotFound();
      const hashes = await proofReader(tx, tree, head.size)(index);
      return {
        entry: leaf.body.toString('utf8'),
        index,
        size: head.size,
        proof: writeTlogProof({ index, hashes, checkpoint: head.note }),
      };
    });
  }

  /** The proof that the head of `to` entries extends the head of `from` entries. */
  consistency(ctx: Scope, from: number, to: number): Promise<ConsistencyProof> {
    return this.database.transaction(ctx, async (tx) => {
      const tree = await readTree(tx, ctx.organisationId);
      const size = tree?.frontier.size ?? 0;
      if (!tree || from > to || to > size) {
        throw new Invalid('There is no such pair of heads.', [
          { field: 'to', message: `Give 1 ≤ from ≤ to ≤ ${size}.` },
        ]);
      }
      const tiles = await readTiles(tx, tree, tilesOf(planConsistency(from, to)));
      return { from, to, hashes: consistencyFromTiles(tiles, from, to).map(base64) };
    });
  }
}

/** Inclusion proofs under one head, tiles read once: for whoever needs many. */
export function proofReader(
  tx: Tx,
  log: LogId,
  size: number,
): (index: number) => Promise<Uint8Array[]> {
  const tiles = new Map<string, Uint8Array>();
  return async (index) => {
    const wanted = tilesOf(planInclusion(index, size)).filter((tile) => !tiles.has(tileKey(tile)));
    for (const [key, bytes] of await readTiles(tx, log, wanted)) tiles.set(key, bytes);
    return inclusionFromTiles(tiles, index, size);
  };
}

/** Entries without a place in the log as it stands. */
export async function countWaiting(tx: Tx, organisationId: string): Promise<number> {
  const row = await tx.one<{ waiting: string }>(sql`
    select count(*) as waiting from app.record_event e
    where e.organisation_id = ${organisationId}
      and (e.xid, e.ord) > (
        coalesce((select last_xid from app.log_tree where organisation_id = ${organisationId}), '0'::xid8),
        coalesce((select last_ord from app.log_tree where organisation_id = ${organisationId}), 0))`);
  return Number(row.waiting);
}
