-- Evidence packs that were asked for. The pack itself lies in the file storage, by its hash.

create table app.export (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  -- PK-0001 and so on.
  number int not null check (number > 0),
  -- Null: the whole client.
  ai_system_id uuid,
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  -- Counts the tries: only the newest one may write here.
  attempt int not null default 0,
  phase text,
  done int not null default 0,
  total int not null default 0,
  file_name text,
  size bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  files int,
  gaps jsonb not null default '[]',
  failure text,
  downloads int not null default 0,
  -- The entry that says it was asked for: with it proven, everything before it is.
  record_event_id uuid not null,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  expires_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  foreign key (organisation_id, record_event_id) references app.record_event (organisation_id, id),
  check ((state = 'done') = (sha256 is not null)),
  check ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null))
);
create index export_newest on app.export (organisation_id, id desc);
select app.protect('export');

create table app.export_number (
  organisation_id uuid not null primary key references app.organisation (id),
  last int not null
);
select app.protect('export_number');
