import sql, { type Sql } from 'sql-template-tag';

/**
 * Whether a row of `app.decision`, under this name, is a vote in a blind matter that is not settled
 * yet: what it says must be kept from everybody else.
 */
export const isSealedVote = (decision: Sql): Sql => sql`exists (
  select 1 from app.task blind_task
  where blind_task.organisation_id = ${decision}.organisation_id
    and blind_task.id = ${decision}.task_id and blind_task.blind and blind_task.status = 'open')`;

/** Whether this person may read the decision: a sealed vote only who gave it or for whom. */
export const mayReadVote = (decision: Sql, personId: string): Sql => sql`(
  ${personId}::uuid in (${decision}.person_id, ${decision}.on_behalf_of)
  or not ${isSealedVote(decision)})`;

/**
 * Whether a row of `app.run_event`, under this name, is of a task with a blind matter that is not
 * settled: its vote is kept from everybody.
 */
export const isSealedEvent = (event: Sql): Sql => sql`exists (
  select 1 from app.task blind_task
  where blind_task.organisation_id = ${event}.organisation_id
    and blind_task.run_id = ${event}.run_id and blind_task.key = ${event}.event ->> 'key'
    and blind_task.blind and blind_task.status = 'open')`;
