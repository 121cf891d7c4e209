import { Inject, Injectable } from '@nestjs/common';
import type {
  DeclareException,
  SeparationException,
  SeparationExceptionsAnswer,
} from '@plumbline/contracts';
import { dayAfter, sizeProfileOf, waivableRules } from '@plumbline/frameworks';
import { localDate } from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { requireStepUp } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, Invalid, NotFound, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { OrganisationScope, RequestContext } from '../platform/request-context.ts';

type InOrganisation = OrganisationScope & { readonly organisationId: string };

interface Row {
  id: string;
  rule: string;
  reason: string;
  compensating_control: string;
  expires_on: string;
  declared_by: string;
  declared_by_name: string;
  declared_at: Date;
  revoked_by: string | null;
  revoked_by_name: string | null;
  revoked_at: Date | null;
  expired: boolean;
}

/**
 * Rules of separation of duties that a micro organisation lifts for a time. Every run is given those
 * in force as a fact; the engine lifts a rule only where it may be lifted, and never for a high tier.
 */
@Injectable()
export class Exceptions {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  list(ctx: RequestContext): Promise<SeparationExceptionsAnswer> {
    return this.database.transaction(ctx, (tx) => this.answer(tx, ctx));
  }

  /** Lifts a rule, from now on. Recorded. */
  declare(ctx: RequestContext, input: DeclareException): Promise<SeparationExceptionsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      requireStepUp(ctx, await tx.now());
      const { today, size } = await this.organisation(tx, ctx);
      if (size !== 'micro') {
        throw new Refused(
          'not-a-micro-organisation',
          'Only an organisation of fewer than ten people may lift a rule. Check the number of people in its settings, or let somebody else do the step.',
        );
      }
      if (!waivableRules.some(({ rule }) => rule === input.rule)) {
        throw new Refused(
          'never-lifted',
          'This rule is never lifted: nobody approves their own work, and the internal audit stays independent. Let somebody else decide.',
        );
      }
      if (input.expiresOn < today || input.expiresOn > dayAfter(today, 'P12M')) {
        throw new Invalid('This end cannot be used.', [
          { field: 'expiresOn', message: 'Choose a day within the next 12 months.' },
        ]);
      }
      const open = (await this.all(tx, ctx)).filter(({ state }) => state === 'in-force');
      if (open.some(({ rule }) => rule === input.rule)) {
        throw new Conflict(
          'exception-in-force',
          'This rule is lifted already. Revoke that exception to declare it anew.',
        );
      }
      const id = newId();
      await tx.execute(sql`
        insert into app.separation_exception
          (organisation_id, id, rule, reason, compensating_control, expires_on, declared_by)
        values (${ctx.organisationId}, ${id}, ${input.rule}, ${input.reason},
                ${input.compensatingControl}, ${input.expiresOn}, ${ctx.personId})`);
      await recordEvent(tx, ctx, {
        action: 'separation-exception.declared',
        entity: 'separation-exception',
        entityId: id,
        payload: { ...input },
      });
      return this.answer(tx, ctx);
    });
  }

  /** Puts the rule in force again, from now on. Recorded. */
  revoke(ctx: RequestContext, id: string): Promise<SeparationExceptionsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const revoked = await tx.execute(sql`
        update app.separation_exception set revoked_at = now(), revoked_by = ${ctx.personId}
        where organisation_id = ${ctx.organisationId} and id = ${id} and revoked_at is null`);
      if (revoked === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'separation-exception.revoked',
        entity: 'separation-exception',
        entityId: id,
        payload: {},
      });
      return this.answer(tx, ctx);
    });
  }

  /** Every exception ever declared, newest first: for exports, which show each of them. */
  async all(tx: Tx, { organisationId }: InOrganisation): Promise<SeparationException[]> {
    const rows = await tx.query<Row>(sql`
      select x.id, x.rule, x.reason, x.compensating_control, x.expires_on::text as expires_on,
             x.declared_by, d.name as declared_by_name, x.declared_at,
             x.revoked_by, r.name as revoked_by_name, x.revoked_at,
             x.expires_on < (now() at time zone o.time_zone)::date as expired
      from app.separation_exception x
      join app.organisation o on o.id = x.organisation_id
      join app.person d on d.id = x.declared_by
      left join app.person r on r.id = x.revoked_by
      where x.organisation_id = ${organisationId}
      order by x.id desc`);
    return rows.map(toException);
  }

  private async answer(tx: Tx, ctx: InOrganisation): Promise<SeparationExceptionsAnswer> {
    const { size } = await this.organisation(tx, ctx);
    return {
      exceptions: await this.all(tx, ctx),
      rules: waivableRules.map((one) => ({ ...one })),
      mayDeclare: size === 'micro',
    };
  }

  /** The organisation's size and its day of today; declarations take turns on its row. */
  private async organisation(tx: Tx, { organisationId }: InOrganisation) {
    const row = await tx.one<{ headcount: number | null; time_zone: string; now: Date }>(sql`
      select headcount, time_zone, now() as now from app.organisation
      where id = ${organisationId} for no key update`);
    return {
      size: sizeProfileOf(row.headcount).size,
      today: localDate(row.now.toISOString(), row.time_zone),
    };
  }
}

const toException = (row: Row): SeparationException => ({
  id: row.id,
  rule: row.rule,
  reason: row.reason,
  compensatingControl: row.compensating_control,
  expiresOn: row.expires_on,
  declaredBy: { id: row.declared_by, name: row.declared_by_name },
  declaredAt: row.declared_at.toISOString(),
  revokedBy:
    row.revoked_by === null ? null : { id: row.revoked_by, name: row.revoked_by_name ?? 'Someone' },
  revokedAt: row.revoked_at?.toISOString() ?? null,
  state: row.revoked_at ? 'revoked' : row.expired ? 'expired' : 'in-force',
});
