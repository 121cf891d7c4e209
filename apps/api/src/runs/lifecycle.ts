import { Inject, Injectable } from '@nestjs/common';
import {
  aiSystemLifecycle,
  daysOfCadence,
  definitionOf,
  nextRuns,
  runsOn,
  startable,
  type NextRun,
} from '@plumbline/frameworks';
import { localDate, type Facts } from '@plumbline/workflow-engine';
import { AiSystems } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Conflict } from '../platform/problems.ts';
import type { Acting } from './acting.ts';
import type { HeldRun } from './run-store.ts';
import type { StartRequest } from './runs.ts';
import { daysAfter } from './days.ts';

type Happening = Parameters<typeof runsOn>[1];
type Moment = Pick<HeldRun, 'now' | 'organisation'>;

/** Stages after which nothing is done about an AI system any more. */
const OVER: ReadonlySet<string> = new Set(['retired', 'stopped']);

/** The one chain of workflows through the life of an AI system: which run starts when. */
@Injectable()
export class Lifecycle {
  constructor(@Inject(AiSystems) private readonly aiSystems: AiSystems) {}

  /** What starts now that this run has ended, on the facts that it has just written. */
  async after(tx: Tx, ctx: Acting, run: HeldRun, outcome: string): Promise<StartRequest[]> {
    const facts = await this.factsOf(tx, ctx, run.aiSystem.id);
    const ended = { workflow: run.definition.key, outcome, called: run.parentId !== null };
    const next = nextRuns(aiSystemLifecycle, ended, facts);
    return requests(next, { aiSystemId: run.aiSystem.id, cause: `after:${run.id}`, facts }, run);
  }

  /** What starts because a time has come, a field was changed or a limit was crossed. */
  async on(
    tx: Tx,
    ctx: Acting,
    { aiSystemId, cause, ...moment }: Moment & { aiSystemId: string; cause: string },
    happened: Happening,
  ): Promise<StartRequest[]> {
    const facts = await this.factsOf(tx, ctx, aiSystemId);
    const next = runsOn(aiSystemLifecycle, happened, facts);
    return requests(next, { aiSystemId, cause, facts }, moment);
  }

  /** Refuses a start by hand that does not fit where the AI system is in its life. */
  async requireStart(tx: Tx, ctx: Acting, workflow: string, aiSystemId: string): Promise<void> {
    const facts = await this.factsOf(tx, ctx, aiSystemId);
    const allowed = startable(aiSystemLifecycle, facts);
    const stage = typeof facts['stage'] === 'string' ? facts['stage'] : 'unknown';
    if (allowed.includes(workflow)) return;
    // The lifecycle does not know an organisation's own workflows: they stand beside it.
    if (!definitionOf(workflow) && !OVER.has(stage)) return;
    throw new Conflict(
      'not-at-this-stage',
      `This cannot be started while the AI system is at the stage “${stage.replaceAll('-', ' ')}”. ${
        allowed.length > 0
          ? `What can be started: ${allowed.join(', ')}.`
          : 'Open its runs instead.'
      }`,
      { allowed },
    );
  }

  private async factsOf(tx: Tx, ctx: Acting, aiSystemId: string): Promise<Facts> {
    return (await this.aiSystems.factsOf(tx, ctx, aiSystemId)) as Facts;
  }
}

function requests(
  next: readonly NextRun[],
  from: { readonly aiSystemId: string; readonly cause: string; readonly facts: Facts },
  moment: Moment,
): StartRequest[] {
  return next.map(({ workflow, rule, facts }, at) => ({
    workflow,
    aiSystemId: from.aiSystemId,
    cause: `${from.cause}:${rule}:${at}`,
    facts: { ...windowOf(from.facts, moment), ...facts },
    // Actions of one plan run side by side; of everything else there is one at a time.
    alongside: aiSystemLifecycle.rules.some(({ id, forEach }) => id === rule && forEach),
  }));
}

/** The measurement window that ends today: as long as the cadence of the system's plan. */
function windowOf(facts: Facts, { now, organisation }: Moment): Facts {
  const cadence = facts['monitorCadence'];
  const days = isCadence(cadence) ? daysOfCadence[cadence] : daysOfCadence.yearly;
  const windowTo = localDate(now.toISOString(), organisation.time_zone);
  return { windowFrom: daysAfter(windowTo, 1 - days), windowTo };
}

/** Whether a fact names a cadence of the library. */
export const isCadence = (value: unknown): value is keyof typeof daysOfCadence =>
  typeof value === 'string' && Object.hasOwn(daysOfCadence, value);
