import {
  askedAnswers,
  type Command,
  dictionaryOf,
  type Facts,
  type FactValue,
  type FormDefinition,
  move,
  type Move,
  type OpenTask,
  type Refusal,
  type RunState,
  sampleAnswers,
  type Step,
  type Surroundings,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { fieldsOf } from '../authoring.ts';

/**
 * Plays workflows with the pure engine, for this library's specs; not part of its door. Unlike the
 * engine's own walk it takes answers by question, sends work back, and has one person per role.
 */

/** What is decided along the way: answers by question, an outcome by approval, an end by child. */
export interface Script {
  /** Facts of the AI system and the organisation. */
  readonly subject?: Facts;
  /** Facts handed in at the start. */
  readonly start?: Facts;
  /** Answers by question, for all forms; what is missing is answered with a plain default. */
  readonly answers?: Facts;
  /** Outcome by approval step; the first of the step where none is named. */
  readonly decide?: Readonly<Record<string, string>>;
  /** Form steps that are sent back once, and where to. */
  readonly sendBack?: Readonly<Record<string, string>>;
  /** Stops when this step waits for somebody. */
  readonly until?: string;
  /** How called workflows end. */
  readonly children?: Readonly<Record<string, { readonly outcome: string; readonly facts: Facts }>>;
}

export interface Journey {
  readonly state: RunState;
  readonly events: Move['events'];
  /** Tasks that people finished, by step, in order. */
  readonly tasks: readonly { readonly step: string; readonly role: string; readonly by: string }[];
  readonly writes: Facts;
}

const start = '2026-11-24T10:00:00.000Z';

export function surroundingsOf(facts: Facts = {}, now = start): Surroundings {
  return {
    now,
    facts: { orgSize: 'medium', ...facts },
    calendar: {
      timeZone: 'Europe/London',
      workingDays: [1, 2, 3, 4, 5],
      startHour: 9,
      endHour: 17,
      holidays: [],
      dueFactor: 1,
    },
  };
}

/** One person per role, and a second and third where more than one must approve. */
export function personFor(role: string, number = 1): Command['by'] {
  return { kind: 'person', personId: `${role}#${number}`, roles: [role], adviser: false };
}

/** The run's first state. Throws when the engine refuses. */
export function begin(definition: WorkflowDefinition, script: Script): Move {
  return accepted(
    move(
      definition,
      null,
      {
        type: 'start',
        runId: 'run',
        facts: { proposer: personId(personFor('client.staff')), ...script.start },
        by: { kind: 'system' },
      },
      surroundingsOf(script.subject),
    ),
  );
}

/** Plays a run to its end. */
export function play(definition: WorkflowDefinition, script: Script): Journey {
  const first = begin(definition, script);
  let { state } = first;
  const events = [...first.events];
  const tasks: { step: string; role: string; by: string }[] = [];
  const sentBack = new Set<string>();
  const decided = new Map<string, number>();
  for (let turn = 0; state.status === 'running'; turn += 1) {
    if (state.tasks.some(({ step }) => step === script.until)) break;
    if (turn > 200) throw new Error(`“${definition.key}” goes round in circles.`);
    const [task] = state.tasks;
    const command = task
      ? commandFor(definition, state, task, { script, sentBack, decided })
      : automatic(state, script);
    const surroundings = surroundingsOf(script.subject, task ? start : '2028-01-01T10:00:00.000Z');
    const done = accepted(move(definition, state, command, surroundings), command);
    ({ state } = done);
    events.push(...done.events);
    if (task) tasks.push({ step: task.step, role: task.role, by: personId(command.by) });
  }
  const ended = events.findLast(({ type }) => type === 'run-ended');
  return {
    state,
    events,
    tasks,
    writes: ended?.type === 'run-ended' ? ended.writes : {},
  };
}

interface Memory {
  readonly script: Script;
  readonly sentBack: Set<string>;
  readonly decided: Map<string, number>;
}

function commandFor(
  definition: WorkflowDefinition,
  state: RunState,
  task: OpenTask,
  { script, sentBack, decided }: Memory,
): Command {
  const step = stepOf(definition, task.step);
  const assigned = task.assignee;
  const by: Command['by'] = assigned
    ? { kind: 'person', personId: assigned, roles: [task.role], adviser: false }
    : personFor(task.role, task.votes.length + 1);
  if (step.type === 'approval') {
    const times = decided.get(step.id) ?? 0;
    decided.set(step.id, times + 1);
    const wanted = step.outcomes.find(({ key }) => key === script.decide?.[step.id]);
    // Every approver approves as the script says; anything else is decided once, then approved.
    const outcome =
      wanted && (times === 0 || wanted.effect.startsWith('approve')) ? wanted : step.outcomes[0]!;
    const also = task.also !== null && task.votes.some(({ roles }) => roles.includes(task.role));
    return {
      type: 'decide',
      task: task.key,
      outcome: outcome.key,
      reason: 'Because.',
      conditions:
        outcome.effect === 'approve-with-conditions'
          ? [{ text: 'Look again.', owner: 'someone', due: '2027-01-31' }]
          : [],
      by: also ? personFor(task.also) : by,
    };
  }
  const target = script.sendBack?.[task.step];
  if (target !== undefined && !sentBack.has(task.step)) {
    sentBack.add(task.step);
    return { type: 'send-back', task: task.key, to: target, reason: 'Mend it.', by };
  }
  if (step.type !== 'form' && step.type !== 'task') throw new Error(`“${step.id}” has no form.`);
  const facts = { ...state.facts, ...surroundingsOf(script.subject).facts };
  return {
    type: 'submit',
    task: task.key,
    answers: answersFor(step.form, definition, facts, script.answers ?? {}),
    by,
  };
}

function automatic(state: RunState, script: Script): Command {
  const by = { kind: 'system' } as const;
  const [child] = state.children;
  if (child) {
    const end = script.children?.[child.calls];
    if (!end) throw new Error(`Say how “${child.calls}” ends.`);
    return { type: 'end-child', child: child.key, ...end, by };
  }
  const [timer] = state.timers;
  if (!timer) throw new Error('The run waits for nobody.');
  return { type: 'fire-timer', timer: timer.key, by };
}

/** Complete answers to a form: those given, yes where none is, and a plain one to all the rest. */
export function answersFor(
  form: FormDefinition,
  definition: WorkflowDefinition,
  facts: Facts,
  given: Facts,
): Facts {
  const dictionary = dictionaryOf(definition.facts);
  const answers: Record<string, FactValue> = {};
  for (const { key, type } of fieldsOf(form)) {
    if (Object.hasOwn(given, key)) answers[key] = given[key] ?? null;
    else if (type === 'yes-no') answers[key] = true;
  }
  const whole = sampleAnswers(form, dictionary, facts, answers);
  return askedAnswers(form, dictionary, facts, whole);
}

export function stepOf(definition: WorkflowDefinition, id: string): Step {
  const step = definition.steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`There is no step “${id}”.`);
  return step;
}

export function personId(by: Command['by']): string {
  return by.kind === 'person' ? by.personId : 'system';
}

function accepted(result: Move | Refusal, command?: Command): Move {
  if (!result.refused) return result;
  throw new Error(`${result.code}: ${result.message} ${JSON.stringify(command ?? {})}`);
}
