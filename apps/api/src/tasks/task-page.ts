import { Inject, Injectable } from '@nestjs/common';
import type { PersonRef, ShownFact, Task } from '@plumbline/contracts';
import { requirementOf } from '@plumbline/frameworks';
import {
  compiledOf,
  factsAtTask,
  isVoteHidden,
  type ApprovalStep,
  type Facts,
  type FormStep,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Evidence } from '../evidence/index.ts';
import { Members } from '../members/index.ts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import {
  entriesOf,
  eventsOf,
  factInWords,
  factLabel,
  factRows,
  peopleIn,
  peopleInEvents,
  Runs,
  stagesOf,
  storyOf,
  type HeldRun,
  type Names,
  type StoredEvent,
} from '../runs/index.ts';
import { Drafts } from './drafts.ts';
import { pageOfFact } from './fact-pages.ts';
import { actingOn } from './find-task.ts';
import { decisionOf, type VoteRow } from './decision-part.ts';
import { rightsOf } from './rights.ts';
import { heldOf, reworkOf } from './task-story.ts';
import { visibleTo } from './task-access.ts';
import { taskColumns, toTaskRow, type TaskColumns } from './task-row.ts';

interface DelegationRow {
  from_person: string;
  from_name: string;
  to_person: string;
  to_name: string;
  reason: string;
  until_on: string | null;
}

/** Everything that a task page shows, on the facts of this moment. */
@Injectable()
export class TaskPage {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(Evidence) private readonly evidence: Evidence,
  ) {}

  /** One task; NotFound when the reader may not see it. */
  get(ctx: RequestContext, id: string): Promise<Task> {
    return this.database.transaction(ctx, (tx) => this.read(tx, ctx, id));
  }

  /** The same inside a transaction that has just changed it. */
  async read(tx: Tx, ctx: RequestContext, id: string): Promise<Task> {
    const row = await tx.one<TaskColumns>(sql`
      select ${taskColumns(ctx)}
      where t.organisation_id = ${ctx.organisationId} and t.id = ${id} and ${visibleTo(ctx)}`);
    const run = await this.runs.look(tx, ctx, row.run_id);
    const step = run.definition.steps.find((each) => each.id === row.step) as
      FormStep | ApprovalStep;
    const facts = factsAtTask(compiledOf(run.definition), run.state, row.key, run.surroundings);
    const all = await eventsOf(tx, ctx, row.run_id);
    // What others voted in a blind matter is nobody's to see before it is settled.
    const stored = all.filter(
      ({ event }) =>
        event.type !== 'decision-recorded' || !isVoteHidden(run.state.tasks, event, ctx.personId),
    );
    const delegation = await this.delegation(tx, ctx, id);
    const names = await this.members.peopleOf(tx, [
      ...peopleInEvents(stored.map(({ event }) => event)),
      ...peopleIn(run.definition, facts),
    ]);
    const votes = step.type === 'approval' ? await this.votes(tx, ctx, id) : [];
    const draft = await this.drafts.find(tx, ctx, id);
    return {
      ...toTaskRow(row),
      description: step.description ?? null,
      form: step.type === 'approval' ? null : { ...step.form },
      facts: run.definition.facts.map((fact) => ({ ...fact })),
      values: { ...run.surroundings.facts, ...facts },
      shows: shownFacts(ctx, run, step, { facts, names }),
      draft: draft && {
        answers: draft.answers,
        savedAt: draft.saved_at.toISOString(),
        version: draft.version,
      },
      ...rightsOf(actingOn(ctx, row), run, row, step, delegation),
      delegation,
      held: heldOf(stored, row),
      rework: reworkOf(stored, run.definition, row),
      level: row.level,
      decision: step.type === 'approval' ? decisionOf(ctx, run, row, step, { facts, votes }) : null,
      decisionId: row.status === 'open' ? null : (votes.at(-1)?.id ?? null),
      submission: submissionOf(stored, row.key, names),
      ...this.surroundingsOf(run, stored, names),
      requirements: (step.requirements ?? []).map((number) => ({
        id: number,
        title: requirementOf(number)?.title ?? '',
      })),
      evidence: (await this.evidence.ofRun(tx, ctx, row.run_id)).map(
        ({ id: item, reference, shows }) => ({ id: item, reference, shows }),
      ),
      evidenceAsked: [...(step.evidence ?? [])],
      people: await this.people(tx, ctx),
      runVersion: run.state.seq,
    };
  }

  private surroundingsOf(
    run: HeldRun,
    stored: readonly StoredEvent[],
    names: Names,
  ): Pick<Task, 'stages' | 'history'> {
    const events = stored.map(({ event }) => event);
    const story = storyOf(run.definition, run.state, events);
    return {
      stages: stagesOf(run.definition, story, run.state.status === 'running'),
      history: entriesOf(stored, run.definition, names)
        .map(({ at, text, detail, by, firm }) => {
          const who = by ? ` – ${by.name}${firm === null ? '' : ` (${firm})`}` : '';
          return { at, text: `${text}${who}`, detail };
        })
        .reverse(),
    };
  }

  private votes(tx: Tx, ctx: RequestContext, taskId: string): Promise<VoteRow[]> {
    return tx.query<VoteRow>(sql`
      select d.id, d.person_id, p.name, d.outcome, d.at
      from app.decision d join app.person p on p.id = d.person_id
      where d.organisation_id = ${ctx.organisationId} and d.task_id = ${taskId} order by d.at, d.id`);
  }

  private async delegation(tx: Tx, ctx: RequestContext, id: string): Promise<Task['delegation']> {
    const row = await tx.maybe<DelegationRow>(sql`
      select d.from_person, f.name as from_name, d.to_person, o.name as to_name, d.reason,
             d.until_on::text as until_on
      from app.task_delegation d
      join app.person f on f.id = d.from_person
      join app.person o on o.id = d.to_person
      where d.organisation_id = ${ctx.organisationId} and d.task_id = ${id} and d.over_at is null`);
    return (
      row && {
        from: { id: row.from_person, name: row.from_name },
        to: { id: row.to_person, name: row.to_name },
        reason: row.reason,
        until: row.until_on,
      }
    );
  }

  /** Everyone of the organisation, for questions that ask for a person and for handing over. */
  private people(tx: Tx, ctx: RequestContext): Promise<PersonRef[]> {
    return tx.query<PersonRef>(sql`
      select p.id, p.name from app.member m join app.person p on p.id = m.person_id
      where m.organisation_id = ${ctx.organisationId} and m.status = 'active'
      order by p.name, p.id`);
  }
}

function shownFacts(
  ctx: RequestContext,
  { id: runId, aiSystem, definition }: HeldRun,
  step: FormStep | ApprovalStep,
  { facts, names }: { readonly facts: Facts; readonly names: Names },
): ShownFact[] {
  const declared = new Map(definition.facts.map((fact) => [fact.name, fact]));
  const page = (name: string) => {
    const fact = declared.get(name);
    return fact ? pageOfFact(ctx, fact, { aiSystemId: aiSystem.id, runId }) : null;
  };
  const shows = step.type === 'approval' ? step.shows : (step.form.shows ?? []);
  return shows.map((name) => ({
    name,
    label: factLabel(definition, name),
    value: factInWords(definition, name, facts[name], names),
    rows: factRows(definition, name, facts[name], names),
    path: page(name),
  }));
}

function submissionOf(
  stored: readonly StoredEvent[],
  key: string,
  names: Names,
): Task['submission'] {
  const event = stored
    .map((each) => each.event)
    .find((each) => each.type === 'task-submitted' && each.key === key);
  if (event?.type !== 'task-submitted' || event.by.kind !== 'person') return null;
  const id = event.by.personId;
  return {
    answers: event.answers,
    by: { id, name: names.get(id)?.name ?? 'Someone who has left' },
    at: event.at,
  };
}
