-- The signed context is verified some thirty times in a transaction, once for each table of each
-- statement. These do the same as before without SQL functions around it and without a search path
-- of their own: every name below says its schema, so that the caller's path does not matter.

-- The parts of a context if its signature holds and it has not expired, else null.
create function sec.verified(raw pg_catalog.text) returns pg_catalog.text[]
  language plpgsql stable
as $$
declare
  parts pg_catalog.text[];
  signed pg_catalog.bytea;
begin
  if raw is null or raw operator(pg_catalog.=) '' then return null; end if;
  parts := pg_catalog.string_to_array(raw, '|');
  if pg_catalog.cardinality(parts) operator(pg_catalog.<>) 6
    or parts[1] operator(pg_catalog.<>) 'v1' then return null; end if;
  signed := pg_catalog.convert_to(
    pg_catalog.left(raw, -1 operator(pg_catalog.-) pg_catalog.length(parts[6])), 'UTF8');
  if not exists (
    select from sec.context_key k
    where pg_catalog.encode(ext.hmac(signed, k.key, 'sha256'), 'hex') operator(pg_catalog.=) parts[6]
  ) then return null; end if;
  if parts[5]::pg_catalog.int8 operator(pg_catalog.<)
    pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) then return null; end if;
  return parts;
end $$;
alter function sec.verified(pg_catalog.text) owner to plumbline_ctx;

create or replace function app.verified_context() returns pg_catalog.text[]
  language plpgsql stable security definer
as $$ begin
  return sec.verified(pg_catalog.current_setting('app.context', true));
end $$;

create or replace function app.read_organisations() returns pg_catalog.uuid[]
  language plpgsql stable security definer
as $$
declare
  parts pg_catalog.text[] := sec.verified(pg_catalog.current_setting('app.context', true));
begin
  if parts is null or parts[3] operator(pg_catalog.=) '' then return '{}'; end if;
  return pg_catalog.string_to_array(parts[3], ',')::pg_catalog.uuid[];
end $$;

create or replace function app.write_organisation() returns pg_catalog.uuid
  language plpgsql stable security definer
as $$
declare
  parts pg_catalog.text[] := sec.verified(pg_catalog.current_setting('app.context', true));
begin
  if parts is null or parts[2] operator(pg_catalog.=) '' then return null; end if;
  return parts[2]::pg_catalog.uuid;
end $$;

create or replace function app.acting_person() returns pg_catalog.uuid
  language plpgsql stable security definer
as $$
declare
  parts pg_catalog.text[] := sec.verified(pg_catalog.current_setting('app.context', true));
begin
  if parts is null or parts[4] operator(pg_catalog.=) '' then return null; end if;
  return parts[4]::pg_catalog.uuid;
end $$;
