import type { RunStep } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { referenceOf } from '../evidence/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** What was attached at each step of a run, by step. */
export type StepEvidence = ReadonlyMap<string, RunStep['evidence']>;

/**
 * Evidence that was added in the tasks of a run, the oldest first; up to a moment, when one is given.
 * Nothing for whoever may not read evidence.
 */
export async function evidenceByStep(
  tx: Tx,
  ctx: RequestContext,
  runId: string,
  until: string | null = null,
): Promise<StepEvidence> {
  const found = new Map<string, RunStep['evidence']>();
  if (!ctx.ability.can('read', 'Evidence')) return found;
  const rows = await tx.query<{ step: string; id: string; number: number; shows: string }>(sql`
    select t.step, e.id, e.number, e.shows from app.task t
    join app.evidence_item e on e.organisation_id = t.organisation_id and e.task_id = t.id
    where t.organisation_id = ${ctx.organisationId} and t.run_id = ${runId}
      and (${until}::timestamptz is null or e.added_at <= ${until}::timestamptz)
    order by e.added_at, e.id`);
  for (const { step, id, number, shows } of rows) {
    const items = found.get(step) ?? [];
    found.set(step, [...items, { id, reference: referenceOf(number), shows }]);
  }
  return found;
}
