-- Bank holidays by rule, beside the days that an organisation names itself. Those that are there keep
-- to their own days until somebody chooses a calendar.
alter table app.organisation
  add column holiday_calendar text not null default 'custom'
    check (holiday_calendar in ('england-and-wales', 'scotland', 'northern-ireland', 'custom'));
