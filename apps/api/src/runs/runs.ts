import { Inject, Injectable } from '@nestjs/common';
import {
  compiledOf,
  factsAtHand,
  migrate,
  move,
  needsCandidates,
  type Actor,
  type Command,
  type Facts,
  type Migration,
  type MigrationRefusal,
  type Move,
  type Refusal,
  type RunEvent,
  type RunState,
  type Surroundings,
  withoutSealedVotes,
} from '@plumbline/workflow-engine';
import { boughtKinds, startFacts } from '@plumbline/frameworks';
import { AiSystems } from '../ai-systems/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { recordEvents } from '../platform/record/record-writer.ts';
import { Workflows, type PublishedVersion } from '../workflows/index.ts';
import { actorOf, type Acting } from './acting.ts';
import { candidatesIn } from './candidates.ts';
import { Consequences, type Moving, type Parent } from './consequences.ts';
import type { OpenedTask } from './task-rows.ts';
import { problemOf } from './refusal.ts';
import { RunStore, type HeldRun, type NewRun } from './run-store.ts';
import type { SentSignal } from './signals.ts';
import { surroundingsOf } from './surroundings.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What can be asked of a run that has started; who asks is taken from the context. */
export type RunCommand = Without<Exclude<Command, { readonly type: 'start' }>, 'by'>;

/** A run to be started about an AI system. */
export interface StartRequest {
  /** Key of the workflow; its newest version counts. */
  readonly workflow: string;
  readonly aiSystemId: string;
  /** What makes it start; a second start with the same cause changes nothing. */
  readonly cause: string;
  readonly facts?: Facts;
  /** Several may run about one AI system side by side; otherwise there is one at a time. */
  readonly alongside?: boolean;
  /** Nobody is told of its first tasks one by one: one message tells of many such runs. */
  readonly quiet?: boolean;
}

/** How a run is to go on by another version; see `migrate` of the engine. */
export interface MigrateRun {
  readonly mapping?: Readonly<Record<string, string>>;
  readonly facts?: Facts;
  readonly reason: string;
  readonly trial?: boolean;
}

/** What a command did to its run. */
export interface Done {
  /** After the command. */
  readonly run: HeldRun;
  /** The state that the command was judged on, and the facts of that moment. */
  readonly before: RunState;
  readonly facts: Facts;
  readonly events: readonly RunEvent[];
  readonly opened: readonly OpenedTask[];
  /** Id of the entry of the record; null when nothing changed. */
  readonly recordEventId: string | null;
}

/** A run as it is now, with what its rules look at. */
export type LookedAt = HeldRun & { readonly surroundings: Surroundings };

/** What a move was judged on, what the record calls it, and whether nobody is told of its tasks. */
export interface Settling {
  readonly surroundings: Surroundings;
  readonly action: string;
  readonly quiet?: boolean;
}

/**
 * Moves runs. Every command is one pass: family lock, facts of this moment, the engine's pure move,
 * one writing statement, the record; what follows from it (sub-workflows, the end, what the
 * lifecycle starts next) happens in the same transaction. A refusal throws and changes nothing.
 */
@Injectable()
export class Runs implements Moving {
  constructor(
    @Inject(RunStore) private readonly store: RunStore,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Consequences) private readonly consequences: Consequences,
  ) {}

  /** Starts a run; null when this cause has started one already, or the workflow runs here now. */
  async start(tx: Tx, ctx: Acting, request: StartRequest): Promise<Done | null> {
    return this.startIn(tx, ctx, request, null);
  }

  /** Carries out a command. `preparesFor` is the role whose work an adviser does here. */
  async command(
    tx: Tx,
    ctx: Acting,
    runId: string,
    command: RunCommand,
    preparesFor: string | null = null,
  ): Promise<Done> {
    const run = await this.store.hold(tx, ctx, runId);
    return this.carryOut(tx, ctx, run, { ...command, by: actorOf(ctx, preparesFor) });
  }

  /**
   * What the product would do with a command, without doing it; the run is held from now on. For
   * asking whether something can be done at all, whoever does it.
   */
  async trial(
    tx: Tx,
    ctx: Acting,
    runId: string,
    command: RunCommand,
  ): Promise<{ readonly run: HeldRun; readonly moved: Move | Refusal }> {
    const run = await this.store.hold(tx, ctx, runId);
    const surroundings = await this.surroundings(tx, ctx, run);
    const by: Actor = { kind: 'system' };
    return { run, moved: move(run.definition, run.state, { ...command, by }, surroundings) };
  }

  /**
   * Lets a run go on by another version of its workflow, or says why not. A `trial` changes nothing:
   * for a preview. NotFound for an unknown run.
   */
  async migrate(
    tx: Tx,
    ctx: Acting,
    runId: string,
    target: PublishedVersion,
    request: MigrateRun,
  ): Promise<Migration | MigrationRefusal> {
    const run = await this.store.hold(tx, ctx, runId);
    const { definition, id, hash, version } = target;
    const surroundings = await this.surroundings(tx, ctx, { ...run, definition });
    const { mapping = {}, facts = {}, reason, trial = false } = request;
    const versions = { before: run.definition, after: definition };
    const asked = { from: run.version.hash, to: hash, mapping, facts, reason, by: actorOf(ctx) };
    const migrated = migrate(versions, run.state, asked, surroundings);
    if (trial || migrated.refused) return migrated;
    const under = { ...run, definition, version: { id, hash, number: version } };
    await this.settle(tx, ctx, under, migrated, { surroundings, action: 'run.migrated' });
    return migrated;
  }

  /** A run with its surroundings, without a lock: for looking. */
  async look(tx: Tx, ctx: Acting, runId: string): Promise<LookedAt> {
    const run = await this.store.read(tx, ctx, runId);
    return { ...run, surroundings: await this.surroundings(tx, ctx, run) };
  }

  /** Whether a run waits for this timer, with the run held so that the answer stays true. */
  async waitsFor(tx: Tx, ctx: Acting, runId: string, timer: string): Promise<boolean> {
    const { state } = await this.store.hold(tx, ctx, runId);
    return state.status === 'running' && state.timers.some(({ key }) => key === timer);
  }

  /**
   * Hands a signal to a run; false when the run has had it, has ended, waits for none of this name,
   * or is suspended: then it takes the signal when it goes on.
   */
  async receive(tx: Tx, ctx: Acting, runId: string, signal: SentSignal): Promise<boolean> {
    return this.receiveIn(tx, ctx, await this.store.hold(tx, ctx, runId), signal);
  }

  /** Hands a signal to a run that this transaction holds already. */
  async receiveIn(
    tx: Tx,
    ctx: Acting,
    run: HeldRun,
    { id, name, facts }: SentSignal,
  ): Promise<boolean> {
    const { status, suspended, received } = run.state;
    if (status !== 'running' || suspended || received.includes(id)) return false;
    const surroundings = await this.surroundings(tx, ctx, run);
    const command: Command = { type: 'receive-signal', signal: name, id, facts, by: actorOf(ctx) };
    const moved = move(run.definition, run.state, command, surroundings);
    if (moved.refused) {
      if (moved.code === 'signal-not-awaited') return false;
      // Sent again it would fail again: somebody must look at what this run does with it.
      if (moved.code === 'invalid-facts' || moved.code === 'cannot-continue') {
        await this.store.noteTrouble(
          tx,
          ctx,
          run.id,
          `The signal “${name}” came: ${moved.message}`,
        );
        return false;
      }
      throw problemOf(moved);
    }
    if (moved.events.length === 0) return false;
    await this.settle(tx, ctx, run, moved, { surroundings, action: ACTIONS[command.type] });
    return true;
  }

  /** What the rules of a run look at, at this moment. */
  async surroundings(
    tx: Tx,
    ctx: Acting,
    run: Pick<HeldRun, 'now' | 'organisation' | 'aiSystem' | 'definition'>,
    answers: Facts = {},
  ): Promise<Surroundings> {
    const subject = (await this.aiSystems.factsOf(tx, ctx, run.aiSystem.id)) as Facts;
    const tool = toolIn(answers);
    // Asked about what is being answered: it is not on the register yet.
    const approvedTool =
      tool !== null && (await this.aiSystems.hasApprovedTool(tx, ctx, tool, run.aiSystem.id));
    return {
      ...surroundingsOf(run.now, run.organisation, { ...subject, approvedTool }),
      ...(needsCandidates(run.definition) && { candidates: await candidatesIn(tx, ctx) }),
    };
  }

  /** Starts a run, as a sub-workflow of one that this transaction holds, or on its own. */
  async startIn(
    tx: Tx,
    ctx: Acting,
    { workflow, aiSystemId, cause, facts = {}, alongside = false, quiet = false }: StartRequest,
    parent: Parent | null,
  ): Promise<Done | null> {
    const { definition, ...version } = await this.workflows.latest(tx, ctx, workflow);
    const id = newId();
    const run: NewRun = {
      id,
      rootId: parent?.run.rootId ?? id,
      parentId: parent?.run.id ?? null,
      parentChild: parent?.child ?? null,
      version: { id: version.id, number: version.version, hash: version.hash },
      definition,
      cause,
      alongside: alongside || parent !== null,
      tasksOpened: 0,
      decisionsMade: 0,
      ...(await this.store.beforeStart(tx, ctx, aiSystemId)),
    };
    if (!(await this.store.insert(tx, ctx, run))) return null;
    const surroundings = await this.surroundings(tx, ctx, run);
    const { proposer, proposedBy } = surroundings.facts;
    const subject = {
      ...surroundings.facts,
      // Whoever is on record; for one that came by import, the person who starts its intake.
      proposer: proposer ?? proposedBy ?? ctx.personId,
    };
    const command: Command = {
      type: 'start',
      runId: id,
      facts: { ...startFacts(definition, subject, facts), ...facts },
      by: actorOf(ctx),
    };
    const moved = move(definition, null, command, surroundings);
    if (moved.refused) throw problemOf(moved);
    return this.settle(tx, ctx, { ...run, state: moved.state }, moved, {
      surroundings,
      action: 'run.started',
      quiet,
    });
  }

  /** Carries out a command on a run that this transaction holds already. */
  async carryOut(tx: Tx, ctx: Acting, run: HeldRun, command: Command): Promise<Done> {
    const answers = command.type === 'submit' ? command.answers : {};
    const surroundings = await this.surroundings(tx, ctx, run, answers);
    const moved = move(run.definition, run.state, command, surroundings);
    if (moved.refused) throw problemOf(moved);
    if (moved.events.length === 0) return this.unchanged(run, surroundings);
    return this.settle(tx, ctx, run, moved, { surroundings, action: ACTIONS[command.type] });
  }

  /** Writes a move and carries out what follows from it. */
  async settle(
    tx: Tx,
    ctx: Acting,
    before: HeldRun,
    moved: Move,
    { surroundings, action, quiet = false }: Settling,
  ): Promise<Done> {
    const { state, events } = moved;
    const factsOf = ({ facts }: RunState) =>
      factsAtHand(compiledOf(before.definition), facts, surroundings);
    const rows = await this.store.write(tx, ctx, before, {
      ...{ state, events, quiet },
      facts: factsOf(state),
    });
    const [recordEventId = null] = await recordEvents(tx, ctx, [
      {
        action,
        entity: 'run',
        entityId: before.id,
        payload: {
          workflow: before.definition.key,
          version: before.version.number,
          hash: before.version.hash,
          aiSystem: before.aiSystem.id,
          events: withoutSealedVotes(state.tasks, events),
        },
      },
    ]);
    const run: HeldRun = {
      ...before,
      state,
      tasksOpened: before.tasksOpened + rows.opened.length,
      decisionsMade: before.decisionsMade + rows.decisions,
    };
    for (const event of events) {
      await this.consequences.follow(tx, ctx, run, { event, before: before.state, runs: this });
    }
    return {
      run,
      before: before.state,
      facts: factsOf(before.state),
      events,
      opened: rows.opened,
      recordEventId,
    };
  }

  private unchanged(run: HeldRun, surroundings: Surroundings): Done {
    const facts = factsAtHand(compiledOf(run.definition), run.state.facts, surroundings);
    return { run, before: run.state, facts, events: [], opened: [], recordEventId: null };
  }
}

/** The bought tool that answers describe, when they tell enough of it. */
function toolIn({ kind, supplier, dataKinds }: Facts) {
  if (typeof kind !== 'string' || !boughtKinds.some((bought) => bought === kind)) return null;
  if (typeof supplier !== 'string' || supplier.trim() === '' || !isTexts(dataKinds)) return null;
  return dataKinds.length === 0 ? null : { kind, supplier, dataKinds };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** What each command is called in the record. */
const ACTIONS: Readonly<Record<Command['type'], string>> = {
  start: 'run.started',
  submit: 'task.submitted',
  decide: 'task.decided',
  'send-back': 'task.sent-back',
  claim: 'task.claimed',
  release: 'task.released',
  assign: 'task.assigned',
  'fire-timer': 'run.resumed',
  'end-child': 'run.resumed',
  'child-cancelled': 'run.resumed',
  'receive-signal': 'run.signalled',
  cancel: 'run.cancelled',
  suspend: 'run.suspended',
  resume: 'run.continued',
  repair: 'run.repaired',
  hold: 'task.held',
  continue: 'task.continued',
  delegate: 'task.delegated',
  'move-deadline': 'task.deadline-moved',
};
