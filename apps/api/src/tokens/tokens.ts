import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CreatedToken, CreateToken, Token, TokensAnswer } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { requireStepUp } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { hashSecret } from '../platform/one-time-link.ts';
import { Invalid, NotFound } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';

/** The longest that a token may work, in days. */
const LONGEST_DAYS = 366;
const DAY = 24 * 3600 * 1000;

interface Row {
  id: string;
  name: string;
  scopes: Token['scopes'];
  created_by: string;
  created_by_name: string;
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

/** Service tokens: machines that use the API for an organisation, within their scopes. */
@Injectable()
export class Tokens {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  list(ctx: RequestContext): Promise<TokensAnswer> {
    return this.database.transaction(ctx, async (tx) => ({ tokens: await this.rows(tx, ctx) }));
  }

  /** Makes a token. Its secret is in this answer and nowhere else. */
  async create(ctx: RequestContext, input: CreateToken): Promise<CreatedToken> {
    return this.database.transaction(ctx, async (tx) => {
      const now = await tx.now();
      requireStepUp(ctx, now);
      refuseImpossibleEnd(input.expiresAt, now);
      const secret = `plt_${randomBytes(32).toString('base64url')}`;
      const [id, personId] = [newId(), newId()];
      await tx.execute(sql`
        insert into app.person (id, kind, name) values (${personId}, 'service', ${input.name})`);
      await tx.execute(sql`
        insert into app.service_token
          (organisation_id, id, person_id, scopes, token_hash, created_by, expires_at)
        values (${ctx.organisationId}, ${id}, ${personId}, ${[...new Set(input.scopes)]}::text[],
                ${hashSecret(secret)}, ${ctx.personId}, ${input.expiresAt})`);
      await recordEvent(tx, ctx, {
        action: 'token.created',
        entity: 'token',
        entityId: id,
        payload: { ...input },
      });
      const token = (await this.rows(tx, ctx)).find((one) => one.id === id)!;
      return { ...token, secret };
    });
  }

  /** Ends a token: its next request is refused. */
  async revoke(ctx: RequestContext, id: string): Promise<TokensAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const revoked = await tx.execute(sql`
        update app.service_token set revoked_at = now()
        where organisation_id = ${ctx.organisationId} and id = ${id} and revoked_at is null`);
      if (revoked === 0) throw new NotFound();
      await recordEvent(tx, ctx, {
        action: 'token.revoked',
        entity: 'token',
        entityId: id,
        payload: {},
      });
      return { tokens: await this.rows(tx, ctx) };
    });
  }

  private async rows(tx: Tx, { organisationId }: RequestContext): Promise<Token[]> {
    const rows = await tx.query<Row>(sql`
      select t.id, s.name, t.scopes, t.created_by, p.name as created_by_name,
             t.created_at, t.expires_at, t.last_used_at, t.revoked_at
      from app.service_token t
      join app.person s on s.id = t.person_id
      join app.person p on p.id = t.created_by
      where t.organisation_id = ${organisationId}
      order by t.id desc`);
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      scopes: row.scopes,
      createdBy: { id: row.created_by, name: row.created_by_name },
      createdAt: row.created_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      revokedAt: row.revoked_at?.toISOString() ?? null,
    }));
  }
}

function refuseImpossibleEnd(expiresAt: string, now: Date): void {
  const days = (Date.parse(expiresAt) - now.getTime()) / DAY;
  if (days > 0 && days <= LONGEST_DAYS) return;
  throw new Invalid('This end cannot be used.', [
    { field: 'expiresAt', message: 'Choose a day within the next year.' },
  ]);
}
