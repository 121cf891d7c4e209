import sql, { empty, type Sql } from 'sql-template-tag';
import { referenceOf as systemReference } from '../ai-systems/index.ts';
import { isSealedEvent, isSealedVote } from '../decisions/index.ts';
import { referenceOf as evidenceReference } from '../evidence/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type {
  PackDecision,
  PackEvidence,
  PackMonitor,
  PackRun,
  PackSubject,
  PackSystem,
  PackWorkflow,
} from './pack-source.ts';

/** Rows read at once; the next page begins after the last id. */
const PAGE = 200;

/** Which part of an organisation a pack is about. */
export interface PackScope {
  readonly organisationId: string;
  /** Null: all of it. */
  readonly aiSystemId: string | null;
}

type Named<T> = Omit<T, 'aiSystem'> & { aiSystem: { id: string; number: number; name: string } };

/**
 * The rows of other capabilities that a pack needs, read in bulk as of one moment: read-only and in
 * this one place, because their doors answer pages for people.
 */
export class PackReader {
  constructor(
    private readonly tx: Tx,
    private readonly scope: PackScope,
  ) {}

  /** How many items there will be, for the progress. */
  async count(): Promise<number> {
    const { total } = await this.tx.one<{ total: string }>(sql`
      select (select count(*) from app.ai_system x where ${this.within(sql`x.id`)})
           + (select count(*) from app.run x where ${this.within()})
           + (select count(*) from app.decision x
               where ${this.within()} and not ${isSealedVote(sql`x`)})
           + (select count(*) from app.monitor x where ${this.within()})
           + (select count(*) from app.evidence_item x where ${this.within()})
           + (select count(distinct workflow_version_id) from app.run x where ${this.within()})
             as total`);
    return Number(total);
  }

  /** How to name the one AI system that the pack is about. */
  async subject(): Promise<PackSubject> {
    return subjectOf(
      await this.tx.one<{ id: string; number: number; name: string }>(sql`
        select x.id, x.number, x.name from app.ai_system x where ${this.within(sql`x.id`)}`),
    );
  }

  async *systems(): AsyncIterable<PackSystem> {
    const rows = this.pages<Omit<PackSystem, 'reference'> & { number: number }>(sql`
      select x.id, x.number, x.name, x.stage, x.tier, x.path, x.gate_state as "gateState",
             x.residual_level as "residualLevel", x.next_review_on::text as "nextReviewOn",
             x.purpose, x.kind, x.supplier, owner.name as owner, overseer.name as overseer,
             array(select p.name from app.person p where p.id = any (x.builders) order by p.name)
               as builders,
             x.fields, x.facts, x.missing, ${iso(sql`x.created_at`)} as "createdAt",
             ${iso(sql`x.updated_at`)} as "updatedAt", x.version
      from app.ai_system x
      left join app.person owner on owner.id = x.owner_id
      left join app.person overseer on overseer.id = x.overseer_id
      where ${this.within(sql`x.id`)}`);
    for await (const { number, ...row } of rows)
      yield { ...row, reference: systemReference(number) };
  }

  async *runs(): AsyncIterable<PackRun> {
    const rows = this.pages<Named<Omit<PackRun, 'events'>>>(sql`
      select x.id, ${SUBJECT}, x.number, ${WORKFLOW}, x.status, x.outcome,
             starter.name as "startedBy", ${iso(sql`x.started_at`)} as "startedAt",
             ${iso(sql`x.ended_at`)} as "endedAt"
      from app.run x
      ${OF_SYSTEM}
      ${OF_WORKFLOW}
      left join app.person starter on starter.id = x.started_by
      where ${this.within()}`);
    for await (const row of rows) yield { ...named(row), events: await this.eventsOf(row.id) };
  }

  private eventsOf(runId: string): Promise<PackRun['events'][number][]> {
    return this.tx.prepared(
      'pack-run-events',
      sql`select e.seq, ${iso(sql`e.at`)} as at, e.type, e.step, p.name as by, e.firm,
                 case when e.type = 'decision-recorded' and ${isSealedEvent(sql`e`)}
                   then e.event - '{outcome,reason,conditions}'::text[] else e.event end as event
          from app.run_event e left join app.person p on p.id = e.person_id
          where e.organisation_id = ${this.scope.organisationId}::uuid and e.run_id = ${runId}::uuid
          order by e.seq`,
    );
  }

  async *decisions(): AsyncIterable<PackDecision> {
    const rows = this.pages<Named<PackDecision>>(sql`
      select x.id, x.reference, ${SUBJECT}, x.run_id as "runId", ${WORKFLOW}, x.question, x.outcome,
             x.effect, x.reason,
             (select coalesce(json_agg(json_build_object('text', c.text, 'due', c.due,
                        'owner', coalesce(p.name, 'Someone who has left')) order by c.due, c.text), '[]')
              from jsonb_to_recordset(x.conditions) as c (text text, owner uuid, due text)
              left join app.person p on p.id = c.owner) as conditions,
             decider.name as by, x.role, ${iso(sql`x.at`)} as at, x.capsule,
             x.capsule_hash as "capsuleHash", x.record_event_id as "recordEventId"
      from app.decision x
      ${OF_SYSTEM}
      ${OF_WORKFLOW}
      join app.person decider on decider.id = x.person_id
      where ${this.within()} and not ${isSealedVote(sql`x`)}`);
    for await (const row of rows) yield named(row);
  }

  async *monitors(): AsyncIterable<PackMonitor> {
    const rows = this.pages<Named<PackMonitor>>(sql`
      select x.id, ${SUBJECT}, x.metric, x.direction, x.warning, x.breach, x.every,
             owner.name as owner, x.state,
             (select coalesce(json_agg(json_build_object('windowFrom', m.window_from,
                        'windowTo', m.window_to, 'value', m.value, 'sample', m.sample,
                        'state', m.state, 'note', m.note, 'by', p.name, 'at', ${iso(sql`m.at`)})
                      order by m.window_to, m.id), '[]')
              from app.measurement m left join app.person p on p.id = m.person_id
              where m.organisation_id = x.organisation_id and m.monitor_id = x.id) as measurements
      from app.monitor x
      ${OF_SYSTEM}
      left join app.person owner on owner.id = x.owner_id
      where ${this.within()}`);
    for await (const row of rows) yield named(row);
  }

  async *evidence(): AsyncIterable<PackEvidence> {
    type Row = Omit<PackEvidence, 'reference' | 'aiSystem'> & {
      number: number;
      aiSystem: { id: string; number: number; name: string } | null;
    };
    const rows = this.pages<Row>(sql`
      select x.id, x.number, x.shows, x.requirements, x.run_id as "runId",
             x.period_from::text as "periodFrom", x.period_to::text as "periodTo",
             case when s.id is not null
               then json_build_object('id', s.id, 'number', s.number, 'name', s.name) end
               as "aiSystem",
             (select json_agg(json_build_object('version', v.version, 'fileName', v.file_name,
                        'mediaType', v.media_type, 'size', v.size, 'sha256', v.sha256,
                        'link', v.link, 'addedBy', p.name, 'addedAt', ${iso(sql`v.added_at`)})
                      order by v.version desc)
              from app.evidence_version v join app.person p on p.id = v.added_by
              where v.organisation_id = x.organisation_id and v.item_id = x.id) as versions
      from app.evidence_item x
      left join app.ai_system s on s.organisation_id = x.organisation_id and s.id = x.ai_system_id
      where ${this.within()}`);
    for await (const { number, aiSystem, ...row } of rows)
      yield {
        ...row,
        reference: evidenceReference(number),
        aiSystem: aiSystem && subjectOf(aiSystem),
      };
  }

  async *workflows(): AsyncIterable<PackWorkflow> {
    yield* this.pages<PackWorkflow & { id: string }>(sql`
      select x.id, x.key, x.name, x.version, x.hash, x.definition
      from app.workflow_version x
      where x.organisation_id = ${this.scope.organisationId} and exists (
        select 1 from app.run r
        where r.organisation_id = x.organisation_id and r.workflow_version_id = x.id
          ${this.scope.aiSystemId === null ? empty : sql`and r.ai_system_id = ${this.scope.aiSystemId}`})`);
  }

  /** Every row of a query over `x`, page by page, so that memory stays small. */
  private async *pages<R extends { id: string }>(query: Sql): AsyncIterable<R> {
    let after: Sql = empty;
    for (;;) {
      const rows: R[] = await this.tx.query<R>(sql`${query} ${after} order by x.id limit ${PAGE}`);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = sql`and x.id > ${last.id}`;
    }
  }

  /** Whether row `x` belongs to the pack; `system` is the column that names its AI system. */
  private within(system: Sql = sql`x.ai_system_id`): Sql {
    const { organisationId, aiSystemId } = this.scope;
    return sql`x.organisation_id = ${organisationId}
      ${aiSystemId === null ? empty : sql`and ${system} = ${aiSystemId}`}`;
  }
}

const SUBJECT = sql`json_build_object('id', s.id, 'number', s.number, 'name', s.name) as "aiSystem"`;
const OF_SYSTEM = sql`
  join app.ai_system s on s.organisation_id = x.organisation_id and s.id = x.ai_system_id`;
const WORKFLOW = sql`json_build_object('key', w.key, 'name', w.name, 'version', w.version,
  'hash', w.hash) as workflow`;
const OF_WORKFLOW = sql`
  join app.workflow_version w on w.organisation_id = x.organisation_id
    and w.id = x.workflow_version_id`;

/** A moment as RFC 3339 in UTC. */
function iso(column: Sql): Sql {
  return sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

const subjectOf = ({
  id,
  number,
  name,
}: {
  id: string;
  number: number;
  name: string;
}): PackSubject => ({
  id,
  reference: systemReference(number),
  name,
});

const named = <T extends { aiSystem: { id: string; number: number; name: string } }>(row: T) => ({
  ...row,
  aiSystem: subjectOf(row.aiSystem),
});
