import { Inject, Injectable } from '@nestjs/common';
import type { Home, TaskRow } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Requirements } from '../requirements/index.ts';
import { TaskList } from '../tasks/index.ts';

/** Things shown as next, dates shown as coming up, and days that they look ahead. */
const NEXT = 3;
const COMING = 8;
const AHEAD = 60;

interface Figures {
  total: number;
  live: number;
  incomplete: number;
  people: number;
  decisions: number;
  monitors: number;
  packs: number;
}

/** A client's first page: what to do next, where it stands, what is coming. */
@Injectable()
export class Homes {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Requirements) private readonly requirements: Requirements,
    @Inject(TaskList) private readonly tasks: TaskList,
  ) {}

  /** Who may not read the register gets their own tasks and nothing of anybody else's. */
  async read(ctx: RequestContext): Promise<Home> {
    const next = await this.next(ctx);
    if (!ctx.ability.can('read', 'AiSystem')) {
      const systems = { total: 0, live: 0, incomplete: 0 };
      return { next, readiness: [], comingUp: [], systems, start: [] };
    }
    return this.database.transaction(ctx, async (tx) => {
      const figures = await readFigures(tx, ctx.organisationId);
      return {
        next,
        readiness: await this.requirements.rowsIn(tx, ctx),
        comingUp: await readComingUp(tx, ctx),
        systems: { total: figures.total, live: figures.live, incomplete: figures.incomplete },
        start: firstSteps(ctx.organisationSlug, figures),
      };
    });
  }

  /** What waits for the reader comes first, then what the reader may see waiting for others. */
  private async next(ctx: RequestContext): Promise<Home['next']> {
    const now = await this.database.transaction(ctx, (tx) => tx.now());
    const mine = await this.tasks.list(ctx, { view: 'your-turn', limit: NEXT });
    const left = NEXT - mine.items.length;
    const others =
      left > 0 ? (await this.tasks.list(ctx, { view: 'waiting', limit: left })).items : [];
    return [...mine.items, ...others].map((task) => ({
      text: task.title,
      about: task.aiSystem.name,
      who: task.yourTurn ? null : whoOf(task),
      dueAt: task.dueAt,
      late: task.dueAt !== null && new Date(task.dueAt) < now,
      yourTurn: task.yourTurn,
      path: `/c/${ctx.organisationSlug}/tasks/${task.id}`,
    }));
  }
}

const whoOf = ({ assignee, roleLabel }: TaskRow): string => assignee?.name ?? roleLabel;

const readFigures = (tx: Tx, organisationId: string): Promise<Figures> =>
  tx.one<Figures>(sql`
    select count(*)::int as total, count(*) filter (where stage = 'live')::int as live,
           count(*) filter (where missing <> '{}' and stage not in ('retired', 'stopped'))::int
             as incomplete,
           (select count(*)::int from app.member
            where organisation_id = ${organisationId} and status = 'active') as people,
           (select count(*)::int from app.decision where organisation_id = ${organisationId})
             as decisions,
           (select count(*)::int from app.monitor where organisation_id = ${organisationId})
             as monitors,
           (select count(*)::int from app.export
            where organisation_id = ${organisationId} and state = 'done') as packs
    from app.ai_system where organisation_id = ${organisationId}`);

/** Dated things from today on: reviews, measurements, packs that go. */
async function readComingUp(tx: Tx, ctx: RequestContext): Promise<Home['comingUp']> {
  const { organisationId, organisationSlug } = ctx;
  const rows = await tx.query<{ on: string; text: string; section: string }>(sql`
    select "on"::text as on, text, section from (
      select next_review_on as "on", 'Review of ' || name as text, 'ai-systems/' || id as section
      from app.ai_system
      where organisation_id = ${organisationId} and stage not in ('retired', 'stopped')
        and next_review_on between current_date and current_date + ${AHEAD}::int
      union all
      select m.next_due_on, 'Measurement for ' || s.name, 'monitors'
      from app.monitor m
      join app.ai_system s on s.organisation_id = m.organisation_id and s.id = m.ai_system_id
      where m.organisation_id = ${organisationId}
        and m.next_due_on between current_date and current_date + ${AHEAD}::int
      union all
      select valid_to::date, 'Access of ' || f.name || ' ends', 'members'
      from app.engagement e join app.organisation f on f.id = e.firm_id
      where e.organisation_id = ${organisationId} and e.revoked_at is null
        and valid_to between now() and now() + make_interval(days => ${AHEAD}::int)
    ) dated order by 1, 2 limit ${COMING}`);
  return rows.map(({ on, text, section }) => ({
    on,
    text,
    path: `/c/${organisationSlug}/${section}`,
  }));
}

/** The first steps of a new organisation, each done as soon as its data says so. */
function firstSteps(slug: string, figures: Figures): Home['start'] {
  const steps: [string, string, boolean, string][] = [
    ['people', 'Invite the people who decide and do the work', figures.people >= 3, 'members'],
    ['systems', 'Add the AI systems that you use or build', figures.total > 0, 'ai-systems'],
    ['decision', 'Decide on the first of them', figures.decisions > 0, 'tasks'],
    ['monitor', 'Watch one of them in use', figures.monitors > 0, 'monitors'],
    ['pack', 'Make an evidence pack and check it', figures.packs > 0, 'exports'],
  ];
  return steps.map(([key, title, done, section]) => ({
    ...{ key, title, done },
    path: `/c/${slug}/${section}`,
  }));
}
