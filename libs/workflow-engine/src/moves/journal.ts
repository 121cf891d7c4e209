import type { Facts, FactValue } from '../expressions/condition.ts';
import { type Compiled } from '../definition/compiled.ts';
import type { StepId } from '../definition/definition.ts';
import { localDate } from '../time/calendar.ts';
import { applied } from '../run/replay.ts';
import type { Actor, RunEvent, RunEventBody, RunState, Surroundings } from '../run/run.ts';

/** A move in the making: records events and shows the state and the facts that follow from them. */
export class Journal {
  readonly compiled: Compiled;
  readonly surroundings: Surroundings;
  readonly by: Actor;
  readonly events: RunEvent[] = [];
  private current: RunState | null;
  private merged: Facts | null = null;
  private itemFacts: Facts = {};

  constructor(compiled: Compiled, state: RunState | null, surroundings: Surroundings, by: Actor) {
    this.compiled = compiled;
    this.current = state;
    this.surroundings = surroundings;
    this.by = by;
  }

  get state(): RunState {
    if (!this.current) throw new RangeError('The run has not started.');
    return this.current;
  }

  /**
   * The facts at hand: those of the run, over them the fresh ones of the surroundings, and those of
   * the item that is looked at.
   */
  get facts(): Facts {
    this.merged ??= {
      ...factsAtHand(this.compiled, this.state.facts, this.surroundings),
      ...this.itemFacts,
    };
    return this.merged;
  }

  /** Looks at one item of a list: `facts` are at hand until another item, or none, is looked at. */
  set item(facts: Facts) {
    this.itemFacts = facts;
    this.merged = null;
  }

  record(body: RunEventBody): void {
    const seq = (this.current?.seq ?? 0) + 1;
    const event: RunEvent = { ...body, seq, at: this.surroundings.now, by: this.by };
    this.current = applied(this.current, event);
    this.events.push(event);
    if (event.type === 'facts-set' || event.type === 'run-started') this.merged = null;
  }
}

/**
 * The facts that conditions see: those of the run, replaced by the surroundings where they are
 * declared to come from the subject or the organisation.
 */
export function factsAtHand(compiled: Compiled, own: Facts, surroundings: Surroundings): Facts {
  const merged: Record<string, FactValue> = { ...own };
  for (const name of compiled.outside) {
    if (Object.hasOwn(surroundings.facts, name)) merged[name] = surroundings.facts[name] ?? null;
  }
  if (compiled.declaresToday) {
    merged['today'] = localDate(surroundings.now, surroundings.calendar.timeZone);
  }
  return merged;
}

/** Sets facts of the run, if there are any. */
export function setFacts(journal: Journal, step: StepId | null, facts: Facts): void {
  if (Object.keys(facts).length > 0) journal.record({ type: 'facts-set', step, facts });
}
