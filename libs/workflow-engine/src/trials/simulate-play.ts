import { deadline } from '../time/calendar.ts';
import type { Facts } from '../expressions/condition.ts';
import type { Due, WorkflowDefinition } from '../definition/definition.ts';
import { move } from '../moves/move.ts';
import type { Command, Refusal, RunEvent, Surroundings } from '../run/run.ts';
import type { Simulated, SimulatedRun } from './simulated.ts';

/** More consequences than this of one step: workflows call each other without an end. */
const maxConsequences = 200;
const system = { kind: 'system' } as const;

interface Consequence {
  readonly run: string;
  readonly command: Command;
}

/** One step of a simulation in the making: commands and what follows from them in other runs. */
export class Play {
  private readonly before: Simulated;
  private readonly runs: Map<string, SimulatedRun>;
  private readonly happened: { readonly run: string; readonly event: RunEvent }[] = [];
  private around: Surroundings;
  private consequences = 0;

  constructor(before: Simulated) {
    this.before = before;
    this.around = before.around;
    this.runs = new Map(before.runs.map((run) => [run.id, run]));
  }

  /** The next moment; with a refusal, the one before with it. */
  settled(refusal: Refusal | null): Simulated {
    if (refusal) return { ...this.before, happened: [], refusal };
    const { world } = this.before;
    const runs = [...this.runs.values()];
    return { world, around: this.around, runs, happened: this.happened, refusal: null };
  }

  /** The next moment, with other facts around it. */
  withFacts(facts: Facts): Simulated {
    this.around = { ...this.around, facts: { ...this.around.facts, ...facts } };
    return this.settled(null);
  }

  /** Ids of the runs that go on. */
  running(): readonly string[] {
    return [...this.runs.values()]
      .filter(({ state }) => state.status === 'running')
      .map(({ id }) => id);
  }

  /** A name for something that comes from outside: another one each time. */
  nextId(): string {
    return `outside-${[...this.runs.values()].reduce((sum, { state }) => sum + state.seq, 0)}`;
  }

  /** The instant after this length of time, as waits reckon it. */
  after(due: Due): string {
    return deadline(this.around.now, due, this.around.calendar, 1);
  }

  /** Sets the clock; it never goes back. */
  setTime(instant: string): void {
    if (Date.parse(instant) > Date.parse(this.around.now)) {
      this.around = { ...this.around, now: instant };
    }
  }

  /** The next timer until an instant, of those that are not left out (`<run> <key>`). */
  nextTimer(
    until: string | null,
    leftOut: ReadonlySet<string> = new Set(),
  ): { readonly run: string; readonly key: string; readonly dueAt: string } | undefined {
    return this.running()
      .flatMap((run) => (this.runs.get(run)?.state.timers ?? []).map((one) => ({ ...one, run })))
      .filter(({ run, key }) => !leftOut.has(`${run} ${key}`))
      .filter(({ dueAt }) => until === null || Date.parse(dueAt) <= Date.parse(until))
      .sort((left, right) => Date.parse(left.dueAt) - Date.parse(right.dueAt))[0];
  }

  /** Starts a run and carries out what follows. */
  begin(
    definition: WorkflowDefinition,
    id: string,
    facts: Facts,
    parent: SimulatedRun['parent'],
  ): Refusal | null {
    const command: Command = { type: 'start', runId: id, facts, by: system };
    const result = move(definition, null, command, this.around);
    if (result.refused) return result;
    const { state, events } = result;
    this.runs.set(id, { id, definition, parent, state, events });
    return this.follow(id, events);
  }

  /** Carries out a command and what follows in other runs; all or nothing of a step is kept. */
  apply(id: string, command: Command): Refusal | null {
    const run = this.runs.get(id);
    if (!run) return { refused: true, code: 'run-not-active', message: 'There is no such run.' };
    const result = move(run.definition, run.state, command, this.around);
    if (result.refused) return result;
    const { state, events } = result;
    this.runs.set(id, { ...run, state, events: [...run.events, ...events] });
    return this.follow(id, events);
  }

  private follow(id: string, events: readonly RunEvent[]): Refusal | null {
    this.happened.push(...events.map((event) => ({ run: id, event })));
    for (const event of events) {
      this.consequences += 1;
      if (this.consequences > maxConsequences * 10) return tooMany();
      if (event.type === 'child-started') {
        const refusal = this.call(id, event);
        if (refusal) return refusal;
      }
      for (const { run, command } of this.consequencesOf(id, event)) {
        const refusal = this.apply(run, command);
        if (refusal && !isIdle(refusal)) return refusal;
      }
    }
    return null;
  }

  private consequencesOf(id: string, event: RunEvent): readonly Consequence[] {
    const by = system;
    const run = this.runs.get(id);
    const parent = run?.parent;
    switch (event.type) {
      case 'child-cancelled': {
        const child = [...this.runs.values()].find(
          (one) => one.parent?.run === id && one.parent.child === event.key,
        );
        if (child?.state.status !== 'running') return [];
        const reason = 'Nobody waits for it any more.';
        return [{ run: child.id, command: { type: 'cancel', reason, by } }];
      }
      case 'run-ended': {
        if (!parent) return [];
        const { child } = parent;
        const { facts } = run.state;
        const { outcome } = event;
        return [{ run: parent.run, command: { type: 'end-child', child, outcome, facts, by } }];
      }
      case 'run-cancelled':
        if (!parent || !this.isOpen(parent)) return [];
        return [{ run: parent.run, command: { type: 'child-cancelled', child: parent.child, by } }];
      case 'signal-sent': {
        const { signal, facts, key } = event;
        const others = this.running().filter((other) => other !== id);
        return others.map((other) => ({
          run: other,
          command: { type: 'receive-signal', signal, id: `${id}:${key}`, facts, by },
        }));
      }
      default:
        return [];
    }
  }

  /** Plays a called workflow, or lets it end at once as its stub says. */
  private call(
    id: string,
    { key, step, calls, facts }: RunEvent & { readonly type: 'child-started' },
  ): Refusal | null {
    // What was called may be given up again later in the same move.
    if (!this.isOpen({ run: id, child: key })) return null;
    const { stubs, library } = this.before.world;
    const stub = ownOf(stubs, step) ?? ownOf(stubs, calls);
    if (stub) {
      const { outcome, facts: given = {} } = stub;
      const by = system;
      return this.apply(id, { type: 'end-child', child: key, outcome, facts: given, by });
    }
    const definition = library.find((one) => one.key === calls);
    if (!definition) return null;
    if (this.runs.size > maxConsequences) return tooMany();
    return this.begin(definition, `${id}/${key}`, facts, { run: id, child: key });
  }

  private isOpen({ run, child }: { readonly run: string; readonly child: string }): boolean {
    return this.runs.get(run)?.state.children.some(({ key }) => key === child) ?? false;
  }
}

/** What is no refusal of the step: somebody who was told something had no use for it. */
function isIdle({ code }: Refusal): boolean {
  return code === 'signal-not-awaited' || code === 'run-not-active' || code === 'unknown-child';
}

function tooMany(): Refusal {
  const message = 'The workflows call each other without an end. Mend this first.';
  return { refused: true, code: 'too-many-steps', message };
}

function ownOf<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
