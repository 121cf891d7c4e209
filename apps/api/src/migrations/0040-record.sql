-- The record: what happened, append-only, and the Merkle log that the notary keeps over it.

-- Who an actor is, apart from the record itself: erasing a row here makes the person's entries
-- anonymous and leaves every hash as it is.
-- `ref` is half of SHA-256(salt‖person_id) in hex: an entry cannot be given to somebody else later,
-- and with the salt erased nobody can tell whose it was.
create table app.actor_ref (
  organisation_id uuid not null,
  person_id uuid not null,
  ref text not null,
  salt bytea not null check (length(salt) = 16),
  primary key (organisation_id, person_id),
  unique (organisation_id, ref)
);
select app.protect('actor_ref', 'append-only');

-- `body` is the canonical text that the log hashes; the other columns repeat it for queries. `xid`
-- and `ord` give every committed entry its place without a lock on the way in.
create table app.record_event (
  organisation_id uuid not null,
  id uuid not null,
  xid xid8 not null default pg_current_xact_id(),
  ord bigint not null generated always as identity,
  at timestamptz not null,
  actor_ref text not null,
  action text not null,
  entity text not null,
  entity_id text not null,
  body bytea not null,
  primary key (organisation_id, id)
);
create index record_event_order on app.record_event (organisation_id, xid, ord);
-- How the notary finds, across organisations, what it has not placed yet.
create index record_event_tail on app.record_event (xid, organisation_id);
create index record_event_entity on app.record_event (organisation_id, entity, entity_id, xid, ord);
select app.protect('record_event', 'append-only');

-- What happened, with the salt that binds it to its entry. May be erased; the entry stays.
create table app.record_payload (
  organisation_id uuid not null,
  event_id uuid not null,
  payload text not null,
  salt bytea not null check (length(salt) = 16),
  primary key (organisation_id, event_id),
  foreign key (organisation_id, event_id) references app.record_event (organisation_id, id)
);
select app.protect('record_payload', 'append-only');
grant delete on app.record_payload to plumbline_rt, plumbline_wk;

-- The runtime roles have no right to change entries; this stops the owner's slips as well.
create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger record_event_stays before update or delete on app.record_event
  for each row execute function app.refuse_change();
create trigger record_event_stays_whole before truncate on app.record_event
  for each statement execute function app.refuse_change();

-- Where the log of an organisation stands. A restore of the database puts it behind the head kept
-- outside: `forked` then, and nothing more is signed until an operator opens a new epoch, in which
-- every entry is placed again, so that an older head that still holds can be seen to hold.
create table app.log_tree (
  organisation_id uuid not null primary key,
  -- The log's name on every signed head: <deployment>/<organisation>/<epoch>.
  origin text not null,
  epoch int not null default 1,
  size bigint not null default 0,
  frontier bytea not null default '',
  last_xid xid8 not null default '0',
  last_ord bigint not null default 0,
  state text not null default 'open' check (state in ('open', 'forked')),
  reason text,
  -- The entry by which an operator opened this epoch.
  opened_by uuid
);
select app.protect('log_tree');

create table app.log_leaf (
  organisation_id uuid not null,
  epoch int not null,
  index bigint not null,
  event_id uuid not null,
  primary key (organisation_id, epoch, index),
  unique (organisation_id, epoch, event_id),
  foreign key (organisation_id, event_id) references app.record_event (organisation_id, id)
);
select app.protect('log_leaf', 'append-only');

-- 256 hashes of complete subtrees of 256^level leaves (C2SP tlog-tiles); the last one grows.
create table app.log_tile (
  organisation_id uuid not null,
  epoch int not null,
  level int not null,
  index bigint not null,
  hashes bytea not null,
  primary key (organisation_id, epoch, level, index)
);
select app.protect('log_tile');

create table app.log_checkpoint (
  organisation_id uuid not null,
  epoch int not null,
  size bigint not null,
  root bytea not null,
  note text not null,
  primary key (organisation_id, epoch, size)
);
select app.protect('log_checkpoint', 'append-only');

-- Only the notary writes the log, for every organisation; it reads entries, never what they bind.
do $$
declare
  name text;
begin
  foreach name in array array['record_event', 'log_tree', 'log_leaf', 'log_tile', 'log_checkpoint'] loop
    execute format('alter policy organisation_guard on app.%I to plumbline_rt, plumbline_wk, plumbline_ro', name);
  end loop;
  foreach name in array array['log_tree', 'log_leaf', 'log_tile', 'log_checkpoint'] loop
    execute format('revoke insert, update, delete on app.%I from plumbline_rt, plumbline_wk', name);
    execute format('grant insert on app.%I to plumbline_log', name);
  end loop;
end $$;
grant update on app.log_tree, app.log_tile to plumbline_log;
revoke select on app.record_payload, app.actor_ref from plumbline_log;
