import { compiledOf } from '../definition/compiled.ts';
import type { Facts } from '../expressions/condition.ts';
import type {
  ApprovalStep,
  FormStep,
  Outcome,
  StepId,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { offeredOutcomes } from '../people/gate.ts';
import { factsAtTask } from '../moves/items.ts';
import { afterMark, tokenKeyOf } from '../run/keys.ts';
import { move } from '../moves/move.ts';
import { plainCalendar, plainNow } from './plain-surroundings.ts';
import type {
  Command,
  Move,
  OpenAwait,
  OpenChild,
  OpenTask,
  OpenTimer,
  Refusal,
  RunEvent,
  RunState,
  Surroundings,
} from '../run/run.ts';
import { rolesNow } from '../people/seats.ts';
import { sampleAnswers } from '../forms/sample-answers.ts';

/** One choice for every visit (or item) of a step, or one for each; the last counts for later ones. */
type PerVisit<Choice> = Choice | readonly Choice[];

/** What happens on a walk. Whatever is left out is chosen plainly. */
export interface WalkChoices {
  /** Facts handed in at the start. */
  readonly facts?: Facts;
  readonly surroundings?: Partial<Surroundings>;
  /** Answers by step; required questions left out get a sample answer. */
  readonly answers?: Readonly<Record<StepId, PerVisit<Facts>>>;
  /** Outcome by approval; left out, the first one offered. */
  readonly outcomes?: Readonly<Record<StepId, PerVisit<string>>>;
  /** Results of sub-workflows by step; left out, the outcome `done` without facts. */
  readonly children?: Readonly<
    Record<StepId, PerVisit<{ readonly outcome: string; readonly facts?: Facts } | 'cancelled'>>
  >;
  /** Facts of the signals that steps wait for; left out, a signal without facts comes. */
  readonly signals?: Readonly<Record<StepId, PerVisit<Facts>>>;
  /**
   * A boundary by step that fires, once, before the work of the step is done. Left out, none does
   * while anything else can be done.
   */
  readonly boundaries?: Readonly<Record<StepId, PerVisit<string>>>;
}

/** Where a walk came to: the end of the run, or the refusal that nobody suitable could avoid. */
export interface Walk {
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly commands: readonly Command[];
  readonly stopped: Refusal | null;
}

const maxCommands = 500;
const system = { kind: 'system' } as const;

/**
 * Drives a run from its start with the given choices, each task done by a person who may do it, and
 * time moving on when only a wait is left. Always the same for the same choices. Throws a
 * `RangeError` when the run cannot start or goes round without an end.
 */
export function walk(definition: WorkflowDefinition, choices: WalkChoices = {}): Walk {
  const walker = new Walker(definition, choices);
  return walker.toTheEnd();
}

class Walker {
  private readonly definition: WorkflowDefinition;
  private readonly choices: WalkChoices;
  private surroundings: Surroundings;
  private readonly events: RunEvent[] = [];
  private readonly commands: Command[] = [];
  private readonly fired = new Set<string>();

  constructor(definition: WorkflowDefinition, choices: WalkChoices) {
    this.definition = definition;
    this.choices = choices;
    this.surroundings = {
      now: plainNow,
      facts: {},
      calendar: plainCalendar,
      ...choices.surroundings,
    };
  }

  toTheEnd(): Walk {
    const { facts = {} } = this.choices;
    const started = this.try(null, { type: 'start', runId: 'walk', facts, by: system });
    if (started.refused) throw new RangeError(`The walk cannot start: ${started.message}`);
    let { state } = started;
    while (state.status === 'running') {
      const result = this.next(state);
      if (result.refused) return this.result(state, result);
      ({ state } = result);
      if (this.commands.length >= maxCommands) {
        throw new RangeError(`The walk has not ended after ${maxCommands} commands.`);
      }
    }
    return this.result(state, null);
  }

  private result(state: RunState, stopped: Refusal | null): Walk {
    return { state, events: this.events, commands: this.commands, stopped };
  }

  private try(state: RunState | null, command: Command): Move | Refusal {
    const result = move(this.definition, state, command, this.surroundings);
    if (!result.refused) {
      this.events.push(...result.events);
      this.commands.push(command);
    }
    return result;
  }

  private next(state: RunState): Move | Refusal {
    const beside = this.boundary(state);
    if (beside) return beside;
    const [task] = state.tasks;
    if (task) return this.work(state, task);
    const [child] = state.children;
    if (child) return this.endOf(state, child);
    const awaited = state.awaiting.find(({ key }) => afterMark(key, '!') === null);
    if (awaited) return this.send(state, awaited);
    const [timer] = [...state.timers].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
    if (!timer) throw new RangeError('The run waits for nothing and has not ended.');
    return this.fire(state, timer);
  }

  /** Fires the next boundary that was chosen and has not fired, if its step waits. */
  private boundary(state: RunState): Move | Refusal | null {
    const isChosen = (one: OpenAwait | OpenTimer): boolean =>
      afterMark(one.key, '!') === chosen(this.choices.boundaries, one) && !this.fired.has(one.key);
    const timer = state.timers.find((one) => one.kind === 'boundary' && isChosen(one));
    const awaited = timer ?? state.awaiting.find(isChosen);
    if (!awaited) return null;
    this.fired.add(awaited.key);
    return timer ? this.fire(state, timer) : this.send(state, awaited as OpenAwait);
  }

  private fire(state: RunState, { key: timer, dueAt }: OpenTimer): Move | Refusal {
    if (dueAt > this.surroundings.now) this.surroundings = { ...this.surroundings, now: dueAt };
    return this.try(state, { type: 'fire-timer', timer, by: system });
  }

  private send(state: RunState, awaited: OpenAwait): Move | Refusal {
    const facts = chosen(this.choices.signals, awaited) ?? {};
    const id = `walk-${this.commands.length}`;
    return this.try(state, {
      ...{ type: 'receive-signal', signal: awaited.signal, id, facts, by: system },
    });
  }

  private endOf(state: RunState, child: OpenChild): Move | Refusal {
    const end = chosen(this.choices.children, child) ?? { outcome: 'done' };
    if (end === 'cancelled') {
      const result = this.try(state, { type: 'child-cancelled', child: child.key, by: system });
      if (!result.refused && result.events.length === 0) {
        throw new RangeError(`“${child.step}” has no way on when what it calls is cancelled.`);
      }
      return result;
    }
    const { outcome, facts = {} } = end;
    return this.try(state, { type: 'end-child', child: child.key, outcome, facts, by: system });
  }

  /** Lets one person after the other try, until one may. */
  private work(state: RunState, task: OpenTask): Move | Refusal {
    const compiled = compiledOf(this.definition);
    const step = compiled.steps.get(task.step) as FormStep | ApprovalStep;
    const facts = factsAtTask(compiled, state, task.key, this.surroundings);
    const command: Unsigned =
      step.type === 'approval'
        ? this.decision(task, offeredOutcomes(step, compiled.dictionary, facts))
        : {
            type: 'submit',
            task: task.key,
            answers: sampleAnswers(
              step.form,
              compiled.dictionary,
              facts,
              chosen(this.choices.answers, task),
            ),
          };
    let result: Move | Refusal | null = null;
    for (const by of candidates(task)) {
      result = this.try(state, { ...command, by });
      if (!result.refused || !personal.has(result.code)) return result;
    }
    if (!result) throw new RangeError('There is nobody to try.');
    return result;
  }

  private decision(task: OpenTask, offered: readonly Outcome[]): Unsigned {
    const outcome = chosen(this.choices.outcomes, task) ?? offered[0]?.key ?? '';
    const conditional = offered.some(
      ({ key, effect }) => key === outcome && effect === 'approve-with-conditions',
    );
    const conditions = conditional
      ? [{ text: 'Sample condition', owner: 'person-1', due: '2027-01-31' }]
      : [];
    return { type: 'decide', task: task.key, outcome, reason: 'Sample reason', conditions };
  }
}

type Unsigned =
  | Omit<Command & { readonly type: 'submit' }, 'by'>
  | Omit<Command & { readonly type: 'decide' }, 'by'>;

/** Refusals that another person may not get. */
const personal = new Set<Refusal['code']>([
  'separation-of-duties',
  'already-decided',
  'not-your-role',
  'taken-by-someone-else',
  'not-your-turn',
]);

function* candidates(task: OpenTask): Generator<Command['by'] & { readonly kind: 'person' }> {
  const roles = rolesNow(task);
  const named = task.assignee === null ? [] : [task.assignee];
  for (const role of roles) {
    for (const personId of [...named, ...[1, 2, 3, 4, 5].map((nth) => `${role}#${nth}`)]) {
      yield { kind: 'person', personId, roles: [role], adviser: false };
    }
  }
}

function chosen<Choice>(
  choices: Readonly<Record<StepId, PerVisit<Choice>>> | undefined,
  { step, key }: { readonly step: StepId; readonly key: string },
): Choice | undefined {
  if (!choices || !Object.hasOwn(choices, step)) return undefined;
  const choice = choices[step];
  if (!isPerVisit(choice)) return choice;
  const visit = tokenKeyOf(key).slice(step.length + 1);
  const nth = Number(afterMark(key, '.') ?? visit);
  return choice[Math.min(nth, choice.length) - 1];
}

function isPerVisit<Choice>(choice: PerVisit<Choice> | undefined): choice is readonly Choice[] {
  return Array.isArray(choice);
}
