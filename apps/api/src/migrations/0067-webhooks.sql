-- Webhooks: addresses of other systems that are told what happens in an organisation.

-- The secret that signs its calls is made from the installation's key, this id and a number; rolled, the
-- number goes up, and the one before signs as well until `old_secret_until`.
create table app.webhook (
  organisation_id uuid not null references app.organisation (id),
  id uuid not null,
  url text not null,
  description text not null,
  types text[] not null check (cardinality(types) > 0),
  secret_number int not null default 1,
  secret_since timestamptz not null default now(),
  old_secret_until timestamptz,
  is_on boolean not null default true,
  off_at timestamptz,
  off_why text check (off_why in ('person', 'failing', 'gone')),
  -- What happened earlier is not told.
  listens_since timestamptz not null default now(),
  -- Since when every call has failed.
  failing_since timestamptz,
  last_delivered_at timestamptz,
  version int not null default 1,
  created_by uuid not null references app.person (id),
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  check (is_on = (off_at is null) and is_on = (off_why is null))
);
create index webhook_on on app.webhook (organisation_id) where is_on;
-- The worker looks for organisations that have any.
select app.protect('webhook', 'swept');

-- How far the record of an organisation has been read for its webhooks, in the order of the record.
create table app.webhook_cursor (
  organisation_id uuid not null primary key references app.organisation (id),
  last_xid xid8 not null,
  last_ord bigint not null
);
select app.protect('webhook_cursor');

-- What happened, as it is sent: the bytes that are signed. `record_event_id` is null for a test.
create table app.webhook_event (
  organisation_id uuid not null,
  id uuid not null,
  type text not null,
  at timestamptz not null,
  record_event_id uuid,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id)
);
create index webhook_event_age on app.webhook_event (organisation_id, created_at);
select app.protect('webhook_event');

-- One event on its way to one address. `turn` counts the attempts that were planned: a message about an
-- earlier one does nothing. `tries` is how far the schedule of attempts has got.
create table app.webhook_delivery (
  organisation_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  turn int not null default 1,
  tries int not null default 0,
  attempts int not null default 0,
  next_at timestamptz default now(),
  delivered_at timestamptz,
  gave_up text check (gave_up in ('tried-enough', 'switched-off')),
  primary key (organisation_id, id),
  unique (organisation_id, webhook_id, event_id),
  foreign key (organisation_id, webhook_id) references app.webhook (organisation_id, id)
    on delete cascade,
  foreign key (organisation_id, event_id) references app.webhook_event (organisation_id, id)
    on delete cascade,
  check ((state = 'pending') = (next_at is not null))
);
create index webhook_delivery_list on app.webhook_delivery (organisation_id, webhook_id, id desc);
create index webhook_delivery_event on app.webhook_delivery (organisation_id, event_id);
select app.protect('webhook_delivery');

create table app.webhook_attempt (
  organisation_id uuid not null,
  delivery_id uuid not null,
  n int not null check (n > 0),
  at timestamptz not null,
  milliseconds int not null check (milliseconds >= 0),
  outcome text not null,
  status int,
  excerpt text not null default '',
  primary key (organisation_id, delivery_id, n),
  foreign key (organisation_id, delivery_id) references app.webhook_delivery (organisation_id, id)
    on delete cascade
);
select app.protect('webhook_attempt');
