-- Service tokens: machines of an organisation that use the API. Each acts as a person of its own, of
-- kind 'service', so that what it did is told apart from what people did.

create table app.service_token (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  person_id uuid not null references app.person (id),
  scopes text[] not null check (cardinality(scopes) > 0),
  token_hash bytea not null,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation_id, id),
  unique (organisation_id, token_hash)
);
create index service_token_secret on app.service_token (token_hash);
select app.protect('service_token');

grant select, update (last_used_at) on app.service_token to plumbline_ctx;
create policy asked_by_secret on app.service_token as permissive for select to plumbline_ctx using (true);
create policy noted_by_secret on app.service_token as permissive for update to plumbline_ctx using (true);

-- The token that a secret belongs to, while it works; notes its use, to the minute.
create function app.use_token(hash bytea)
  returns table (
    organisation_id uuid, organisation_name text, slug text,
    person_id uuid, person_name text, scopes text[])
  language sql volatile security definer set search_path = pg_catalog
as $$
  with found as (
    select t.* from app.service_token t
    where t.token_hash = hash and t.revoked_at is null and t.expires_at > now()
  ), noted as (
    update app.service_token t set last_used_at = now()
    from found f
    where t.organisation_id = f.organisation_id and t.id = f.id
      and coalesce(f.last_used_at < now() - interval '1 minute', true)
  )
  select f.organisation_id, o.name, o.slug, f.person_id, p.name, f.scopes
  from found f
  join app.organisation o on o.id = f.organisation_id
  join app.person p on p.id = f.person_id
$$;
alter function app.use_token(bytea) owner to plumbline_ctx;
