-- Entering in one question. Every request asks whose session it carries and whether that person may
-- enter the organisation of its address; both are answered together, by the hash of a secret.

create function app.organisations_of(who uuid) returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$
  select o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles, 'member',
         m.last_seen_at, null::uuid, null::text, null::text
  from app.member m join app.organisation o on o.id = m.organisation_id
  where m.person_id = who and app.is_active(m)
  union all
  (select distinct on (o.id) o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles,
          'adviser', null::timestamptz, f.id, f.name, f.slug
   from app.member m
   join app.organisation f on f.id = m.organisation_id and f.kind = 'firm'
   join app.engagement e on e.firm_id = f.id
   join app.organisation o on o.id = e.organisation_id
   where m.person_id = who and app.is_active(m)
     and m.roles && app.adviser_roles() and app.lets_in(e, m.person_id)
     and not exists (
       select 1 from app.member own
       where own.organisation_id = o.id and own.person_id = m.person_id and app.is_active(own))
   order by o.id, f.id)
$$;
alter function app.organisations_of(uuid) owner to plumbline_ctx;
-- About anybody: for the functions below only, which ask for the person of a context or a secret.
revoke execute on function app.organisations_of(uuid) from public;

create or replace function app.my_organisations() returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$ select * from app.organisations_of(app.acting_person()) $$;

grant select, update (last_seen_at) on app.session to plumbline_ctx;

-- The session that a secret belongs to, while it lives, and its person's standing in the
-- organisation `wanted`, null when they may not enter there. Notes the visit, to the minute.
create function app.enter(hash bytea, wanted text, idle_minutes int)
  returns table (
    session_id uuid, person_id uuid, person_name text, email text, stepped_up_at timestamptz,
    organisation_id uuid, name text, slug text, member_roles text[], relation text, firm_id uuid,
    unseen boolean)
  language sql volatile security definer set search_path = pg_catalog
as $$
  with found as (
    select s.id, s.person_id, s.stepped_up_at, s.last_seen_at, p.name, p.email
    from app.session s join app.person p on p.id = s.person_id
    where s.token_hash = hash and s.revoked_at is null and s.expires_at > now()
      and s.last_seen_at > now() - make_interval(mins => idle_minutes)
  ), seen as (
    update app.session s set last_seen_at = now()
    from found f where s.id = f.id and f.last_seen_at < now() - interval '1 minute'
  )
  select f.id, f.person_id, f.name, f.email, f.stepped_up_at,
         o.organisation_id, o.name, o.slug, o.member_roles, o.relation, o.firm_id,
         o.relation = 'member' and coalesce(o.last_seen_at < now() - interval '10 minutes', true)
  from found f
  left join lateral (
    select * from app.organisations_of(f.person_id) x where x.slug = wanted limit 1) o on true
$$;
alter function app.enter(bytea, text, int) owner to plumbline_ctx;

-- Whether this person is a member of a client that the firm written to has access to, or will have:
-- the other side of app.advises_here (separation of duties SOD-07).
create function app.works_for_a_client(who uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select 1 from app.engagement e
    join app.member m
      on m.organisation_id = e.organisation_id and m.person_id = who and app.is_active(m)
    where e.firm_id = app.write_organisation() and e.revoked_at is null and now() < e.valid_to)
$$;
alter function app.works_for_a_client(uuid) owner to plumbline_ctx;
