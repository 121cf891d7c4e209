-- Rules of separation of duties that a micro organisation has lifted for a time. A row is written once;
-- afterwards it can only be revoked.
create table app.separation_exception (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  rule text not null check (rule ~ '^SOD-[0-9]{2}$'),
  reason text not null,
  compensating_control text not null,
  -- The last day on which it holds, in the organisation's time zone.
  expires_on date not null,
  declared_by uuid not null references app.person (id),
  declared_at timestamptz not null default now(),
  revoked_by uuid references app.person (id),
  revoked_at timestamptz,
  primary key (organisation_id, id),
  check ((revoked_by is null) = (revoked_at is null))
);
create index separation_exception_rule on app.separation_exception (organisation_id, rule);
select app.protect('separation_exception');
revoke update, delete on app.separation_exception from plumbline_rt, plumbline_wk;
grant update (revoked_by, revoked_at) on app.separation_exception to plumbline_rt;

-- The rules with an exception in force for the organisation written to.
create function app.exceptions_in_force(organisation app.organisation) returns text[]
  language sql stable set search_path = pg_catalog
as $$
  select coalesce(array_agg(distinct x.rule order by x.rule), '{}')
  from app.separation_exception x
  where x.organisation_id = organisation.id and x.revoked_at is null
    and x.expires_on >= (now() at time zone organisation.time_zone)::date
$$;

-- Whether a firm may work for the organisation at this moment.
create function app.has_adviser(organisation app.organisation) returns boolean
  language sql stable set search_path = pg_catalog
as $$
  select exists (
    select 1 from app.engagement e
    where e.organisation_id = organisation.id and e.revoked_at is null
      and e.valid_from <= now() and now() < e.valid_to)
$$;
