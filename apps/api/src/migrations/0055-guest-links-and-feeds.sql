-- A form sent to somebody outside: a link that works once, for a time, and shows that form only.
create table app.guest_link (
  organisation_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  token_hash bytea not null,
  -- Who is asked, as the inviting member wrote it.
  name text not null,
  email text not null,
  message text not null,
  -- The member whose work it is: the answers are handed in as theirs.
  invited_by uuid not null references app.person (id),
  invited_at timestamptz not null default now(),
  expires_at timestamptz not null,
  opened_at timestamptz,
  used_at timestamptz,
  -- Who answered, as they said.
  guest_name text,
  guest_email text,
  revoked_at timestamptz,
  revoked_by uuid references app.person (id),
  primary key (organisation_id, id),
  unique (organisation_id, token_hash),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id),
  check ((used_at is null) = (guest_name is null)),
  check (used_at is null or revoked_at is null)
);
create index guest_link_token on app.guest_link (token_hash);
create index guest_link_of_task on app.guest_link (organisation_id, task_id, id);
-- One at a time.
create unique index guest_link_open on app.guest_link (organisation_id, task_id)
  where used_at is null and revoked_at is null;
select app.protect('guest_link');

-- Due tasks of one person as a calendar that other programs read by a secret address.
create table app.calendar_feed (
  organisation_id uuid not null references app.organisation (id),
  person_id uuid not null references app.person (id),
  token_hash bytea not null,
  made_at timestamptz not null default now(),
  primary key (organisation_id, person_id),
  unique (organisation_id, token_hash)
);
create index calendar_feed_token on app.calendar_feed (token_hash);
select app.protect('calendar_feed');

-- What a person is mailed: at once by kind, and a digest at their hour.
create table app.mail_preference (
  organisation_id uuid not null references app.organisation (id),
  person_id uuid not null references app.person (id),
  at_once text[] not null,
  digest text not null check (digest in ('never', 'daily', 'weekly')),
  -- 1 is Monday.
  weekday int not null check (weekday between 1 and 7),
  hour int not null check (hour between 0 and 23),
  -- The next digest; null for never.
  next_at timestamptz,
  updated_at timestamptz not null default now(),
  primary key (organisation_id, person_id),
  check ((digest = 'never') = (next_at is null))
);
create index mail_preference_next on app.mail_preference (next_at) where next_at is not null;
select app.protect('mail_preference', 'swept');

-- Where a secret address leads, asked before an organisation is known.
grant select on app.guest_link, app.calendar_feed to plumbline_ctx;
create policy asked_by_the_context on app.guest_link as permissive for select to plumbline_ctx using (true);
create policy asked_by_the_context on app.calendar_feed as permissive for select to plumbline_ctx using (true);

create function app.find_guest_link(hash bytea) returns table (organisation_id uuid, id uuid)
  language sql stable security definer set search_path = pg_catalog
as $$ select g.organisation_id, g.id from app.guest_link g where g.token_hash = hash $$;
alter function app.find_guest_link(bytea) owner to plumbline_ctx;

create function app.find_calendar_feed(hash bytea) returns table (organisation_id uuid, person_id uuid)
  language sql stable security definer set search_path = pg_catalog
as $$ select f.organisation_id, f.person_id from app.calendar_feed f where f.token_hash = hash $$;
alter function app.find_calendar_feed(bytea) owner to plumbline_ctx;
