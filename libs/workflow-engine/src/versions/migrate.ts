import { Advance } from '../moves/advance.ts';
import { cancelToken } from '../moves/cancel.ts';
import { type Compiled, compiledOf } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type { Step, StepId, WorkflowDefinition } from '../definition/definition.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { Journal, setFacts } from '../moves/journal.ts';
import { keyOf, tokenKeyOf } from '../run/keys.ts';
import { droppedFacts, illTypedFacts, missingFacts } from './migrate-facts.ts';
import { misplaced, outOfReach } from './migrate-places.ts';
import { type Amended, amendmentsOf, amendTasks, rearm, type Staying } from './migrate-waits.ts';
import { Refused } from '../run/refused.ts';
import type { Actor, Move, RunState, Surroundings, Token } from '../run/run.ts';
import { quoted } from '../people/words.ts';

/** How a run is to go on by another version. */
export interface MigrationRequest {
  /** Hashes of the version that the run has and of the one that it gets, for the record. */
  readonly from: string;
  readonly to: string;
  /**
   * Where control goes from a step at which a run may be; a step that is left out is the same as
   * the one with its id. A step mapped to itself is begun anew.
   */
  readonly mapping?: Readonly<Record<StepId, StepId>>;
  /** Values for facts that the new version needs and the run does not have. */
  readonly facts?: Facts;
  readonly reason: string;
  readonly by: Actor;
}

/** Why a run cannot go on by the other version. Nothing has changed. */
export interface MigrationRefusal {
  readonly refused: true;
  readonly code: 'run-not-active' | 'cannot-migrate';
  /** All reasons together, in plain words. */
  readonly message: string;
  /** One by one: with the token (`<step>#<visit>`) and step where the run stands, if it is about one. */
  readonly reasons: readonly MigrationReason[];
}

export interface MigrationReason {
  readonly key: string | null;
  readonly step: StepId | null;
  readonly reason: string;
}

/** A run under the other version, and what changed in it, a line each in plain words. */
export type Migration = Move & { readonly changed: readonly string[] };

/** The version that a run has, and the one that it gets. */
export interface Versions {
  readonly before: WorkflowDefinition;
  readonly after: WorkflowDefinition;
}

/**
 * Lets a run go on by another version of its workflow, or says why not. Where the step at which it
 * stands is of the same kind, tasks stay open with their holder, votes and holds, timers run on and
 * called runs are waited for; deadlines, escalations, boundaries and who must act follow the new
 * version. A step of another kind, and one that the mapping names, is begun anew. Facts that the new
 * version does not have are dropped. Branches that are new in an open block are not started.
 *
 * The events carry everything: `replay` of all of them, old and new, gives the state. For a preview,
 * ask and do not store. `surroundings` are those of a command.
 */
export function migrate(
  { before, after }: Versions,
  state: RunState,
  request: MigrationRequest,
  surroundings: Surroundings,
): Migration | MigrationRefusal {
  if (state.status !== 'running') {
    const done = state.status === 'ended' ? 'has ended' : 'has been cancelled';
    return refusal([{ key: null, step: null, reason: `This run ${done}.` }], 'run-not-active');
  }
  const migrating = new Migrating({ before, after }, state, request, surroundings);
  return migrating.result();
}

/** A token on its way to the new version. */
interface Going {
  readonly token: Token;
  /** The step that it goes to, and whether it stays there as it is. */
  readonly to: StepId;
  readonly stays: boolean;
}

class Migrating {
  private readonly before: Compiled;
  private readonly after: Compiled;
  private readonly state: RunState;
  private readonly request: MigrationRequest;
  private readonly journal: Journal;
  private readonly mapping: Readonly<Record<StepId, StepId>>;
  private readonly reasons: MigrationReason[] = [];
  private readonly changed: string[] = [];

  constructor(
    { before, after }: Versions,
    state: RunState,
    request: MigrationRequest,
    surroundings: Surroundings,
  ) {
    this.before = compiledOf(before);
    this.after = compiledOf(after);
    this.state = state;
    this.request = request;
    this.mapping = request.mapping ?? {};
    this.journal = new Journal(this.after, state, surroundings, request.by);
  }

  result(): Migration | MigrationRefusal {
    if (this.request.reason.trim() === '') this.against('Say why the run changes its version.');
    this.checkMapping();
    const going = this.state.tokens.map((token) => this.going(token));
    const dropped = this.checkFacts(going);
    this.checkUndoing();
    if (this.reasons.length > 0) return refusal(this.reasons);
    try {
      this.carryOut(going, dropped);
    } catch (error) {
      // As in a move: what stops a run on its way is a refusal, anything else a fault.
      if (!(error instanceof Refused) && !(error instanceof ExpressionFailure)) throw error;
      this.against(error.message);
      return refusal(this.reasons);
    }
    const { state, events } = this.journal;
    return { refused: false, state, events, changed: this.changed };
  }

  private against(reason: string, token?: Token): void {
    const [key, step] = token ? [keyOf(token), token.step] : [null, null];
    this.reasons.push({ key, step, reason });
  }

  private nameOf(step: StepId): string {
    return quoted(this.before.steps.get(step)?.name ?? this.after.steps.get(step)?.name ?? step);
  }

  private checkMapping(): void {
    for (const [from, to] of Object.entries(this.mapping)) {
      if (!this.before.steps.has(from)) this.against(`The old version has no step “${from}”.`);
      if (!this.after.steps.has(to)) this.against(`The new version has no step “${to}”.`);
    }
    const names = Object.values(this.renames());
    const twice = names.find((name, at) => names.indexOf(name) !== at);
    if (twice !== undefined) this.against(`Two steps cannot both become ${this.nameOf(twice)}.`);
  }

  /** Steps that have another id in the new version: what was done there stays on record. */
  private renames(): Readonly<Record<StepId, StepId>> {
    return Object.fromEntries(
      Object.entries(this.mapping).filter(
        ([from, to]) => !this.after.steps.has(from) && !this.before.steps.has(to),
      ),
    );
  }

  private going(token: Token): Going {
    const mapped = Object.hasOwn(this.mapping, token.step) ? this.mapping[token.step] : undefined;
    const to = mapped ?? token.step;
    const [was, now] = [this.before.steps.get(token.step), this.after.steps.get(to)];
    if (!now) {
      if (mapped === undefined) {
        const name = this.nameOf(token.step);
        const reason = `The run is at ${name}, which the new version does not have.`;
        this.against(`${reason} Say to which step it goes.`, token);
      }
      return { token, to, stays: true };
    }
    const amended = mapped === undefined && was ? amendmentsOf(was, now) : 'anew';
    const scope = token.scope.map((entry) => this.renamedEntry(entry));
    if (amended === 'anew' || this.hasLostVotes(token, now)) {
      const reason = outOfReach(this.after, scope, now);
      if (reason !== null) this.against(reason, token);
      return { token, to, stays: false };
    }
    const reason = misplaced(this.after, { ...token, scope }, now) ?? this.unkept(token, amended);
    if (reason !== null) this.against(reason, token);
    return { token, to, stays: true };
  }

  /** Why what waits at a step cannot be taken over as it is. */
  private unkept(token: Token, { deadline, calls }: Amended): string | null {
    const name = this.nameOf(token.step);
    const isOurs = ({ key }: { readonly key: string }): boolean => tokenKeyOf(key) === keyOf(token);
    if (calls && this.state.children.some(isOurs)) {
      return `${name} calls another workflow in the new version. Wait for the called run, or begin the step anew.`;
    }
    if (deadline && this.state.tasks.some((task) => task.held && isOurs(task))) {
      return `${name} is on hold and its deadline changes. Let it go on first.`;
    }
    return null;
  }

  /** Whether somebody voted for an outcome that is not there any more. */
  private hasLostVotes(token: Token, step: Step): boolean {
    if (step.type !== 'approval') return false;
    const keys = new Set(step.outcomes.map(({ key }) => key));
    return this.state.tasks.some(
      ({ key, votes }) => key === keyOf(token) && votes.some(({ outcome }) => !keys.has(outcome)),
    );
  }

  private renamedEntry(entry: string): string {
    const names = this.renames();
    const step = entry.slice(0, entry.indexOf('#'));
    return Object.hasOwn(names, step) ? `${names[step]}${entry.slice(step.length)}` : entry;
  }

  private checkFacts(going: readonly Going[]): readonly string[] {
    const { facts: given = {} } = this.request;
    const facts = { ...this.state.facts, ...given };
    const dropped = droppedFacts(this.after, this.state.facts);
    for (const name of droppedFacts(this.after, given)) {
      this.against(`${quoted(name)} cannot be given a value in the new version.`);
    }
    const at = going.map(({ to }) => to);
    const wrong = illTypedFacts(this.after, facts);
    for (const reason of [...wrong, ...missingFacts(this.before, this.after, at, facts)]) {
      this.against(reason);
    }
    return dropped;
  }

  /** What was done and may have to be undone must still be possible to undo. */
  private checkUndoing(): void {
    const names = this.renames();
    for (const { step, undoneBy } of this.state.undoable) {
      const by = Object.hasOwn(names, undoneBy) ? (names[undoneBy] ?? undoneBy) : undoneBy;
      if (this.after.steps.has(by)) continue;
      const [done, undoes] = [this.nameOf(step), this.nameOf(undoneBy)];
      this.against(`${done} was done, and the new version has no ${undoes}, which undoes it.`);
    }
  }

  private carryOut(going: readonly Going[], dropped: readonly string[]): void {
    const { journal, request } = this;
    const { from, to, facts = {}, reason } = request;
    const moving = going.filter(({ stays }) => !stays);
    // Waits end under the name that they began with.
    for (const { token } of moving) cancelToken(journal, token);
    const staying = going.filter(({ stays }) => stays).map(({ token }) => this.staying(token));
    const { tasks, changed } = amendTasks(this.asGiven(dropped), staying);
    this.changed.push(
      ...moving.map(({ token, to: goal }) => this.movedInWords(token, goal)),
      ...changed,
      ...dropped.map((name) => `${quoted(name)} is dropped.`),
    );
    journal.record({
      ...{ type: 'run-migrated', from, to, mapping: this.mapping, steps: this.renames(), dropped },
      ...{ tasks, changed: [...this.changed], reason },
    });
    setFacts(journal, null, facts);
    for (const one of staying) rearm(journal, one);
    if (moving.length === 0) return;
    new Advance(journal).arrive(
      moving.map(({ token, to: goal }) => ({
        ...{ to: goal, scope: token.scope.map((entry) => this.renamedEntry(entry)) },
      })),
    );
  }

  private staying(token: Token): Staying {
    const [was, now] = [this.before.steps.get(token.step), this.after.steps.get(token.step)];
    const amended = was && now ? amendmentsOf(was, now) : 'anew';
    if (!was || !now || amended === 'anew') throw new RangeError(`“${token.step}” cannot stay.`);
    return { token, was, now, amended };
  }

  /** The run with the facts that it will have, to judge by. */
  private asGiven(dropped: readonly string[]): Journal {
    const { surroundings, by } = this.journal;
    const kept = Object.entries(this.state.facts).filter(([name]) => !dropped.includes(name));
    const facts = { ...Object.fromEntries(kept), ...this.request.facts };
    return new Journal(this.after, { ...this.journal.state, facts }, surroundings, by);
  }

  private movedInWords({ step }: Token, to: StepId): string {
    const name = quoted(this.after.steps.get(to)?.name ?? to);
    return step === to ? `${name} is begun anew.` : `From ${this.nameOf(step)} to ${name}.`;
  }
}

function refusal(
  reasons: readonly MigrationReason[],
  code: MigrationRefusal['code'] = 'cannot-migrate',
): MigrationRefusal {
  const message = reasons.map(({ reason }) => reason).join(' ');
  return { refused: true, code, message, reasons };
}
