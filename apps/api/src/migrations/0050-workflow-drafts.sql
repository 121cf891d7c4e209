-- Workflow definitions as people work on them: drafts and remarks, what versions carry besides their
-- definition, offers of a firm to its clients, batches that move runs, cases and simulations.

-- One draft for each workflow of an organisation. The editor's place lapses by itself: whoever has it
-- says again and again that they are there.
create table app.workflow_draft (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null check (key ~ '^[A-Za-z0-9][A-Za-z0-9-]{0,59}$'),
  name text not null,
  purpose text not null,
  definition jsonb not null,
  layout jsonb not null,
  revision int not null default 1 check (revision > 0),
  -- The version that it was begun from; null for a new workflow.
  based_on int,
  -- As found when it was last saved.
  problems jsonb not null,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  saved_by uuid not null references app.person (id),
  saved_at timestamptz not null default now(),
  editor_id uuid references app.person (id),
  editor_since timestamptz,
  editor_seen_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, key),
  check ((editor_id is null) = (editor_since is null)),
  check ((editor_id is null) = (editor_seen_at is null))
);
select app.protect('workflow_draft');

create table app.workflow_comment (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null,
  step text,
  text text not null,
  mentions uuid[] not null,
  written_by uuid not null references app.person (id),
  written_at timestamptz not null default now(),
  resolved_by uuid references app.person (id),
  resolved_at timestamptz,
  primary key (organisation_id, id),
  check ((resolved_by is null) = (resolved_at is null))
);
create index workflow_comment_of on app.workflow_comment (organisation_id, key, id);
select app.protect('workflow_comment');

-- Beside the definition, and never hashed. No origin: the organisation's own, or the product's when
-- nobody published it.
alter table app.workflow_version
  add column layout jsonb not null default '{}',
  add column note text not null default '',
  add column origin jsonb;

-- A retired version takes no new runs; those that are pinned to it go on.
create table app.workflow_retirement (
  organisation_id uuid not null,
  version_id uuid not null,
  reason text not null,
  retired_by uuid not null references app.person (id),
  retired_at timestamptz not null default now(),
  primary key (organisation_id, version_id),
  foreign key (organisation_id, version_id) references app.workflow_version (organisation_id, id)
);
select app.protect('workflow_retirement', 'append-only');

-- A version that a firm published in its library and offers to this client. The client's own people
-- take it over or decline it; nothing is published here before.
create table app.workflow_offer (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  firm_id uuid not null references app.organisation (id),
  firm_name text not null,
  key text not null,
  firm_version int not null check (firm_version > 0),
  name text not null,
  purpose text not null,
  definition jsonb not null,
  layout jsonb not null,
  hash text not null check (hash ~ '^sha256:[0-9a-f]{64}$'),
  note text not null,
  status text not null default 'open'
    check (status in ('open', 'accepted', 'declined', 'withdrawn', 'replaced')),
  offered_by uuid not null references app.person (id),
  offered_at timestamptz not null default now(),
  answered_by uuid references app.person (id),
  answered_at timestamptz,
  reason text,
  -- The version of the client that came of it.
  published_version int,
  primary key (organisation_id, id),
  check ((status = 'open') = (answered_at is null)),
  check ((status = 'accepted') = (published_version is not null)),
  check (status <> 'declined' or reason is not null)
);
create unique index workflow_offer_open on app.workflow_offer (organisation_id, firm_id, key)
  where status = 'open';
create index workflow_offer_newest on app.workflow_offer (organisation_id, id desc);
select app.protect('workflow_offer');

-- A batch that moves running cases from one version to another, each run in a transaction of its own.
create table app.workflow_migration (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null,
  from_version int not null,
  to_version int not null,
  mapping jsonb not null,
  reason text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  failure text,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (organisation_id, id),
  check ((state in ('done', 'failed')) = (finished_at is not null))
);
create index workflow_migration_of on app.workflow_migration (organisation_id, key, id desc);
select app.protect('workflow_migration');

create table app.workflow_migration_run (
  organisation_id uuid not null,
  migration_id uuid not null,
  run_id uuid not null,
  status text not null default 'waiting' check (status in ('waiting', 'moved', 'refused')),
  reason text,
  at timestamptz,
  primary key (organisation_id, migration_id, run_id),
  foreign key (organisation_id, migration_id)
    references app.workflow_migration (organisation_id, id),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id),
  check ((status = 'waiting') = (at is null)),
  check ((status = 'refused') = (reason is not null))
);
select app.protect('workflow_migration_run');

-- What a workflow is tried out on.
create table app.workflow_case (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null,
  name text not null check (length(name) between 1 and 120),
  content jsonb not null,
  saved_by uuid not null references app.person (id),
  saved_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, key, name)
);
select app.protect('workflow_case');

-- Results belong to the content that was tried, draft or version: the same hash, the same results.
create table app.workflow_simulation (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null,
  hash text not null check (hash ~ '^sha256:[0-9a-f]{64}$'),
  kind text not null check (kind in ('cases', 'forecast')),
  asked jsonb not null,
  -- What was tried, until the result is there.
  definition jsonb,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  result jsonb,
  failure text,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (organisation_id, id),
  check ((state in ('done', 'failed')) = (finished_at is not null)),
  check ((state = 'done') = (result is not null))
);
create index workflow_simulation_of on app.workflow_simulation (organisation_id, key, id desc);
select app.protect('workflow_simulation');
