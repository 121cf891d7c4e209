import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { SETTINGS_COLUMNS, type OrganisationSettings } from './surroundings.ts';

/** What an organisation's settings say now, for work that has no run in hand. */
export async function settingsOf(
  tx: Tx,
  ctx: Acting,
): Promise<{ readonly now: Date; readonly organisation: OrganisationSettings }> {
  const { now, ...organisation } = await tx.one<OrganisationSettings & { now: Date }>(sql`
    select ${SETTINGS_COLUMNS}, now() as now
    from app.organisation o where o.id = ${ctx.organisationId}`);
  return { now, organisation };
}
