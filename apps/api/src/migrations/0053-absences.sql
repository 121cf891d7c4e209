-- Who is away, from when until when, and who stands in. Days are of the organisation's time zone.
create table app.absence (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  person_id uuid not null references app.person (id),
  substitute_id uuid not null references app.person (id),
  from_on date not null,
  -- The last day away.
  until_on date not null,
  -- Keys of the workflows, and roles, that the substitute stands in for; null for all.
  workflows text[] check (cardinality(workflows) > 0),
  roles text[] check (cardinality(roles) > 0),
  note text not null,
  declared_by uuid not null references app.person (id),
  declared_at timestamptz not null default now(),
  ended_by uuid references app.person (id),
  ended_at timestamptz,
  primary key (organisation_id, id),
  check (person_id <> substitute_id),
  check (from_on <= until_on),
  check ((ended_by is null) = (ended_at is null))
);
create index absence_of_person on app.absence (organisation_id, person_id, until_on);
create index absence_of_substitute on app.absence (organisation_id, substitute_id, until_on);
select app.protect('absence');

-- The absences of this moment, in the organisation written to.
create function app.absent_now() returns setof app.absence
  language sql stable set search_path = pg_catalog
as $$
  select a.* from app.absence a join app.organisation o on o.id = a.organisation_id
  where a.organisation_id = app.write_organisation() and a.ended_at is null
    and (now() at time zone o.time_zone)::date between a.from_on and a.until_on
$$;

-- Who stands in for whom at this moment, and with which of the absent person's roles. `whole`: for
-- everything that they have; otherwise for work of these roles only. No chains: a substitute who is
-- away from the same work is skipped, and nobody stands in for somebody who has left.
create function app.standing_in()
  returns table (substitute_id uuid, person_id uuid, person_name text, roles text[],
                 workflows text[], whole boolean, until_on date)
  language sql stable set search_path = pg_catalog
as $$
  select a.substitute_id, a.person_id, p.name,
         case when a.roles is null then p.roles
              else array(select unnest(a.roles) intersect select unnest(p.roles)) end,
         a.workflows, a.roles is null, a.until_on
  from app.absent_now() a
  join lateral app.people_here(a.person_id, null) p on p.relation = 'member'
  join lateral app.people_here(a.substitute_id, null) s on s.relation = 'member'
  where not exists (
    select 1 from app.absent_now() own
    where own.person_id = a.substitute_id
      and (own.workflows is null or a.workflows is null or own.workflows && a.workflows))
$$;

-- A task that its holder gave to somebody for a time; it comes back when that time is over.
create table app.task_delegation (
  organisation_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  from_person uuid not null references app.person (id),
  to_person uuid not null references app.person (id),
  reason text not null,
  -- The last day; null until the task is done.
  until_on date,
  delegated_at timestamptz not null default now(),
  -- Over: taken back, come back by itself, or superseded by another hand-over.
  over_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id),
  check (from_person <> to_person)
);
create unique index task_delegation_live on app.task_delegation (organisation_id, task_id)
  where over_at is null;
select app.protect('task_delegation');

-- For whom a substitute decided on, or finished, something.
alter table app.decision add column on_behalf_of uuid references app.person (id);
alter table app.task add column closed_for uuid references app.person (id);
