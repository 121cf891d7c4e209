import { Inject, Injectable } from '@nestjs/common';
import { from, interval, switchMap, takeUntil, filter, type MonoTypeOperatorFunction } from 'rxjs';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import type { RequestContext } from '../request-context.ts';

/** How soon a stream ends after its reader lost access (milliseconds). */
const CHECK_EVERY = 5000;

/** Ends a stream when its reader is signed out, or may no longer enter the organisation. */
@Injectable()
export class StillAllowed {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  while<T>(ctx: RequestContext): MonoTypeOperatorFunction<T> {
    const lost = interval(CHECK_EVERY).pipe(
      switchMap(() => from(this.hasAccess(ctx))),
      filter((access) => !access),
    );
    return takeUntil(lost);
  }

  /** Whether the session still runs and the person may still enter the organisation. */
  async hasAccess(ctx: RequestContext): Promise<boolean> {
    const found = await this.database.transaction(
      { organisationId: null, personId: ctx.personId },
      (tx) =>
        tx.maybe(sql`
          select 1 as found from app.resolve_organisation(${ctx.organisationSlug})
          where exists (
            select 1 from app.session
            where id = ${ctx.sessionId} and revoked_at is null and expires_at > now())`),
    );
    return found !== null;
  }
}
