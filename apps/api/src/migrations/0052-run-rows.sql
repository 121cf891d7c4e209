-- What runs write since they can be suspended, repaired and told by signals.

-- No other role may see every organisation's tasks; their owner may, for as long as it fills them in.
alter table app.task no force row level security;
alter table app.task
  -- Everybody with one of these may act for it, as far as separation of duties lets them.
  add column roles text[] not null default '{}',
  add column seats jsonb not null default '[]',
  -- The nth of a list, from 1.
  add column item int check (item > 0),
  -- On hold: nobody is asked.
  add column held_at timestamptz,
  -- Its run is suspended.
  add column suspended_at timestamptz,
  add column level int not null default 0,
  add column ordered boolean not null default false,
  add column blind boolean not null default false;
update app.task set roles = array_remove(array[role, also], null);
alter table app.task force row level security;
create index task_open_assignee on app.task (organisation_id, assignee, due_key, id)
  where status = 'open';
create index task_of_run on app.task (organisation_id, run_id) where status = 'open';

alter table app.run add column suspended_at timestamptz;
create index run_by_start on app.run (organisation_id, workflow_key, started_at);

-- `paused`: the run is suspended or the task on hold; armed again when it goes on.
alter table app.timer drop constraint timer_kind_check;
alter table app.timer add constraint timer_kind_check
  check (kind in ('wait', 'boundary', 'escalation', 'due-soon', 'late', 'schedule'));
alter table app.timer drop constraint timer_status_check;
alter table app.timer add constraint timer_status_check
  check (status in ('armed', 'fired', 'disarmed', 'parked', 'paused'));
create index timer_of_subject on app.timer (organisation_id, subject);

-- Signals that runs, people and other systems sent, kept for runs that come to wait for them.
create table app.signal (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  name text not null,
  -- About one AI system, or for every run of the organisation.
  ai_system_id uuid,
  -- How its sender names it: the same name is one signal.
  sender_key text not null,
  facts jsonb not null,
  run_id uuid,
  person_id uuid references app.person (id),
  sent_at timestamptz not null default now(),
  -- Kept no longer; no run takes it after that.
  expires_at timestamptz not null,
  -- How many runs it reached so far.
  reached int not null default 0,
  primary key (organisation_id, id),
  unique nulls not distinct (organisation_id, ai_system_id, name, sender_key),
  foreign key (organisation_id, ai_system_id) references app.ai_system (organisation_id, id),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id)
);
create index signal_kept on app.signal (organisation_id, name, sent_at);
create index signal_expired on app.signal (expires_at);
select app.protect('signal', 'swept');

-- Repairs of runs: asked for, confirmed by a second person where that is needed, done or turned down.
create table app.repair (
  organisation_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  -- RepairAction of the engine.
  action jsonb not null,
  -- What it does, in words, as whoever confirms it read it.
  words text not null,
  reason text not null,
  -- Why a second person must confirm; null when nobody need.
  needs_two text,
  status text not null check (status in ('asked', 'done', 'turned-down', 'withdrawn')),
  -- Number of the run's last event when it was asked for.
  run_version int not null,
  asked_by uuid not null references app.person (id),
  asked_at timestamptz not null default now(),
  settled_by uuid references app.person (id),
  settled_at timestamptz,
  settled_reason text,
  primary key (organisation_id, id),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id),
  check ((status = 'asked') = (settled_at is null)),
  -- Never the same person twice.
  check (needs_two is null or status <> 'done' or settled_by <> asked_by)
);
create index repair_of_run on app.repair (organisation_id, run_id, asked_at, id);
select app.protect('repair');

-- One thing done to many runs or tasks: chosen once, carried out one by one.
create table app.bulk (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  action jsonb not null,
  filter jsonb not null,
  reason text not null,
  -- What was chosen: frozen until it is started or forgotten.
  status text not null check (status in ('chosen', 'running', 'done', 'stopped')),
  total int not null,
  asked_by uuid not null references app.person (id),
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (organisation_id, id)
);
create index bulk_newest on app.bulk (organisation_id, asked_at, id);
select app.protect('bulk');

create table app.bulk_item (
  organisation_id uuid not null,
  bulk_id uuid not null,
  n int not null check (n > 0),
  -- A run, or a task with its run.
  run_id uuid not null,
  task_id uuid,
  label text not null,
  status text not null default 'waiting' check (status in ('waiting', 'done', 'refused')),
  message text,
  at timestamptz,
  primary key (organisation_id, bulk_id, n),
  foreign key (organisation_id, bulk_id) references app.bulk (organisation_id, id)
);
select app.protect('bulk_item');

-- For figures and exports: events of a kind in a period.
create index run_event_by_time on app.run_event (organisation_id, at);
