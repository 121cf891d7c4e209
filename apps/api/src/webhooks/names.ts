import sql from 'sql-template-tag';
import { referenceOf } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Happening } from './happenings.ts';

export interface NamedOrganisation {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly kind: 'firm' | 'client';
}

export interface NamedRun {
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly workflow: string;
  readonly version: number;
  readonly aiSystemId: string;
}

export interface NamedTask {
  readonly id: string;
  readonly runId: string;
  readonly key: string;
  readonly reference: string;
  readonly title: string;
  readonly type: 'form' | 'task' | 'approval';
  readonly role: string;
  readonly dueAt: string | null;
}

/** What the things of several happenings are called, by their ids. */
export interface Names {
  readonly organisation: NamedOrganisation;
  readonly runs: ReadonlyMap<string, NamedRun>;
  readonly tasks: ReadonlyMap<string, NamedTask>;
  /** Ids of tasks by run and key, as `taskPlace` says it. */
  readonly taskIds: ReadonlyMap<string, string>;
  readonly monitors: ReadonlyMap<
    string,
    { readonly metric: string; readonly segment: string; readonly aiSystemId: string }
  >;
  /** The AI system that a pack is about. */
  readonly packs: ReadonlyMap<string, string | null>;
  readonly workflows: ReadonlyMap<string, string>;
  readonly aiSystems: ReadonlyMap<string, { readonly reference: string; readonly name: string }>;
}

export const taskPlace = (runId: string, key: string): string => `${runId} ${key}`;

interface TaskRow extends Omit<NamedTask, 'runId' | 'dueAt'> {
  run_id: string;
  due_at: Date | null;
}

/** Looks up what these happenings are about; what is gone is missing. */
export async function namesOf(
  tx: Tx,
  organisationId: string,
  happenings: readonly Happening[],
): Promise<Names> {
  const organisation = await tx.one<NamedOrganisation>(
    sql`select id, slug, name, kind from app.organisation where id = ${organisationId}`,
  );
  const ids = idsIn(happenings);
  const here = sql`organisation_id = ${organisationId}`;
  const runs = await look<{ ai_system_id: string } & Omit<NamedRun, 'aiSystemId'>>(ids.runs, () =>
    tx.query(sql`
      select r.id, r.number, r.workflow_key as key, v.name as workflow, v.version, r.ai_system_id
      from app.run r
      join app.workflow_version v
        on v.organisation_id = r.organisation_id and v.id = r.workflow_version_id
      where r.${here} and r.id = any (${ids.runs}::uuid[])`),
  );
  const tasks = await look<TaskRow>(ids.taskKeys, () =>
    tx.query(sql`
      select t.id, t.run_id, t.key, t.reference, t.title, t.type, t.role, t.due_at from app.task t
      where t.${here} and (t.id = any (${ids.tasks}::uuid[])
        or (t.run_id = any (${ids.runs}::uuid[]) and t.key = any (${ids.taskKeys}::text[])))`),
  );
  const monitors = await look<{
    id: string;
    metric: string;
    segment: string;
    ai_system_id: string;
  }>(ids.monitors, () =>
    tx.query(sql`
        select id, metric, segment, ai_system_id from app.monitor
        where ${here} and id = any (${ids.monitors}::uuid[])`),
  );
  const packs = await look<{ id: string; ai_system_id: string | null }>(ids.packs, () =>
    tx.query(sql`
      select id, ai_system_id from app.export
      where ${here} and id = any (${ids.packs}::uuid[])`),
  );
  const workflows = await look<{ id: string; name: string }>(ids.versions, () =>
    tx.query(sql`
      select id, name from app.workflow_version
      where ${here} and id = any (${ids.versions}::uuid[])`),
  );
  const about = [...runs, ...monitors, ...packs].flatMap((row) => row.ai_system_id ?? []);
  const aiSystems = await look<{ id: string; number: number; name: string }>(about, () =>
    tx.query(sql`
      select id, number, name from app.ai_system
      where ${here} and id = any (${about}::uuid[])`),
  );
  const named = tasks.map(({ run_id, due_at, ...task }) => ({
    ...task,
    runId: run_id,
    dueAt: due_at?.toISOString() ?? null,
  }));
  return {
    organisation,
    runs: byId(runs, ({ ai_system_id, ...run }) => ({ ...run, aiSystemId: ai_system_id })),
    tasks: byId(named, (task) => task),
    taskIds: new Map(named.map(({ id, runId, key }) => [taskPlace(runId, key), id])),
    monitors: byId(monitors, ({ metric, segment, ai_system_id }) => ({
      ...{ metric, segment, aiSystemId: ai_system_id },
    })),
    packs: byId(packs, ({ ai_system_id }) => ai_system_id),
    workflows: byId(workflows, ({ name }) => name),
    aiSystems: byId(aiSystems, ({ number, name }) => ({ reference: referenceOf(number), name })),
  };
}

/** Asks only when there is something to ask about. */
const look = <R>(wanted: readonly string[], ask: () => Promise<R[]>): Promise<R[]> =>
  wanted.length === 0 ? Promise.resolve([]) : ask();

const byId = <R extends { id: string }, T>(rows: readonly R[], of: (row: R) => T): Map<string, T> =>
  new Map(rows.map((row) => [row.id, of(row)]));

function idsIn(happenings: readonly Happening[]) {
  const of = <T>(pick: (happening: Happening) => T | null): T[] => [
    ...new Set(happenings.map(pick).filter((one) => one !== null)),
  ];
  const tasks = of((it) => ('taskId' in it ? it.taskId : null));
  const keys = of((it) => ('taskKey' in it ? it.taskKey : null));
  return {
    runs: of((it) => ('runId' in it ? it.runId : null)),
    tasks,
    // Not empty when a task is named by its id alone, so that tasks are asked about.
    taskKeys: keys.length === 0 && tasks.length > 0 ? [''] : keys,
    monitors: of((it) => ('monitorId' in it ? it.monitorId : null)),
    packs: of((it) => ('packId' in it ? it.packId : null)),
    versions: of((it) => ('versionId' in it ? it.versionId : null)),
  };
}
