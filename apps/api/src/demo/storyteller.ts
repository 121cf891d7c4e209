import { Inject, Injectable } from '@nestjs/common';
import sql from 'sql-template-tag';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { systemScope, type RequestContext } from '../platform/request-context.ts';
import { Proposals } from '../runs/index.ts';
import { Desk, type StoryTask } from './desk.ts';
import { DemoPeople, type Cast } from './demo-people.ts';
import { Measuring } from './measuring.ts';
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
    @Inject(Measuring) private readonly measuring: Measuring,
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
    await this.measuring.measure(story, cast, aiSystemId);
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
      ({ workflow, step }) => !FOLLOW_UPS.has(workflow) && !stopsAt.includes(`${workflow}/${step}`),
    );
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
