-- Which steps of a published workflow version serve which clauses and controls: read out of the
-- definition once, when it is published, so that readiness never has to open definitions.

create table app.step_requirement (
  organisation_id uuid not null,
  workflow_version_id uuid not null,
  step text not null,
  requirement text not null,
  primary key (organisation_id, workflow_version_id, step, requirement),
  foreign key (organisation_id, workflow_version_id)
    references app.workflow_version (organisation_id, id)
);
select app.protect('step_requirement', 'append-only');

create function app.note_step_requirements() returns trigger language plpgsql as $$
begin
  insert into app.step_requirement (organisation_id, workflow_version_id, step, requirement)
  select distinct new.organisation_id, new.id, s.step ->> 'id', r.requirement
  from jsonb_array_elements(new.definition -> 'steps') s (step)
  cross join jsonb_array_elements_text(coalesce(s.step -> 'requirements', '[]')) r (requirement);
  return new;
end $$;
create trigger note_step_requirements after insert on app.workflow_version
  for each row execute function app.note_step_requirements();
