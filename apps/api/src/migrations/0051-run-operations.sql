-- Delivery: fenced claims, a quick look for what the queue lost, answers kept for a time only, and a
-- ledger of effects.

-- Counts the claims of a message; a worker that slept through its lease holds an older number.
alter table app.outbox add column fence int not null default 0;
create index outbox_handed_over on app.outbox (published_at)
  where done_at is null and parked_at is null and published_at is not null;

-- The worker removes old rows of every organisation; the others see those of their own.
create index command_log_age on app.command_log (created_at);
drop policy organisation_guard on app.command_log;
create policy organisation_guard on app.command_log as restrictive for all
  to plumbline_rt, plumbline_log, plumbline_ro
  using (organisation_id = any ((select app.read_organisations())::uuid[]))
  with check (organisation_id = (select app.write_organisation()));

-- What was done outside the database (mail, calls to other systems), each once by its id.
create table app.effect (
  organisation_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('mail', 'webhook')),
  -- `begun` after its worker has ended: it may have happened, nobody knows.
  status text not null check (status in ('begun', 'failed', 'done')),
  attempts int not null,
  unknown_ends int not null default 0,
  begun_at timestamptz not null,
  done_at timestamptz,
  last_error text,
  primary key (organisation_id, id)
);
select app.protect('effect');
