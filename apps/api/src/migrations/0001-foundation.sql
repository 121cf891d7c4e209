-- Schemas, the signed context and the way every tenant table is protected.
-- Roles exist already: infra/db/roles.sql.

-- One row per key that may sign contexts; two while a key is rotated. Only plumbline_ctx reads it.
create table sec.context_key (id int primary key, key bytea not null);

-- The context of this transaction if its signature holds and it has not expired, else null.
-- Parts: version, organisation written to, organisations read, person, expiry, signature.
create function app.verified_context() returns text[]
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  raw text := current_setting('app.context', true);
  parts text[];
begin
  if raw is null or raw = '' then return null; end if;
  parts := string_to_array(raw, '|');
  if array_length(parts, 1) is distinct from 6 or parts[1] <> 'v1' then return null; end if;
  if not exists (
    select 1 from sec.context_key k
    where encode(ext.hmac(convert_to(array_to_string(parts[1:5], '|'), 'UTF8'), k.key, 'sha256'), 'hex') = parts[6]
  ) then return null; end if;
  if parts[5]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return parts;
end $$;

create function app.read_organisations() returns uuid[]
  language sql stable security definer set search_path = pg_catalog
as $$ select coalesce(string_to_array(nullif((app.verified_context())[3], ''), ',')::uuid[], '{}') $$;

create function app.write_organisation() returns uuid
  language sql stable security definer set search_path = pg_catalog
as $$ select nullif((app.verified_context())[2], '')::uuid $$;

create function app.acting_person() returns uuid
  language sql stable security definer set search_path = pg_catalog
as $$ select nullif((app.verified_context())[4], '')::uuid $$;

alter function app.verified_context() owner to plumbline_ctx;
alter function app.read_organisations() owner to plumbline_ctx;
alter function app.write_organisation() owner to plumbline_ctx;
alter function app.acting_person() owner to plumbline_ctx;
alter table sec.context_key owner to plumbline_ctx;

-- Protects a tenant table. Modes:
--   'read-write'   rows of the organisation only;
--   'append-only'  the same, and no role may change or delete a row;
--   'swept'        the worker also sees the rows of every organisation (outbox, timers, jobs).
create function app.protect(name text, mode text default 'read-write') returns void
  language plpgsql
as $$
declare
  guarded text := case mode when 'swept' then 'plumbline_rt, plumbline_ro' else 'plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro' end;
begin
  if mode not in ('read-write', 'append-only', 'swept') then raise exception 'unknown mode %', mode; end if;
  execute format('alter table app.%I enable row level security', name);
  execute format('alter table app.%I force row level security', name);
  execute format(
    'create policy organisation_guard on app.%I as restrictive for all to %s
       using (organisation_id = any ((select app.read_organisations())::uuid[]))
       with check (organisation_id = (select app.write_organisation()))', name, guarded);
  execute format(
    'create policy runtime_roles on app.%I as permissive for all
       to plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro using (true) with check (true)', name);
  execute format('grant select on app.%I to plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro', name);
  execute format('grant insert on app.%I to plumbline_rt, plumbline_wk', name);
  if mode <> 'append-only' then
    execute format('grant update, delete on app.%I to plumbline_rt, plumbline_wk', name);
  end if;
end $$;

-- Work promised with a change; see platform/outbox. `done_at` is set with the effect; a live lease
-- means that a worker is at it, so that nobody delivers it again meanwhile.
create table app.outbox (
  organisation_id uuid not null,
  id uuid not null,
  topic text not null,
  key text not null,
  payload jsonb not null,
  run_at timestamptz not null default now(),
  published_at timestamptz,
  deliveries int not null default 0,
  lease_until timestamptz,
  attempts int not null default 0,
  parked_at timestamptz,
  last_error text,
  done_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, topic, key)
);
create index outbox_open on app.outbox (run_at) where done_at is null and parked_at is null;
select app.protect('outbox', 'swept');

-- One row per command that carried an Idempotency-Key; the stored answer is given again.
create table app.command_log (
  organisation_id uuid not null,
  person_id uuid not null,
  key text not null,
  request_hash text not null,
  status int,
  answer jsonb,
  -- Set with the change itself: what was done stays known even if the answer is lost.
  carried_out_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organisation_id, person_id, key)
);
select app.protect('command_log');
