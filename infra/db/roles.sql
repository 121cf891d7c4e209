-- Roles and schemas, run once by an administrator (`npm start` does it for the embedded database).
-- The runtime roles own nothing, cannot bypass row-level security and have only what they need.
-- Passwords are set by `prepare` from the secrets file, never here.
do $$
declare
  name text;
begin
  foreach name in array array['plumbline_owner', 'plumbline_ctx'] loop
    if not exists (select 1 from pg_roles where rolname = name) then
      execute format('create role %I nologin nosuperuser nobypassrls', name);
    end if;
  end loop;
  foreach name in array array['plumbline_rt', 'plumbline_wk', 'plumbline_log', 'plumbline_ro'] loop
    if not exists (select 1 from pg_roles where rolname = name) then
      execute format('create role %I login nosuperuser nobypassrls', name);
    end if;
    execute format('alter role %I set statement_timeout = %L', name, '15s');
    execute format('alter role %I set lock_timeout = %L', name, '3s');
    execute format('alter role %I set idle_in_transaction_session_timeout = %L', name, '10s');
    execute format('alter role %I set search_path = %L', name, 'app, pg_temp');
  end loop;
end $$;

create schema if not exists app authorization plumbline_owner;
create schema if not exists sec authorization plumbline_ctx;
create schema if not exists ext;
create schema if not exists bullmq;
create extension if not exists pgcrypto with schema ext;
-- The owner hands the context functions over to plumbline_ctx, which alone reads the signing keys.
grant plumbline_ctx to plumbline_owner;
grant usage on schema app to plumbline_rt, plumbline_wk, plumbline_log, plumbline_ro, plumbline_ctx;
-- A function can only be handed to a role that may create in its schema.
grant create on schema app to plumbline_ctx;
grant usage on schema ext to plumbline_ctx, plumbline_owner;
grant usage, create on schema bullmq to plumbline_rt, plumbline_wk;
revoke all on schema public from public;
