-- Evidence items: what shows something. The files themselves lie in the file storage, by hash.

create table app.evidence_item (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  -- EVD-0001 and so on.
  number int not null check (number > 0),
  shows text not null check (length(shows) between 1 and 500),
  period_from date,
  period_to date,
  ai_system_id uuid,
  run_id uuid,
  task_id uuid,
  requirements text[] not null default '{}',
  added_by uuid not null references app.person (id),
  added_at timestamptz not null default now(),
  version int not null default 1,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  check (period_from <= period_to)
);
create index evidence_item_by_time on app.evidence_item (organisation_id, added_at, id);
create index evidence_item_by_system on app.evidence_item (organisation_id, ai_system_id, added_at);
create index evidence_item_by_run on app.evidence_item (organisation_id, run_id);
create index evidence_item_by_task on app.evidence_item (organisation_id, task_id);
create index evidence_item_by_person on app.evidence_item (organisation_id, added_by);
select app.protect('evidence_item');

-- Every version of an item stays: a file by its hash, or a link.
create table app.evidence_version (
  organisation_id uuid not null,
  item_id uuid not null,
  version int not null check (version > 0),
  file_name text,
  media_type text,
  size bigint,
  sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
  link text,
  added_by uuid not null references app.person (id),
  added_at timestamptz not null default now(),
  primary key (organisation_id, item_id, version),
  foreign key (organisation_id, item_id) references app.evidence_item (organisation_id, id),
  check ((sha256 is null) = (link is not null)),
  check ((sha256 is null) = (file_name is null) and (sha256 is null) = (size is null))
);
select app.protect('evidence_version', 'append-only');

create table app.evidence_number (
  organisation_id uuid not null primary key references app.organisation (id),
  last int not null
);
select app.protect('evidence_number');
