import sql from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';

/** A client that the firm may look into, for the person who asks. */
export interface GrantedClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly markText: string;
  readonly markPlate: number;
}

/** Figures of one client: counts and dates, no content. */
export interface ClientFigures {
  readonly systems: number;
  readonly live: number;
  readonly incomplete: number;
  readonly openTasks: number;
  readonly lateOurs: number;
  readonly lateTheirs: number;
  readonly decisionsWaiting: number;
  readonly breaches: number;
  readonly nextReviewOn: string | null;
  readonly daysToReview: number | null;
  readonly lastActivityAt: Date | null;
  readonly engagementEndsAt: Date;
  readonly daysToEnd: number;
}

/** The clients whose engagement with the firm lets the acting person in right now. */
export const grantedClients = (tx: Tx, firmId: string): Promise<GrantedClient[]> =>
  tx.prepared<GrantedClient>(
    'portfolio-clients',
    sql`select organisation_id as id, slug, name, mark_text as "markText",
               mark_plate as "markPlate"
        from app.my_organisations()
        where relation = 'adviser' and firm_id = ${firmId}::uuid
        order by lower(name), organisation_id`,
  );

/** The figures of all of them at once, by client. Reads only what the transaction may read. */
export async function readFigures(
  tx: Tx,
  firmId: string,
  clients: readonly string[],
): Promise<Map<string, ClientFigures>> {
  const rows = await tx.prepared<ClientFigures & { id: string }>(
    'portfolio-figures',
    sql`
    with client as (select unnest(${clients}::uuid[]) as id),
    ours as (
      select person_id from app.member
      where organisation_id = ${firmId}::uuid and status = 'active'
    ), systems as (
      select organisation_id, count(*)::int as systems,
             count(*) filter (where stage = 'live')::int as live,
             count(*) filter (where missing <> '{}' and stage not in ('retired', 'stopped'))::int
               as incomplete,
             min(next_review_on) filter (where stage not in ('retired', 'stopped')) as next_review
      from app.ai_system where organisation_id = any (${clients}::uuid[]) group by 1
    ), work as (
      select organisation_id, count(*)::int as open,
             count(*) filter (where due_at < now() and is_ours)::int as late_ours,
             count(*) filter (where due_at < now() and not is_ours)::int as late_theirs,
             count(*) filter (where type = 'approval')::int as decisions
      from (
        select organisation_id, due_at, type,
               case when assignee is null then role like 'firm.%'
                    else assignee in (select person_id from ours) end as is_ours
        from app.task where organisation_id = any (${clients}::uuid[]) and status = 'open'
      ) open_task group by 1
    ), watched as (
      select organisation_id, count(*)::int as breaches from app.monitor
      where organisation_id = any (${clients}::uuid[]) and state = 'breach' group by 1
    ), access as (
      select organisation_id, max(valid_to) as ends_at from app.engagement
      where organisation_id = any (${clients}::uuid[]) and firm_id = ${firmId}::uuid
        and revoked_at is null and valid_from <= now() and now() < valid_to
      group by 1
    )
    select client.id, coalesce(s.systems, 0) as systems, coalesce(s.live, 0) as live,
           coalesce(s.incomplete, 0) as incomplete, coalesce(w.open, 0) as "openTasks",
           coalesce(w.late_ours, 0) as "lateOurs", coalesce(w.late_theirs, 0) as "lateTheirs",
           coalesce(w.decisions, 0) as "decisionsWaiting", coalesce(m.breaches, 0) as breaches,
           s.next_review::text as "nextReviewOn", s.next_review - current_date as "daysToReview",
           (select e.at from app.record_event e where e.organisation_id = client.id
            order by e.xid desc, e.ord desc limit 1) as "lastActivityAt",
           a.ends_at as "engagementEndsAt",
           floor(extract(epoch from a.ends_at - now()) / 86400)::int as "daysToEnd"
    from client
    join access a on a.organisation_id = client.id
    left join systems s on s.organisation_id = client.id
    left join work w on w.organisation_id = client.id
    left join watched m on m.organisation_id = client.id`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Below this transaction number everything has ended: no change of before can still appear. */
export const readHorizon = async (tx: Tx): Promise<string> =>
  (
    await tx.one<{ horizon: string }>(
      sql`select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
    )
  ).horizon;

/** Which of these clients have an entry of the record from the given transaction number on. */
export async function changedSince(
  tx: Tx,
  known: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const rows = await tx.prepared<{ id: string }>(
    'portfolio-changed',
    sql`select k.id
        from unnest(${[...known.keys()]}::uuid[], ${[...known.values()]}::text[]) k (id, horizon)
        where exists (select 1 from app.record_event e
          where e.organisation_id = k.id and e.xid >= k.horizon::xid8)`,
  );
  return new Set(rows.map(({ id }) => id));
}
