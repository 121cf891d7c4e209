-- What people are told: the list behind the bell, and the mail that goes with it.

create table app.notification (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  person_id uuid not null references app.person (id),
  kind text not null check (kind in ('your-turn', 'late', 'for-information', 'job')),
  subject text not null,
  text text not null,
  path text not null check (path like '/%'),
  -- What it is about, so that the same thing is told once.
  key text not null,
  created_at timestamptz not null default now(),
  read_at timestamptz,
  mailed_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, person_id, key)
);
create index notification_unread on app.notification (organisation_id, person_id) where read_at is null;
create index notification_newest on app.notification (organisation_id, person_id, id desc);
select app.protect('notification');
