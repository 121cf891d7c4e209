import { Inject, Injectable } from '@nestjs/common';
import { from, interval, switchMap, takeUntil, filter, type MonoTypeOperatorFunction } from 'rxjs';
import sql, { type Sql } from 'sql-template-tag';
import { TenantDatabase } from '../database/tenant-database.ts';
import type { RequestContext } from '../request-context.ts';
import { IDLE_MINUTES } from './session-life.ts';

/** How soon a stream ends after its reader lost access (milliseconds). */
const CHECK_EVERY = 5000;

/** What is known of whoever reads a stream. */
export type Reader = Pick<
  RequestContext,
  'organisationId' | 'organisationSlug' | 'personId' | 'sessionId'
>;

/** Ends a stream when its reader is signed out, or may no longer enter the organisation. */
@Injectable()
export class StillAllowed {
  constructor(@Inject(TenantDatabase) private readonly database: TenantDatabase) {}

  while<T>(reader: Reader): MonoTypeOperatorFunction<T> {
    const lost = interval(CHECK_EVERY).pipe(
      switchMap(() => from(this.hasAccess(reader))),
      filter((access) => !access),
    );
    return takeUntil(lost);
  }

  /** Whether the session or token still works, and the person may still enter the organisation. */
  async hasAccess(reader: Reader): Promise<boolean> {
    const { organisationId, personId, sessionId } = reader;
    const found = await this.database.transaction({ organisationId, personId }, (tx) =>
      tx.maybe(sessionId === null ? tokenOf(reader) : sessionOf(reader, sessionId)),
    );
    return found !== null;
  }
}

const sessionOf = ({ organisationSlug }: Reader, id: string): Sql => sql`
  select 1 as found from app.resolve_organisation(${organisationSlug})
  where exists (
    select 1 from app.session
    where id = ${id} and revoked_at is null and expires_at > now()
      and last_seen_at > now() - make_interval(mins => ${IDLE_MINUTES}))`;

const tokenOf = ({ organisationId, personId }: Reader): Sql => sql`
  select 1 as found from app.service_token
  where organisation_id = ${organisationId} and person_id = ${personId}
    and revoked_at is null and expires_at > now()`;
