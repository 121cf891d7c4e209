-- What people say to each other at a task. Written once; its author can take it back, which is shown.
create table app.task_comment (
  organisation_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  person_id uuid not null references app.person (id),
  -- An adviser's firm, by the name that it had then.
  firm text,
  text text not null check (length(text) between 1 and 4000),
  -- People who were mentioned.
  mentions uuid[] not null default '{}',
  evidence uuid[] not null default '{}',
  at timestamptz not null default now(),
  withdrawn_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id)
);
create index task_comment_of_task on app.task_comment (organisation_id, task_id, id);
select app.protect('task_comment');
revoke update, delete on app.task_comment from plumbline_rt, plumbline_wk;
grant update (withdrawn_at, text) on app.task_comment to plumbline_rt;

-- Who is told of what happens to a task. A row that says no stays: nobody is signed up again by
-- taking part.
create table app.task_watch (
  organisation_id uuid not null,
  task_id uuid not null,
  person_id uuid not null references app.person (id),
  watching boolean not null,
  since timestamptz not null default now(),
  primary key (organisation_id, task_id, person_id),
  foreign key (organisation_id, task_id) references app.task (organisation_id, id)
);
select app.protect('task_watch');
