import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { Measurements } from '../monitors/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { systemScope, type RequestContext } from '../platform/request-context.ts';
import { Proposals } from '../runs/index.ts';
import { Desk, type StoryTask } from './desk.ts';
import { DemoPeople, type Cast } from './demo-people.ts';
import type { Story } from './story.ts';

interface OpenTask extends StoryTask {
  readonly workflow: string;
  readonly role: string;
  readonly also: string | null;
  readonly assignee: string | null;
  readonly voters: string[];
}

/** Follow-ups with a deadline of their own: in the demo they wait for people. */
const FOLLOW_UPS = new Set(['WF-TREATMENT']);
/** More tasks than any life has up to its review: a story that goes round in circles ends here. */
const MOST_TASKS = 100;

/** Tells a story: proposes the AI system and does its tasks until somebody is waited for. */
@Injectable()
export class Storyteller {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(DemoPeople) private readonly people: DemoPeople,
    @Inject(Proposals) private readonly proposals: Proposals,
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Measurements) private readonly measurements: Measurements,
  ) {}

  async tell(story: Story): Promise<void> {
    const cast = await this.people.castOf(story.client);
    const [proposer] = cast.withRole(story.proposer);
    if (!proposer) throw new Error(`Nobody at ${story.client} can propose ${story.name}.`);
    const { name, kind } = story;
    const { aiSystemId } = await this.proposals.propose(proposer, { name, kind });
    for (let done = 0; ; done += 1) {
      if (done > MOST_TASKS) throw new Error(`${name} goes round in circles.`);
      const task = await this.nextTask(proposer.organisationId, aiSystemId, story);
      if (!task) break;
      await this.desk.finish(personFor(task, cast), task, story, cast);
    }
    await this.measure(story, cast, aiSystemId);
  }

  private async nextTask(
    organisationId: string,
    aiSystemId: string,
    { stopsAt }: Story,
  ): Promise<OpenTask | undefined> {
    const open = await this.database.transaction(systemScope(organisationId), (tx) =>
      tx.query<OpenTask>(sql`
        select t.id, t.step, t.type, t.role, t.also, t.assignee, t.voters, r.workflow_key as workflow
        from app.task t join app.run r on r.organisation_id = t.organisation_id and r.id = t.run_id
        where t.organisation_id = ${organisationId} and t.ai_system_id = ${aiSystemId}
          and t.status = 'open'
        order by t.opened_at, t.id`),
    );
    return open.find(
      ({ workflow, step }) =>
        !FOLLOW_UPS.has(workflow) && !stopsAt.includes(`${workflow}/${step}`),
    );
  }

  /** Values of the past months, one for each, the last for the month before this one. */
  private async measure({ measured = {} }: Story, cast: Cast, aiSystemId: string): Promise<void> {
    const [lead] = cast.withRole('client.technical_lead');
    if (!lead) return;
    for (const [metric, values] of Object.entries(measured)) {
      const monitor = await this.database.transaction(lead, (tx) =>
        tx.one<{ id: string; today: string }>(sql`
          select id, current_date::text as today from app.monitor
          where organisation_id = ${lead.organisationId} and ai_system_id = ${aiSystemId}
            and metric = ${metric}`),
      );
      for (const [index, { value, sample }] of values.entries()) {
        const window = monthBefore(monitor.today, values.length - index);
        await this.measurements.record(lead, monitor.id, { ...window, value, sample, note: '' });
      }
    }
  }
}

/** Whoever the task waits for and has not acted on it yet. */
function personFor(task: OpenTask, cast: Cast): RequestContext {
  const candidates = [task.role, ...(task.also ? [task.also] : [])].flatMap((role) =>
    cast.withRole(role),
  );
  const person =
    cast.contexts.find(({ personId }) => personId === task.assignee) ??
    candidates.find(({ personId }) => !task.voters.includes(personId));
  if (!person) throw new Error(`The demo has nobody for ${task.workflow}/${task.step}.`);
  return person;
}

/** First and last day of the month that lies `count` months before the one of `today`. */
function monthBefore(today: string, count: number): { windowFrom: string; windowTo: string } {
  const [year, month] = today.split('-').map(Number) as [number, number];
  const first = new Date(Date.UTC(year, month - 1 - count, 1));
  const last = new Date(Date.UTC(year, month - count, 0));
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  return { windowFrom: day(first), windowTo: day(last) };
}
