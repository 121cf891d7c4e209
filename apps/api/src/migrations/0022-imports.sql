-- Imports of inventories. The file lies in the file storage; what is imported lies in the register.

create table app.import (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  state text not null default 'reading' check (state in (
    'reading', 'mapping', 'checking', 'checked', 'committing', 'done', 'refused', 'cancelled')),
  file_name text not null,
  size bigint not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  encoding text,
  sheet text,
  rows int,
  columns jsonb not null default '[]',
  mapping jsonb,
  outcome jsonb,
  refusal text,
  started_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  version int not null default 1,
  primary key (organisation_id, id),
  check ((state = 'refused') = (refusal is not null)),
  check ((state in ('done', 'refused', 'cancelled')) = (finished_at is not null))
);
create index import_by_time on app.import (organisation_id, created_at, id);
select app.protect('import');

-- How far the work is and whether somebody wants it stopped. Apart from the import, because the work
-- itself is one long transaction and these are told from outside it.
create table app.import_progress (
  organisation_id uuid not null,
  import_id uuid not null,
  phase text not null,
  done int not null default 0,
  total int not null default 0,
  attempts int not null default 0,
  cancel_requested boolean not null default false,
  primary key (organisation_id, import_id),
  foreign key (organisation_id, import_id) references app.import (organisation_id, id)
);
select app.protect('import_progress');

create table app.import_problem (
  organisation_id uuid not null,
  import_id uuid not null,
  n int not null,
  row int not null,
  column_name text,
  value text,
  severity text not null check (severity in ('error', 'warning')),
  problem text not null,
  cure text not null,
  primary key (organisation_id, import_id, n),
  foreign key (organisation_id, import_id) references app.import (organisation_id, id)
);
select app.protect('import_problem');

create table app.import_mapping (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  name text not null check (length(name) between 1 and 100),
  mapping jsonb not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, name)
);
select app.protect('import_mapping');
