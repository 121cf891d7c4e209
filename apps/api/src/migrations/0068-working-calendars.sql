-- When an organisation works. Minutes are counted from midnight; names belong to `holidays`, in order.
alter table app.organisation
  add column working_days smallint[] not null default '{1,2,3,4,5}',
  add column works_from smallint not null default 540,
  add column works_until smallint not null default 1020,
  add column holiday_names text[] not null default '{}',
  add column calendar_version int not null default 1 check (calendar_version > 0),
  add constraint organisation_works check (
    cardinality(working_days) between 1 and 7 and working_days <@ '{1,2,3,4,5,6,7}'::smallint[]
    and 0 <= works_from and works_from < works_until and works_until <= 1440
    and cardinality(holiday_names) <= cardinality(holidays));

-- A change of the working calendar, and the work that lets open deadlines follow it.
create table app.working_calendar (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  version int not null check (version > 1),
  before jsonb not null,
  after jsonb not null,
  state text not null default 'waiting'
    check (state in ('waiting', 'running', 'done', 'superseded')),
  changed_by uuid not null references app.person (id),
  changed_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, version),
  check ((state in ('done', 'superseded')) = (finished_at is not null))
);
select app.protect('working_calendar');

-- What became of each run: deadlines that moved, and those that stay for a reason.
create table app.working_calendar_run (
  organisation_id uuid not null,
  calendar_id uuid not null,
  run_id uuid not null,
  moved jsonb not null default '[]',
  kept jsonb not null default '[]',
  tasks_moved int not null default 0,
  timers_moved int not null default 0,
  tasks_kept int not null default 0,
  done_at timestamptz,
  primary key (organisation_id, calendar_id, run_id),
  foreign key (organisation_id, calendar_id) references app.working_calendar (organisation_id, id),
  foreign key (organisation_id, run_id) references app.run (organisation_id, id)
);
select app.protect('working_calendar_run');
