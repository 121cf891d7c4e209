import { abilityFor, rolesThatMay } from '@plumbline/policies';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Forbidden } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import type { ActsFor } from '../runs/index.ts';

/** Whether a right to decide comes from the reader's own roles, or from those they stand in for. */
export function mayDecide({ ability, relation, onBehalfOf }: RequestContext & ActsFor): boolean {
  if (ability.can('decide', 'Task')) return true;
  if (relation !== 'member' || !onBehalfOf) return false;
  return abilityFor({ roles: onBehalfOf.roles, relation: 'member' }).can('decide', 'Task');
}

/** Refuses whoever can decide nothing here: neither by a role of their own nor as a substitute. */
export async function requireDecider(tx: Tx, ctx: RequestContext): Promise<void> {
  if (ctx.ability.can('decide', 'Task')) return;
  if (ctx.relation === 'adviser') {
    throw new Forbidden(
      'Advisers prepare and never decide. Ask someone at the client with the authority.',
    );
  }
  const deciders = rolesThatMay('decide', 'Task');
  const standsIn = await tx.maybe(sql`
    select 1 as found from app.standing_in()
    where substitute_id = ${ctx.personId} and roles && ${deciders}::text[] limit 1`);
  if (standsIn) return;
  throw new Forbidden(
    'Your role here does not include this. Ask an administrator of this organisation.',
  );
}
