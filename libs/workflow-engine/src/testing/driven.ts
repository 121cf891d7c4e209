import type { Facts, FactValue } from '../expressions/condition.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { move } from '../moves/move.ts';
import { replay } from '../run/replay.ts';
import type { Command, Move, Refusal, RunEvent, RunState, Surroundings } from '../run/run.ts';
import { sameValue } from '../expressions/value-type.ts';
import { surroundings, system } from './samples.data.ts';

type By = Command['by'];

/** A run for specs: commands in short, each of which must be accepted and can be replayed. */
export class Driven {
  state: RunState;
  readonly events: RunEvent[] = [];
  readonly definition: WorkflowDefinition;
  around: Surroundings;

  constructor(
    definition: WorkflowDefinition,
    around: Partial<Surroundings> = {},
    facts: Facts = {},
  ) {
    this.definition = definition;
    this.around = surroundings(around);
    const started = move(
      definition,
      null,
      { type: 'start', runId: 'run-1', facts, by: system },
      this.around,
    );
    if (started.refused) throw new Error(`${started.code}: ${started.message}`);
    this.state = started.state;
    this.events.push(...started.events);
  }

  /** Changes facts of the subject and the organisation from now on. */
  with(facts: Readonly<Record<string, FactValue>>): this {
    this.around = { ...this.around, facts: { ...this.around.facts, ...facts } };
    return this;
  }

  at(now: string): this {
    this.around = { ...this.around, now };
    return this;
  }

  try(command: Command): Move | Refusal {
    return move(this.definition, this.state, command, this.around);
  }

  do(command: Command): this {
    const result = this.try(command);
    if (result.refused) throw new Error(`${result.code}: ${result.message}`);
    this.state = result.state;
    this.events.push(...result.events);
    if (!sameValue(replay(this.events), this.state)) throw new Error('Replay tells otherwise.');
    return this;
  }

  /** Carries out the command and gives the refusal that it must meet. */
  refusal(command: Command): Refusal {
    const result = this.try(command);
    if (!result.refused) throw new Error(`“${command.type}” was accepted.`);
    return result;
  }

  submit(task: string, by: By, answers: Facts = {}): this {
    return this.do({ type: 'submit', task, answers, by });
  }

  decide(task: string, by: By, outcome: string): this {
    return this.do(decision(task, by, outcome));
  }

  /** Fires a timer, at its time when that is still ahead. */
  fire(timer: string): this {
    const dueAt = this.state.timers.find(({ key }) => key === timer)?.dueAt ?? this.around.now;
    if (Date.parse(dueAt) > Date.parse(this.around.now)) this.at(dueAt);
    return this.do({ type: 'fire-timer', timer, by: system });
  }

  signal(signal: string, id: string, facts: Facts = {}): this {
    return this.do({ type: 'receive-signal', signal, id, facts, by: system });
  }

  /** The steps where control is, in the order in which it came there. */
  get places(): readonly string[] {
    return this.state.tokens.map(({ step }) => step);
  }

  get open(): readonly string[] {
    return this.state.tasks.map(({ key }) => key);
  }

  /** Types of the events since this number of events, in order. */
  since(count: number): readonly string[] {
    return this.events.slice(count).map(({ type }) => type);
  }
}

/** A decision with a reason, and with a condition where the outcome’s name asks for one. */
export function decision(task: string, by: By, outcome: string): Command & { type: 'decide' } {
  const conditions =
    outcome === 'approve-with-conditions'
      ? [{ text: 'Train the team', owner: 'ana', due: '2027-01-31' }]
      : [];
  return { type: 'decide', task, outcome, reason: 'Because.', conditions, by };
}
