import { Inject, Injectable } from '@nestjs/common';
import { localDate, type Command, type RunEvent, type RunState } from '@plumbline/workflow-engine';
import { AiSystems } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import type { Acting } from './acting.ts';
import { isDeploymentGate, withGovernance } from './governance.ts';
import { Lifecycle } from './lifecycle.ts';
import { RunStore, type HeldRun } from './run-store.ts';
import type { StartRequest } from './runs.ts';
import { Schedules } from './schedules.ts';
import { Signals, type SentSignal } from './signals.ts';

/** A run family that a start went into: the parent that waits for it. */
export interface Parent {
  readonly run: HeldRun;
  readonly child: string;
}

/** What consequences need of whoever moves runs. */
export interface Moving {
  startIn(tx: Tx, ctx: Acting, request: StartRequest, parent: Parent | null): Promise<unknown>;
  carryOut(tx: Tx, ctx: Acting, run: HeldRun, command: Command): Promise<unknown>;
  receiveIn(tx: Tx, ctx: Acting, run: HeldRun, signal: SentSignal): Promise<boolean>;
}

/** One event of a move, with the state that the move began with. */
interface Happened {
  readonly event: RunEvent;
  readonly before: RunState;
  readonly runs: Moving;
}

/** What follows from the events of a run: in its family, in other runs, on the register. */
@Injectable()
export class Consequences {
  constructor(
    @Inject(RunStore) private readonly store: RunStore,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Lifecycle) private readonly lifecycle: Lifecycle,
    @Inject(Schedules) private readonly schedules: Schedules,
    @Inject(Signals) private readonly signals: Signals,
  ) {}

  /** What one event sets off outside its run. It is the product that acts, not the person. */
  async follow(tx: Tx, ctx: Acting, run: HeldRun, happened: Happened): Promise<void> {
    const { event, before, runs } = happened;
    const product = { organisationId: ctx.organisationId, personId: null };
    switch (event.type) {
      case 'child-started': {
        if (!run.state.children.some(({ key }) => key === event.key)) return;
        const request: StartRequest = {
          workflow: event.calls,
          aiSystemId: run.aiSystem.id,
          cause: `child:${run.id}:${event.key}`,
          facts: event.facts,
        };
        await runs.startIn(tx, product, request, { run, child: event.key });
        return;
      }
      case 'child-cancelled': {
        const child = await this.store.childOf(tx, ctx, run.id, event.key);
        if (child?.state.status !== 'running') return;
        const reason = `${run.definition.name} no longer waits for it.`;
        await runs.carryOut(tx, product, child, { type: 'cancel', reason, by: { kind: 'system' } });
        return;
      }
      case 'run-cancelled':
        await this.tellParent(runs, tx, product, run);
        return;
      case 'run-suspended':
      case 'run-resumed': {
        // A sub-workflow cannot hand its result to a run that stands still.
        const type = event.type === 'run-suspended' ? 'suspend' : 'resume';
        const { reason } = event;
        for (const child of await this.store.childrenOf(tx, ctx, run.id)) {
          if ((child.state.suspended !== null) === (type === 'suspend')) continue;
          await runs.carryOut(tx, product, child, { type, reason, by: { kind: 'system' } });
        }
        if (before.suspended && type === 'resume') {
          const missed = await this.signals.missedSince(tx, ctx, run, before.suspended.since);
          await this.receiveAll(runs, tx, product, {
            runId: run.id,
            signals: missed,
            isInterested: () => true,
          });
        }
        return;
      }
      case 'signal-sent':
        await this.signals.send(tx, product, {
          name: event.signal,
          aiSystemId: event.to === 'ai-system' ? run.aiSystem.id : null,
          senderKey: `${run.id}:${event.key}`,
          facts: event.facts,
          runId: run.id,
        });
        return;
      case 'signal-awaited': {
        const waits = ({ state }: HeldRun) => state.awaiting.some(({ key }) => key === event.key);
        if (!waits(run)) return;
        const kept = await this.signals.keptFor(tx, ctx, run, event.step);
        await this.receiveAll(runs, tx, product, {
          runId: run.id,
          signals: kept,
          isInterested: waits,
        });
        return;
      }
      case 'task-opened':
        await this.showGate(tx, ctx, run, { step: event.task.step, gateState: 'deciding' });
        return;
      case 'task-closed': {
        const step = event.key.slice(0, event.key.lastIndexOf('#'));
        if (run.state.status === 'running') {
          await this.showGate(tx, ctx, run, { step, gateState: 'open' });
        }
        return;
      }
      case 'run-ended': {
        const today = localDate(run.now.toISOString(), run.organisation.time_zone);
        const writes = withGovernance(event.writes, today);
        await this.aiSystems.applyRunWrites(tx, ctx, run.aiSystem.id, writes);
        await this.goOn(runs, tx, product, run, event.outcome);
        if (run.parentId !== null) await this.endChild(runs, tx, product, run, event.outcome);
        return;
      }
      default:
        return;
    }
  }

  /** Hands signals to a run of this transaction, as long as it is interested. */
  private async receiveAll(
    runs: Moving,
    tx: Tx,
    ctx: Acting,
    {
      runId,
      signals,
      isInterested,
    }: {
      readonly runId: string;
      readonly signals: readonly SentSignal[];
      readonly isInterested: (run: HeldRun) => boolean;
    },
  ): Promise<void> {
    for (const signal of signals) {
      const run = await this.store.member(tx, ctx, runId);
      if (!isInterested(run)) return;
      if (await runs.receiveIn(tx, ctx, run, signal)) {
        await this.signals.noteReached(tx, ctx, signal.id, 1);
      }
    }
  }

  /** Tells the run that waits for a cancelled one, unless that one cancelled it itself. */
  private async tellParent(runs: Moving, tx: Tx, ctx: Acting, child: HeldRun): Promise<void> {
    if (child.parentId === null || child.parentChild === null) return;
    const parent = await this.store.member(tx, ctx, child.parentId);
    const { status, children } = parent.state;
    if (status !== 'running' || !children.some(({ key }) => key === child.parentChild)) return;
    await runs.carryOut(tx, ctx, parent, {
      type: 'child-cancelled',
      child: child.parentChild,
      by: { kind: 'system' },
    });
  }

  /** Hands the result of a sub-workflow to the run that waits for it. */
  private async endChild(
    runs: Moving,
    tx: Tx,
    ctx: Acting,
    child: HeldRun,
    outcome: string,
  ): Promise<void> {
    const parent = await this.store.member(tx, ctx, child.parentId!);
    await runs.carryOut(tx, ctx, parent, {
      type: 'end-child',
      child: child.parentChild!,
      outcome,
      facts: child.state.facts,
      by: { kind: 'system' },
    });
  }

  /** Starts what the lifecycle of the AI system says comes after this ending, and sets its times. */
  private async goOn(
    runs: Moving,
    tx: Tx,
    ctx: Acting,
    run: HeldRun,
    outcome: string,
  ): Promise<void> {
    await this.schedules.arm(tx, ctx, run.aiSystem.id);
    for (const next of await this.lifecycle.after(tx, ctx, run, outcome)) {
      await runs.startIn(tx, ctx, next, null);
    }
  }

  /** Shows on the register that the deployment gate waits for its decision, or no longer does. */
  private async showGate(
    tx: Tx,
    ctx: Acting,
    run: HeldRun,
    { step, gateState }: { step: string; gateState: 'deciding' | 'open' },
  ): Promise<void> {
    if (!isDeploymentGate(run.definition.key, step, run.state.facts)) return;
    await this.aiSystems.applyRunWrites(tx, ctx, run.aiSystem.id, { gateState });
  }
}
