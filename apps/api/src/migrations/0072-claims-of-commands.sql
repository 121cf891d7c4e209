-- A command whose process died is taken over within seconds: while one is under way its claim shows
-- signs of life. `claim` counts those who took it; whoever has lost it cannot commit any more.
alter table app.command_log
  add column claim int not null default 1,
  add column seen_at timestamptz not null default now();
