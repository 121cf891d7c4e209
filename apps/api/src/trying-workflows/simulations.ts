import { Inject, Injectable } from '@nestjs/common';
import type { SimulateWorkflow, Simulation, SimulationsAnswer } from '@plumbline/contracts';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { Outbox } from '../platform/outbox/outbox.ts';
import { Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { calendarOf, settingsOf } from '../runs/index.ts';
import { DefinitionSource, hashOf, Workflows } from '../workflows/index.ts';
import { Cases } from './cases.ts';
import { SIMULATION_ROW, toSimulation, type SimulationRow } from './simulation-row.ts';
import { isQuick, tryOut, type Asked } from './try-out.ts';

/** Topic of the work that plays what takes longer than a request should. */
export const SIMULATION_WORK = 'workflow-simulation';

/** Simulations that are listed. */
const LISTED = 20;

/** Workflows tried out: with cases, or by a forecast. Results are kept with the content that was tried. */
@Injectable()
export class Simulations {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(DefinitionSource) private readonly source: DefinitionSource,
    @Inject(Cases) private readonly cases: Cases,
    @Inject(Outbox) private readonly outbox: Outbox,
  ) {}

  /** Plays it at once when it is quick; else the worker does, and its page says when it is done. */
  run(ctx: RequestContext, key: string, input: SimulateWorkflow): Promise<Simulation> {
    return this.database.transaction(ctx, async (tx) => {
      const definition = await this.source.of(tx, ctx, key, input.of);
      const asked = await this.askedOf(tx, ctx, key, input.try);
      const id = newId();
      const kind = 'forecast' in asked ? 'forecast' : 'cases';
      await tx.execute(sql`
        insert into app.workflow_simulation
          (organisation_id, id, key, hash, kind, asked, definition, created_by)
        values (${ctx.organisationId}, ${id}, ${key}, ${hashOf(definition)}, ${kind},
                ${JSON.stringify(asked)}::jsonb, ${JSON.stringify(definition)}::jsonb,
                ${ctx.personId})`);
      await recordEvent(tx, ctx, {
        action: 'workflow-simulation.started',
        entity: 'workflow-simulation',
        entityId: id,
        payload: { key, hash: hashOf(definition), kind },
      });
      if (isQuick(definition, asked)) {
        const library = await this.workflows.library(tx, ctx);
        await finish(
          tx,
          ctx.organisationId,
          id,
          refusing(() => tryOut(definition, asked, library)),
        );
      } else {
        const { organisationId } = ctx;
        await this.outbox.add(tx, {
          ...{ organisationId, topic: SIMULATION_WORK, key: id, payload: { simulationId: id } },
        });
      }
      return this.find(tx, ctx, key, id);
    });
  }

  /** The newest simulations of a workflow. */
  list(ctx: RequestContext, key: string): Promise<SimulationsAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      await this.source.requireKnown(tx, ctx, key);
      const rows = await tx.query<SimulationRow>(sql`
        select ${SIMULATION_ROW} where s.organisation_id = ${ctx.organisationId}
          and s.key = ${key} order by s.id desc limit ${LISTED}`);
      return { simulations: rows.map(toSimulation) };
    });
  }

  get(ctx: RequestContext, key: string, id: string): Promise<Simulation> {
    return this.database.transaction(ctx, (tx) => this.find(tx, ctx, key, id));
  }

  private async askedOf(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    what: SimulateWorkflow['try'],
  ): Promise<Asked> {
    if ('cases' in what) {
      const cases = await this.cases.chosen(tx, ctx, key, what.cases);
      if (cases.length > 0) return { cases };
      throw new Refused('no-cases', 'This workflow has no cases yet. Save one first.');
    }
    const { now, organisation } = await settingsOf(tx, ctx);
    const start = what.forecast.start ?? now.toISOString();
    return { forecast: { ...what.forecast, start, calendar: calendarOf(organisation) } };
  }

  private async find(tx: Tx, ctx: RequestContext, key: string, id: string): Promise<Simulation> {
    const row = await tx.one<SimulationRow>(sql`
      select ${SIMULATION_ROW}
      where s.organisation_id = ${ctx.organisationId} and s.key = ${key} and s.id = ${id}`);
    return toSimulation(row);
  }
}

/** Notes the result of a simulation that has none yet. */
export async function finish(
  tx: Tx,
  organisationId: string,
  id: string,
  result: object,
): Promise<void> {
  await tx.execute(sql`
    update app.workflow_simulation
    set state = 'done', result = ${JSON.stringify(result)}::jsonb, definition = null,
        finished_at = now()
    where organisation_id = ${organisationId} and id = ${id}
      and state in ('waiting', 'running')`);
}

/** What makes no sense to the engine is a refusal with its words. */
function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    // The engine says by this error alone what is wrong with its input.
    if (!(error instanceof RangeError)) throw error;
    throw new Refused('cannot-simulate', error.message);
  }
}
