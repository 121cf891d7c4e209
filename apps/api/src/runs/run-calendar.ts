import { Inject, Injectable } from '@nestjs/common';
import { followCalendar, type CalendarFollowed } from '@plumbline/workflow-engine';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { eventsOf } from './run-history.ts';
import { RunStore, type HeldRun } from './run-store.ts';
import { Runs } from './runs.ts';
import type { WorkingHours } from './surroundings.ts';

/** What a preview reckons by in place of what the organisation says now. */
export type OtherCalendar = Partial<WorkingHours & { readonly headcount: number | null }>;

/** Lets the deadlines of a run follow the working calendar of its organisation. */
@Injectable()
export class RunCalendar {
  constructor(
    @Inject(Runs) private readonly runs: Runs,
    @Inject(RunStore) private readonly store: RunStore,
  ) {}

  /** What would become of a run's deadlines by another calendar, without doing it. */
  async preview(
    tx: Tx,
    ctx: Acting,
    runId: string,
    other: OtherCalendar,
  ): Promise<CalendarFollowed> {
    const run = await this.store.read(tx, ctx, runId);
    const organisation = { ...run.organisation, ...other };
    return (await this.judge(tx, ctx, { ...run, organisation })).followed;
  }

  /** Does it by the calendar of this moment, under the family's lock. */
  async follow(tx: Tx, ctx: Acting, runId: string): Promise<CalendarFollowed> {
    const run = await this.store.hold(tx, ctx, runId);
    const { followed, surroundings } = await this.judge(tx, ctx, run);
    if (followed.events.length > 0) {
      await this.runs.settle(tx, ctx, run, followed, { surroundings, action: 'run.rescheduled' });
    }
    return followed;
  }

  private async judge(tx: Tx, ctx: Acting, run: HeldRun) {
    const surroundings = await this.runs.surroundings(tx, ctx, run);
    const history = (await eventsOf(tx, ctx, run.id)).map(({ event }) => event);
    return {
      surroundings,
      followed: followCalendar(run.definition, run.state, history, surroundings),
    };
  }
}
