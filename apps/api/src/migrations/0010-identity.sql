-- People, organisations, membership, engagements, sessions.
-- Tables without organisation_id: organisation, person, session, password_reset, sign_in_attempt.

create table app.organisation (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('firm', 'client')),
  headcount int check (headcount > 0),
  time_zone text not null default 'Europe/London',
  holidays date[] not null default '{}',
  -- Two letters and one of eight plates: how the organisation is told apart at a glance.
  mark_text text not null,
  mark_plate int not null check (mark_plate between 0 and 7),
  scope_statement text not null default '',
  ai_roles text[] not null default '{}',
  aliases text[] not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Guarded like any tenant table, with its own id as the organisation.
alter table app.organisation enable row level security;
alter table app.organisation force row level security;
create policy organisation_guard on app.organisation as restrictive for all
  to plumbline_rt, plumbline_wk, plumbline_ro
  using (id = any ((select app.read_organisations())::uuid[]))
  with check (id = (select app.write_organisation()));
create policy runtime_roles on app.organisation as permissive for all
  to plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro using (true) with check (true);

-- A global identity. A service token acts as a person of kind 'service': it has a name, and nothing
-- to sign in with.
create table app.person (
  id uuid primary key,
  kind text not null default 'human' check (kind in ('human', 'service')),
  email text,
  name text not null check (length(name) between 1 and 200),
  password_hash text,
  created_at timestamptz not null default now(),
  check ((kind = 'human') = (email is not null)),
  check (kind = 'human' or password_hash is null)
);
create unique index person_email on app.person (lower(email));

create table app.session (
  id uuid primary key,
  person_id uuid not null references app.person (id),
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  stepped_up_at timestamptz,
  revoked_at timestamptz,
  user_agent text not null default '',
  -- The address for IPv4, the /64 for IPv6: where the person is known from.
  network text not null default ''
);
create index session_person on app.session (person_id, created_at desc);

-- A request for an address that has no account is kept as well (without a person), so that both
-- cost the same.
create table app.password_reset (
  id uuid primary key,
  person_id uuid references app.person (id),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Tries to prove who one is, by account and by network. A row delays the next try and never locks
-- anyone out; its key is a keyed hash, so that the table names nobody.
create table app.sign_in_attempt (
  key text primary key,
  failures int not null,
  last_at timestamptz not null default now(),
  allowed_at timestamptz not null default now()
);
create index sign_in_attempt_last on app.sign_in_attempt (last_at);

grant select, insert, update on app.organisation, app.person, app.session, app.password_reset, app.sign_in_attempt
  to plumbline_rt, plumbline_wk;
grant delete on app.sign_in_attempt, app.password_reset to plumbline_rt, plumbline_wk;
grant select on app.organisation, app.person to plumbline_log, plumbline_ro, plumbline_ctx;

create table app.member (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  person_id uuid not null references app.person (id),
  roles text[] not null check (cardinality(roles) > 0),
  status text not null default 'active' check (status in ('active', 'removed')),
  -- When the membership ends by itself; an auditor from outside always has such a day.
  valid_to timestamptz check (valid_to is not null or not 'ext.cert_auditor' = any (roles)),
  last_seen_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, person_id)
);
create index member_person on app.member (person_id);
select app.protect('member');

create table app.invitation (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  email text not null,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  token_hash bytea not null,
  invited_by uuid references app.person (id),
  -- How often it was sent: each time with a link of its own, which ends the one before.
  sent int not null default 1,
  -- When the membership that comes of it ends.
  member_until timestamptz,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, token_hash)
);
create unique index invitation_open on app.invitation (organisation_id, lower(email))
  where accepted_at is null and withdrawn_at is null;
create index invitation_token on app.invitation (token_hash);
select app.protect('invitation');

-- A client's dated, revocable grant of access to a firm. 'set-up': made by the firm that created the
-- client, until somebody at the client confirms it or it runs out.
create table app.engagement (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  firm_id uuid not null references app.organisation (id),
  basis text not null check (basis in ('set-up', 'granted')),
  scope text not null default '',
  -- Null: everyone at the firm with an adviser role.
  people uuid[],
  valid_from timestamptz not null default now(),
  valid_to timestamptz not null,
  granted_by uuid references app.person (id),
  revoked_at timestamptz,
  revoked_by uuid references app.person (id),
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  check (valid_from < valid_to)
);
create index engagement_firm on app.engagement (firm_id);
create index engagement_organisation on app.engagement (organisation_id, created_at desc);
select app.protect('engagement');

-- The questions below are asked before an organisation is known, or about one that the asker may not
-- read. plumbline_ctx answers them, each for the person or organisation of the signed context alone.
grant select on app.member, app.engagement, app.invitation to plumbline_ctx;
create policy asked_by_the_context on app.organisation as permissive for select to plumbline_ctx using (true);
create policy asked_by_the_context on app.member as permissive for select to plumbline_ctx using (true);
create policy asked_by_the_context on app.engagement as permissive for select to plumbline_ctx using (true);
create policy asked_by_the_context on app.invitation as permissive for select to plumbline_ctx using (true);

create function app.is_active(m app.member) returns boolean
  language sql stable set search_path = pg_catalog
as $$ select m.status = 'active' and (m.valid_to is null or now() < m.valid_to) $$;

-- The roles of a firm that may work at clients. An administrator of the firm is not among them.
create function app.adviser_roles() returns text[] language sql immutable set search_path = pg_catalog
as $$ select array['firm.partner', 'firm.lead', 'firm.consultant', 'firm.auditor', 'firm.viewer'] $$;

-- Whether an engagement lets this person in at this moment.
create function app.lets_in(e app.engagement, who uuid) returns boolean
  language sql stable set search_path = pg_catalog
as $$
  select e.revoked_at is null and e.valid_from <= now() and now() < e.valid_to
    and (e.people is null or who = any (e.people))
$$;

create type app.standing as (
  organisation_id uuid, name text, slug text, kind text, mark_text text, mark_plate int,
  member_roles text[], relation text, last_seen_at timestamptz,
  firm_id uuid, firm_name text, firm_slug text
);

-- Every organisation that the acting person may enter: as a member, or as adviser by live engagement.
create function app.my_organisations() returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$
  select o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles, 'member',
         m.last_seen_at, null::uuid, null::text, null::text
  from app.member m join app.organisation o on o.id = m.organisation_id
  where m.person_id = app.acting_person() and app.is_active(m)
  union all
  (select distinct on (o.id) o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles,
          'adviser', null::timestamptz, f.id, f.name, f.slug
   from app.member m
   join app.organisation f on f.id = m.organisation_id and f.kind = 'firm'
   join app.engagement e on e.firm_id = f.id
   join app.organisation o on o.id = e.organisation_id
   where m.person_id = app.acting_person() and app.is_active(m)
     and m.roles && app.adviser_roles() and app.lets_in(e, m.person_id)
     and not exists (
       select 1 from app.member own
       where own.organisation_id = o.id and own.person_id = m.person_id and app.is_active(own))
   order by o.id, f.id)
$$;
alter function app.my_organisations() owner to plumbline_ctx;

create function app.resolve_organisation(wanted text) returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$ select * from app.my_organisations() where slug = wanted limit 1 $$;
alter function app.resolve_organisation(text) owner to plumbline_ctx;

-- Everyone who may enter the organisation written to: its members and the advisers it lets in.
-- `who` and `role` narrow it; null asks for all.
create function app.people_here(who uuid default null, role text default null)
  returns table (person_id uuid, name text, email text, roles text[], relation text, firm_id uuid)
  language sql stable security definer set search_path = pg_catalog
as $$
  select p.id, p.name, p.email, m.roles, 'member', null::uuid
  from app.member m join app.person p on p.id = m.person_id
  where m.organisation_id = app.write_organisation() and app.is_active(m)
    and (who is null or m.person_id = who) and (role is null or role = any (m.roles))
  union all
  (select distinct on (p.id) p.id, p.name, p.email, m.roles, 'adviser', m.organisation_id
   from app.engagement e
   join app.member m on m.organisation_id = e.firm_id and app.is_active(m)
   join app.person p on p.id = m.person_id
   where e.organisation_id = app.write_organisation() and app.lets_in(e, m.person_id)
     and m.roles && app.adviser_roles()
     and (who is null or m.person_id = who) and (role is null or role = any (m.roles))
     and not exists (
       select 1 from app.member own
       where own.organisation_id = e.organisation_id and own.person_id = m.person_id
         and app.is_active(own))
   order by p.id)
$$;
alter function app.people_here(uuid, text) owner to plumbline_ctx;

-- A firm by its short name, for a client that grants it access.
create function app.find_firm(wanted text) returns table (id uuid, name text, slug text)
  language sql stable security definer set search_path = pg_catalog
as $$ select o.id, o.name, o.slug from app.organisation o where o.slug = wanted and o.kind = 'firm' $$;
alter function app.find_firm(text) owner to plumbline_ctx;

-- Engagements of the organisation written to, seen from either side: a client's own, or those that
-- clients gave to a firm.
create function app.my_engagements()
  returns table (
    id uuid, client_id uuid, client_name text, client_slug text,
    firm_id uuid, firm_name text, firm_slug text,
    basis text, scope text, people uuid[], valid_from timestamptz, valid_to timestamptz,
    granted_by uuid, revoked_at timestamptz, version int, created_at timestamptz)
  language sql stable security definer set search_path = pg_catalog
as $$
  select e.id, c.id, c.name, c.slug, f.id, f.name, f.slug, e.basis, e.scope, e.people,
         e.valid_from, e.valid_to, e.granted_by, e.revoked_at, e.version, e.created_at
  from app.engagement e
  join app.organisation c on c.id = e.organisation_id
  join app.organisation f on f.id = e.firm_id
  where app.write_organisation() in (e.organisation_id, e.firm_id)
$$;
alter function app.my_engagements() owner to plumbline_ctx;

-- The clients of the firm written to, by their newest engagement that matters: a live one before a
-- planned one before one that has ended. `open` is for the acting person.
create function app.my_clients()
  returns table (
    id uuid, slug text, name text, mark_text text, mark_plate int, aliases text[],
    engagement_id uuid, basis text, valid_from timestamptz, valid_to timestamptz,
    revoked_at timestamptz, open boolean, without_people boolean)
  language sql stable security definer set search_path = pg_catalog
as $$
  select distinct on (c.id)
         c.id, c.slug, c.name, c.mark_text, c.mark_plate, c.aliases,
         e.id, e.basis, e.valid_from, e.valid_to, e.revoked_at,
         exists (
           select 1 from app.engagement own
           join app.member m on m.organisation_id = own.firm_id and m.person_id = app.acting_person()
           where own.organisation_id = c.id and own.firm_id = e.firm_id
             and app.is_active(m) and m.roles && app.adviser_roles()
             and app.lets_in(own, m.person_id)),
         not exists (
           select 1 from app.member m where m.organisation_id = c.id and app.is_active(m))
  from app.engagement e join app.organisation c on c.id = e.organisation_id
  where e.firm_id = app.write_organisation()
  order by c.id, (e.revoked_at is null and e.valid_from <= now() and now() < e.valid_to) desc,
           (e.revoked_at is null and now() < e.valid_to) desc, e.created_at desc
$$;
alter function app.my_clients() owner to plumbline_ctx;

-- The advisers of a firm that the organisation written to has, or has had, an engagement with.
create function app.advisers_of(firm uuid) returns table (person_id uuid, name text)
  language sql stable security definer set search_path = pg_catalog
as $$
  select p.id, p.name
  from app.member m join app.person p on p.id = m.person_id
  where m.organisation_id = firm and app.is_active(m) and m.roles && app.adviser_roles()
    and exists (
      select 1 from app.engagement e
      where e.organisation_id = app.write_organisation() and e.firm_id = firm)
$$;
alter function app.advisers_of(uuid) owner to plumbline_ctx;

-- Whether this person works for a firm that has access to the organisation written to, or will have.
-- Such a person is never also a member there (separation of duties SOD-07, SOD-09).
create function app.advises_here(who uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog
as $$
  select exists (
    select 1 from app.engagement e
    join app.member m on m.organisation_id = e.firm_id and m.person_id = who and app.is_active(m)
    where e.organisation_id = app.write_organisation() and e.revoked_at is null and now() < e.valid_to)
$$;
alter function app.advises_here(uuid) owner to plumbline_ctx;

-- Members of the organisation written to who work for this firm: they must leave one of the two
-- before the firm gets access.
create function app.members_who_work_for(firm uuid) returns setof text
  language sql stable security definer set search_path = pg_catalog
as $$
  select p.name from app.member own
  join app.member m on m.organisation_id = firm and m.person_id = own.person_id and app.is_active(m)
  join app.person p on p.id = own.person_id
  where own.organisation_id = app.write_organisation() and app.is_active(own)
$$;
alter function app.members_who_work_for(uuid) owner to plumbline_ctx;

-- An invitation by the secret in its link: the only way to find it without its organisation.
create function app.find_invitation(hash bytea)
  returns table (
    organisation_id uuid, id uuid, organisation_name text, slug text,
    email text, name text, roles text[], member_until timestamptz)
  language sql stable security definer set search_path = pg_catalog
as $$
  select i.organisation_id, i.id, o.name, o.slug, i.email, i.name, i.roles, i.member_until
  from app.invitation i join app.organisation o on o.id = i.organisation_id
  where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()
$$;
alter function app.find_invitation(bytea) owner to plumbline_ctx;
