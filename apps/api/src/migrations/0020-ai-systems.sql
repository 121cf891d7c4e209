-- The register of AI systems, and the views of it that people keep.

create table app.ai_system (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  -- AIS-0001 and so on: given once, in order, within the organisation.
  number int not null check (number > 0),
  name text not null check (length(name) between 1 and 300),
  purpose text,
  kind text,
  supplier text,
  owner_id uuid,
  overseer_id uuid,
  -- Who built it: separation of duties asks.
  builders uuid[] not null default '{}',
  -- The other answers of the register, by field.
  fields jsonb not null default '{}',
  stage text not null default 'proposed' check (stage in (
    'proposed', 'assessing', 'approved', 'pilot', 'live',
    'under-review', 'suspended', 'retired', 'stopped')),
  tier text check (tier in ('minimal', 'limited', 'high', 'prohibited')),
  path text check (path in ('light', 'standard', 'full', 'stop')),
  gate_state text not null default 'not-started'
    check (gate_state in ('not-started', 'open', 'deciding', 'passed', 'refused')),
  residual_level text check (residual_level in ('low', 'moderate', 'high', 'critical')),
  next_review_on date,
  -- What finished runs have established beyond the columns above.
  facts jsonb not null default '{}',
  -- Required fields without an answer; kept with every change, so that lists can filter on it.
  missing text[] not null default '{}',
  proposed_by uuid references app.person (id),
  import_id uuid,
  -- How the file that it came from names it, and a hash of that by which the next import finds it.
  external_id text,
  import_key text check (import_key ~ '^[0-9a-f]{64}$'),
  import_row int,
  extra jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What lists sort by: never null, so that a page can go on after any row.
  name_key text not null generated always as (lower(name)) stored,
  stage_rank int not null generated always as (array_position(array[
    'proposed', 'assessing', 'approved', 'pilot', 'live',
    'under-review', 'suspended', 'retired', 'stopped'], stage)) stored,
  tier_rank int not null generated always as (
    coalesce(array_position(array['minimal', 'limited', 'high', 'prohibited'], tier), 0)) stored,
  review_key date not null generated always as (coalesce(next_review_on, 'infinity'::date)) stored,
  primary key (organisation_id, id),
  unique (organisation_id, number),
  unique (organisation_id, import_key),
  foreign key (organisation_id, owner_id) references app.member (organisation_id, person_id),
  foreign key (organisation_id, overseer_id) references app.member (organisation_id, person_id)
);
create index ai_system_by_name on app.ai_system (organisation_id, name_key, id);
create index ai_system_by_stage on app.ai_system (organisation_id, stage_rank, id);
create index ai_system_by_tier on app.ai_system (organisation_id, tier_rank, id);
create index ai_system_by_review on app.ai_system (organisation_id, review_key, id);
create index ai_system_by_update on app.ai_system (organisation_id, updated_at, id);
create index ai_system_by_owner on app.ai_system (organisation_id, owner_id);
select app.protect('ai_system');

-- The last number given: one row per organisation, so that two proposals at once never share one.
create table app.ai_system_number (
  organisation_id uuid not null primary key references app.organisation (id),
  last int not null
);
select app.protect('ai_system_number');

create table app.saved_view (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  person_id uuid not null references app.person (id),
  register text not null check (register in ('ai-systems')),
  name text not null check (length(name) between 1 and 100),
  query text not null check (length(query) <= 2000),
  shared boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  unique (organisation_id, person_id, register, name)
);
select app.protect('saved_view');
