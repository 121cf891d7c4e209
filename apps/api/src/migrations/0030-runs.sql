-- Workflow versions, runs of them, the tasks, timers and decisions that runs make, and monitors.

-- A published version never changes: the runtime roles may only add rows.
create table app.workflow_version (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  key text not null,
  version int not null check (version > 0),
  name text not null,
  purpose text not null,
  definition jsonb not null,
  -- SHA-256 over the canonical JSON of the definition.
  hash text not null check (hash ~ '^sha256:[0-9a-f]{64}$'),
  published_by uuid references app.person (id),
  published_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, key, version)
);
select app.protect('workflow_version', 'append-only');

-- One running or finished instance. A run and the sub-workflows under it are a family: every command
-- locks the family's root first, so that parent and child never wait for each other.
create table app.run (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  ai_system_id uuid not null,
  -- Counted per AI system; tasks and decisions are referred to by it.
  number int not null check (number > 0),
  workflow_version_id uuid not null,
  workflow_key text not null,
  root_id uuid not null,
  parent_id uuid,
  -- Which open child of the parent's state this run is.
  parent_child text,
  -- What started it: the same cause never starts a second run.
  cause text not null,
  -- Sub-workflows, and actions of one plan: others of the same workflow may run beside it.
  alongside boolean not null,
  status text not null check (status in ('running', 'ended', 'cancelled')),
  outcome text,
  -- RunState of the engine; replay of run_event gives the same value.
  state jsonb not null,
  -- Number of the last event.
  version int not null check (version >= 0),
  tasks_opened int not null default 0,
  decisions_made int not null default 0,
  -- Earliest deadline among its open tasks.
  due_at timestamptz,
  -- Why it cannot go on by itself: a person must look.
  trouble text,
  started_by uuid references app.person (id),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  -- Lists put first what needs a person: troubled, then by deadline, then what has ended, newest first.
  attention double precision not null generated always as (case
    when status <> 'running' then 2e12 - extract(epoch from ended_at at time zone 'UTC')
    when trouble is not null then 0
    else coalesce(extract(epoch from due_at at time zone 'UTC'), 1e12) end) stored,
  primary key (organisation_id, id),
  unique (organisation_id, ai_system_id, number),
  unique (organisation_id, cause),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  foreign key (organisation_id, workflow_version_id)
    references app.workflow_version (organisation_id, id),
  foreign key (organisation_id, root_id) references app.run (organisation_id, id),
  foreign key (organisation_id, parent_id) references app.run (organisation_id, id),
  check ((status = 'running') = (ended_at is null)),
  check ((parent_id is null) = (parent_child is null))
);
create index run_attention on app.run (organisation_id, attention, id);
create index run_of_system on app.run (organisation_id, ai_system_id, started_at);
create index run_of_version on app.run (organisation_id, workflow_version_id)
  where status = 'running';
create index run_children on app.run (organisation_id, parent_id) where parent_id is not null;
-- One at a time of each workflow about one AI system.
create unique index run_one_at_a_time on app.run (organisation_id, ai_system_id, workflow_key)
  where status = 'running' and not alongside;
select app.protect('run');

-- What happened in a run, without gaps: events alone rebuild its state.
create table app.run_event (
  organisation_id uuid not null,
  run_id uuid not null,
  seq int not null check (seq > 0),
  type text not null,
  step text,
  at timestamptz not null,
  person_id uuid references app.person (id),
  -- An adviser's firm, by the name that it had then.
  firm text,
  event jsonb not null,
  primary key (organisation_id, run_id, seq),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id)
);
select app.protect('run_event', 'append-only');

-- A step that waits for people. Follows the run's state; written only together with it.
create table app.task (
  organisation_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  ai_system_id uuid not null,
  -- <step>#<visit>: the engine's name for it.
  key text not null,
  step text not null,
  reference text not null,
  type text not null check (type in ('form', 'task', 'approval')),
  title text not null,
  role text not null,
  also text,
  assignee uuid references app.person (id),
  needed int not null default 1 check (needed > 0),
  voters uuid[] not null default '{}',
  minutes int,
  status text not null default 'open' check (status in ('open', 'done', 'cancelled')),
  due_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by uuid references app.person (id),
  search text not null,
  due_key timestamptz not null generated always as (coalesce(due_at, 'infinity'::timestamptz)) stored,
  primary key (organisation_id, id),
  unique (organisation_id, run_id, key),
  unique (organisation_id, reference),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  check ((status = 'open') = (closed_at is null))
);
create index task_open on app.task (organisation_id, due_key, id) where status = 'open';
create index task_done on app.task (organisation_id, closed_by, closed_at, id) where status = 'done';
create index task_of_system on app.task (organisation_id, ai_system_id, opened_at);
select app.protect('task');

-- Unfinished answers: seen by the person who typed them and by nobody else.
create table app.task_draft (
  organisation_id uuid not null,
  task_id uuid not null,
  person_id uuid not null references app.person (id),
  answers jsonb not null,
  version int not null check (version > 0),
  saved_at timestamptz not null default now(),
  primary key (organisation_id, task_id, person_id),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id)
);
select app.protect('task_draft');
create policy draft_is_private on app.task_draft as restrictive for all to plumbline_rt
  using (person_id = (select app.acting_person()))
  with check (person_id = (select app.acting_person()));

-- Moments to act on. `subject` is a run (waits, reminders) or an AI system (schedules). Swept every
-- second; `generation` counts how often it was armed, `wake_at` is when it is looked at next.
create table app.timer (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  kind text not null check (kind in ('wait', 'due-soon', 'late', 'schedule')),
  subject uuid not null,
  key text not null,
  generation int not null default 1,
  due_at timestamptz not null,
  wake_at timestamptz not null,
  status text not null default 'armed' check (status in ('armed', 'fired', 'disarmed', 'parked')),
  attempts int not null default 0,
  last_error text,
  primary key (organisation_id, id),
  unique (organisation_id, kind, subject, key)
);
create index timer_armed on app.timer (wake_at) where status = 'armed';
select app.protect('timer', 'swept');

-- What an approver recorded, and what it was decided on: `capsule` is canonical JSON, frozen.
create table app.decision (
  organisation_id uuid not null,
  id uuid not null,
  reference text not null,
  run_id uuid not null,
  task_id uuid not null,
  ai_system_id uuid not null,
  workflow_version_id uuid not null,
  step text not null,
  question text not null,
  outcome text not null,
  effect text not null check (effect in (
    'approve', 'approve-with-conditions', 'ask-for-changes', 'reject', 'stop')),
  reason text not null,
  conditions jsonb not null,
  person_id uuid not null references app.person (id),
  role text not null,
  at timestamptz not null default now(),
  capsule text not null,
  capsule_hash text not null check (capsule_hash ~ '^[0-9a-f]{64}$'),
  record_event_id uuid not null,
  primary key (organisation_id, id),
  unique (organisation_id, reference),
  -- Nobody decides twice on one task.
  unique (organisation_id, task_id, person_id),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  foreign key (organisation_id, workflow_version_id)
    references app.workflow_version (organisation_id, id)
);
create index decision_of_system on app.decision (organisation_id, ai_system_id, at, id);
create index decision_by_time on app.decision (organisation_id, at, id);
create index decision_of_person on app.decision (organisation_id, person_id, task_id);
select app.protect('decision', 'append-only');

-- A metric that is watched for one AI system.
create table app.monitor (
  organisation_id uuid not null,
  id uuid not null,
  ai_system_id uuid not null,
  metric text not null,
  -- The group or part of the cases that it is about; empty for all.
  segment text not null default '',
  direction text not null check (direction in ('at-least', 'at-most')),
  warning double precision,
  breach double precision not null,
  minimum_sample int check (minimum_sample > 0),
  every text not null check (every in ('day', 'week', 'month', 'quarter', 'year')),
  owner_id uuid references app.person (id),
  state text not null default 'no-data' check (state in ('no-data', 'ok', 'warning', 'breach')),
  last_at timestamptz,
  next_due_on date not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, ai_system_id, metric, segment),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id)
);
select app.protect('monitor');

-- One value for one window.
create table app.measurement (
  organisation_id uuid not null,
  id uuid not null,
  monitor_id uuid not null,
  window_from date not null,
  window_to date not null,
  value double precision not null,
  sample int check (sample >= 0),
  state text not null check (state in ('ok', 'warning', 'breach', 'too-few')),
  note text not null,
  person_id uuid references app.person (id),
  at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, monitor_id, window_from, window_to),
  foreign key (organisation_id, monitor_id) references app.monitor (organisation_id, id),
  check (window_from <= window_to)
);
create index measurement_by_window on app.measurement (organisation_id, monitor_id, window_to, id);
select app.protect('measurement', 'append-only');
