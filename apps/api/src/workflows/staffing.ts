import { Injectable } from '@nestjs/common';
import type { WorkflowProblem } from '@plumbline/contracts';
import { roleLabel } from '@plumbline/policies';
import type { WorkflowDefinition } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { grantedTo } from './granted-clients.ts';
import { rolesIn } from './roles-in.ts';
import type { InOrganisation } from './workflows.ts';

/** Who is there to do what a workflow asks for: here, or for a firm at the clients that let it in. */
@Injectable()
export class Staffing {
  /** A warning for each role that nobody holds. */
  async problems(
    tx: Tx,
    ctx: InOrganisation,
    definition: WorkflowDefinition,
  ): Promise<WorkflowProblem[]> {
    const roles = rolesIn(definition);
    if (roles.length === 0) return [];
    const { kind } = await tx.one<{ kind: 'firm' | 'client' }>(
      sql`select kind from app.organisation where id = ${ctx.organisationId}`,
    );
    const wanted = roles.map(({ role }) => role);
    const lacking = await (kind === 'firm'
      ? this.lackingAtClients(tx, ctx, wanted)
      : this.lackingHere(tx, wanted));
    return roles.flatMap(({ role, place }) => {
      const where = lacking.get(role);
      if (!where) return [];
      return {
        code: 'nobody-holds-role',
        severity: 'warning' as const,
        place,
        message: `Nobody holds the role “${roleLabel(role)}” ${where}. Give it to somebody, or choose another role.`,
      };
    });
  }

  private async lackingHere(tx: Tx, wanted: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ role: string }>(sql`
      select w.role from unnest(${wanted}::text[]) w (role)
      where not exists (select 1 from app.people_here(null, w.role))`);
    return new Map(rows.map(({ role }) => [role, 'here']));
  }

  /** Roles of the firm itself are held by its advisers, whatever the client. */
  private async lackingAtClients(
    tx: Tx,
    ctx: InOrganisation,
    wanted: readonly string[],
  ): Promise<Map<string, string>> {
    const clients = (await grantedTo(tx, ctx)).map(({ id }) => id);
    await tx.enter({ ...ctx, readOrganisationIds: [ctx.organisationId, ...clients] });
    const rows = await tx.query<{ role: string; clients: number }>(sql`
      select w.role, count(*)::int as clients
      from unnest(${wanted}::text[]) w (role), unnest(${clients}::uuid[]) c (id)
      where w.role not like 'firm.%' and not exists (
        select 1 from app.member m where m.organisation_id = c.id and w.role = any (m.roles)
          and app.is_active(m))
      group by w.role`);
    await tx.enter(ctx);
    return new Map(
      rows.map(({ role, clients: n }) => [role, n === 1 ? 'at 1 client' : `at ${n} clients`]),
    );
  }
}
