-- The signed context is verified some thirty times in a transaction, once for each table of each
-- statement. These do the same as before without SQL functions around it, which cost more than the
-- signature itself.

-- The parts of a context if its signature holds and it has not expired, else null. Called by the
-- functions below alone, under their search path.
create function sec.verified(raw text) returns text[]
  language plpgsql stable
as $$
declare
  parts text[];
  signed bytea;
begin
  if raw is null or raw = '' then return null; end if;
  parts := string_to_array(raw, '|');
  if cardinality(parts) <> 6 or parts[1] <> 'v1' then return null; end if;
  signed := convert_to(left(raw, -1 - length(parts[6])), 'UTF8');
  if not exists (
    select from sec.context_key k where encode(ext.hmac(signed, k.key, 'sha256'), 'hex') = parts[6]
  ) then return null; end if;
  if parts[5]::bigint < extract(epoch from clock_timestamp()) then return null; end if;
  return parts;
end $$;
alter function sec.verified(text) owner to plumbline_ctx;

create or replace function app.verified_context() returns text[]
  language plpgsql stable security definer set search_path = pg_catalog
as $$ begin
  return sec.verified(current_setting('app.context', true));
end $$;

create or replace function app.read_organisations() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  parts text[] := sec.verified(current_setting('app.context', true));
begin
  if parts is null or parts[3] = '' then return '{}'; end if;
  return string_to_array(parts[3], ',')::uuid[];
end $$;

create or replace function app.write_organisation() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  parts text[] := sec.verified(current_setting('app.context', true));
begin
  if parts is null or parts[2] = '' then return null; end if;
  return parts[2]::uuid;
end $$;

create or replace function app.acting_person() returns uuid
  language plpgsql stable security definer set search_path = pg_catalog
as $$
declare
  parts text[] := sec.verified(current_setting('app.context', true));
begin
  if parts is null or parts[4] = '' then return null; end if;
  return parts[4]::uuid;
end $$;
