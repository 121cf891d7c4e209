-- People, organisations, membership, engagements, sessions.
-- Global tables (no organisation): organisation, person, session, password_reset, sign_in_attempt.

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

create table app.person (
  id uuid primary key,
  email text not null,
  name text not null check (length(name) between 1 and 200),
  password_hash text,
  created_at timestamptz not null default now()
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
  ip text not null default ''
);
create index session_person on app.session (person_id);

create table app.password_reset (
  token_hash bytea primary key,
  person_id uuid not null references app.person (id),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Failed sign-ins by account and by address; a row delays the next try, it never locks anyone out.
create table app.sign_in_attempt (
  key text primary key,
  failures int not null,
  last_at timestamptz not null,
  allowed_at timestamptz not null
);

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
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, token_hash)
);
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

-- The guard's two questions are asked before any organisation is known. plumbline_ctx answers them
-- for the person whose identity the signed context carries, and for nobody else.
grant select on app.member, app.engagement, app.invitation to plumbline_ctx;
create policy asked_by_the_person on app.member as permissive for select to plumbline_ctx using (true);
create policy asked_by_the_person on app.engagement as permissive for select to plumbline_ctx using (true);
create policy asked_by_token on app.invitation as permissive for select to plumbline_ctx using (true);

create type app.standing as (
  organisation_id uuid, name text, slug text, kind text, mark_text text, mark_plate int,
  member_roles text[], relation text, firm_id uuid, firm_name text
);

-- Every organisation that the acting person may enter: as a member, or as adviser by live engagement.
create function app.my_organisations() returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$
  select o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles, 'member', null::uuid, null::text
  from app.member m join app.organisation o on o.id = m.organisation_id
  where m.person_id = app.acting_person() and m.status = 'active'
  union all
  select distinct on (o.id) o.id, o.name, o.slug, o.kind, o.mark_text, o.mark_plate, m.roles, 'adviser', f.id, f.name
  from app.member m
  join app.organisation f on f.id = m.organisation_id and f.kind = 'firm'
  join app.engagement e on e.firm_id = f.id
  join app.organisation o on o.id = e.organisation_id
  where m.person_id = app.acting_person() and m.status = 'active'
    and m.roles && array['firm.partner', 'firm.lead', 'firm.consultant', 'firm.auditor', 'firm.viewer']
    and e.revoked_at is null and e.valid_from <= now() and now() < e.valid_to
    and (e.people is null or app.acting_person() = any (e.people))
    and not exists (
      select 1 from app.member own
      where own.organisation_id = o.id and own.person_id = m.person_id and own.status = 'active')
$$;
alter function app.my_organisations() owner to plumbline_ctx;

create function app.resolve_organisation(wanted text) returns setof app.standing
  language sql stable security definer set search_path = pg_catalog
as $$ select * from app.my_organisations() where slug = wanted limit 1 $$;
alter function app.resolve_organisation(text) owner to plumbline_ctx;

-- An invitation by the secret in its link: the only way to find it without its organisation.
create function app.find_invitation(hash bytea)
  returns table (organisation_id uuid, id uuid, organisation_name text, slug text, email text, name text, roles text[])
  language sql stable security definer set search_path = pg_catalog
as $$
  select i.organisation_id, i.id, o.name, o.slug, i.email, i.name, i.roles
  from app.invitation i join app.organisation o on o.id = i.organisation_id
  where i.token_hash = hash and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > now()
$$;
alter function app.find_invitation(bytea) owner to plumbline_ctx;
